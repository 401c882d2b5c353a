"""Whatever the text of a procedure, loading it gives procedures or a `DeskFault`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.world import KNOWN, NAME, TEXT
from tests.yaml_text import flow

from deskhand.domain.errors import DeskFault
from deskhand.procedures.keys import PROCEDURE, SLOT, STEP
from deskhand.procedures.loading import load_procedures

NONSENSE = """
[]
id: [a]
examples: abc
examples: {a: b, c: d, e: f}
examples: [[a], {b: c}, d]
requires: {a: b}
slots: [a]
slots: {a: b}
slots: {a: {kind: [text], ask: {b: c}}}
slots: {'é': {kind: text, ask: b}}
look_up: {a: [b]}
look_up: {a: {b: c}}
look_up: {a: shop.order(}
look_up: {a: 'shop.order(number = "a\\")'}
look_up: {'a.b': 'shop.order(number = "a")'}
may_propose: {a: b}
may_propose: [[a]]
steps: {a: b}
steps: [[a]]
steps: [{when: {a: b}}]
steps: [{when: [[a]], cite: {a: b}}]
steps: [{propose: [a], with: a}]
steps: [{propose: send_note, with: {text: [a]}}]
steps: [{propose: send_note, with: {text: {a: b}}}]
steps: [{say: {a: b}, end: [a]}]
steps: [{hand_off: a}]
steps: [{hand_off: {to: {a: b}, because: [c]}}]
steps: [{for_each: [a], propose: send_note}]
? [a]
"""


@pytest.mark.parametrize("text", NONSENSE.strip().split("\n"))
def test_nonsense_is_a_fault(text: str) -> None:
    with pytest.raises(DeskFault):
        load_procedures({NAME: text}, KNOWN)


def only_faults(text: str) -> bool:
    try:
        load_procedures({NAME: text}, KNOWN)
    except DeskFault as fault:
        return len(fault.faults) > 0
    return True


WORDS = [
    "late-order",
    "a",
    "slot.a",
    "each.id",
    "'x'",
    "order.found",
    "shop.order()",
    'shop.order(number = "a")',
    "text",
]
WORDS += [
    "send_note",
    "refund_shipping",
    "{{ a }}",
    "{{ order.total | money }}",
    "answered",
    "risk",
    "",
    "parcels",
    "\U0001d518\x07",
]
NAMES = [*PROCEDURE, *STEP, *SLOT, "to", "because", "order", "parcel", "text", "amount"]
trees = st.recursive(
    st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=15,
)
steps = st.lists(st.dictionaries(st.sampled_from([*STEP]), trees, max_size=5), max_size=3)
documents = st.dictionaries(st.sampled_from([*PROCEDURE, "other"]), trees, max_size=8)


@settings(max_examples=200, deadline=None)
@given(documents, steps)
def test_only_a_desk_fault_escapes_from_files_of_any_shape(document: dict[str, object], some: list[object]) -> None:
    assert only_faults(flow(document))
    assert only_faults(flow(document | {"steps": some}))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_only_a_desk_fault_escapes_from_a_procedure_that_was_cut_and_pasted(data: st.DataObject) -> None:
    cuts = st.integers(0, len(TEXT))
    start, end, to = data.draw(cuts), data.draw(cuts), data.draw(cuts)
    piece = TEXT[start : min(end, start + 60)] + data.draw(st.text(max_size=3))

    assert only_faults(TEXT[:to] + piece + TEXT[to + data.draw(st.integers(0, 20)) :])


calls = st.lists(
    st.sampled_from(["shop.order", "(", ")", "number", " = ", '"', "a", ",", "slot.order", "7" * 30, "²", "\n"])
)


@settings(max_examples=100, deadline=None)
@given(calls.map("".join))
def test_only_a_desk_fault_escapes_from_a_call_of_any_form(call: str) -> None:
    assert only_faults(TEXT.replace("shop.order(number = slot.order)", flow(call), 1))
