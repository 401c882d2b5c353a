"""Whatever the text of a policy, loading it gives a policy or a `DeskFault`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.world import REFUND_YAML, load
from tests.yaml_text import flow

from deskhand.domain.errors import DeskFault
from deskhand.policy.facts import ActionSchema

SMALL = ActionSchema({"tags": list[str]})


NONSENSE = """
[]
rules: [a]
rules: [{id: [a]}]
rules: [{}]
rules: {a: b}
rules: [{id: a, on: {b: c}, effect: deny, say: x}]
rules: [{id: a, on: [[t]], effect: deny}]
rules: [{id: a, on: t, effect: [deny]}]
rules: [{id: a, on: t, effect: deny, say: [x]}]
rules: [{id: a, on: t, effect: approve, by: {x: y}}]
rules: [{id: a, on: t, effect: deny, say: x, when: {a: b}}]
rules: [{id: a, on: t, effect: allow, when: [[b]]}]
limits: {a: 5}
limits: [a]
limits: {a: {USD: {b: c}}}
limits: {a: {}}
windows: {a: {b: c}}
windows: a
roles: {a: b}
queues: [[a]]
covers: [all]
x: y
: a
? [a]
"""


@pytest.mark.parametrize("text", NONSENSE.strip().split("\n"))
def test_nonsense_is_a_fault(text: str) -> None:
    with pytest.raises(DeskFault):
        load({"f": text}, {"t": SMALL})


def only_faults(text: str) -> bool:
    try:
        load({"f": text}, {"t": SMALL, "turn": SMALL})
    except DeskFault as fault:
        return len(fault.faults) > 0
    return True


WORDS = ["a", "t", "turn", "*", "allow", "deny", "all", "USD", "1.00", "30d", "size(tags) > 0", "", "\ud800"]
KEYS = ["id", "on", "effect", "when", "require", "say", "by", "to", "USD"]
trees = st.recursive(
    st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)
documents = st.dictionaries(
    st.sampled_from(["covers", "roles", "queues", "limits", "windows", "rules", "other"]), trees, max_size=5
)


@settings(max_examples=150, deadline=None)
@given(documents.map(flow))
def test_only_a_desk_fault_escapes_from_files_of_any_shape(text: str) -> None:
    assert only_faults(text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_only_a_desk_fault_escapes_from_a_policy_that_was_cut_and_pasted(data: st.DataObject) -> None:
    cuts = st.integers(0, len(REFUND_YAML))
    start, end, to = data.draw(cuts), data.draw(cuts), data.draw(cuts)
    piece = REFUND_YAML[start : min(end, start + 60)] + data.draw(st.text(max_size=3))

    assert only_faults(REFUND_YAML[:to] + piece + REFUND_YAML[to + data.draw(st.integers(0, 20)) :])
