"""A tool call that is said instead of made: exactly one object counts, and nothing is ever guessed."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.infrastructure.llm.library.spoken_calls import ENDINGS, OPENINGS, spoken_call

NAMES = frozenset({"reply", "billing__charges"})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.text(max_size=9), JSON, max_size=3)


@given(arguments=OBJECTS, name=st.sampled_from(sorted(NAMES)), space=st.sampled_from(["", " ", "\n"]))
@pytest.mark.parametrize(
    ("opening", "ending"), [("", ""), ("```json", "```"), ("```", "```"), ("<tool_call>", "</tool_call>")]
)
def test_a_call_said_exactly_counts(
    opening: str, ending: str, arguments: dict[str, object], name: str, space: str
) -> None:
    said = json.dumps({"name": name, "arguments": arguments})
    assert spoken_call(f"{space}{opening}{space}{said}{space}{ending}{space}", NAMES) == (name, arguments)


@given(
    st.text(max_size=40) | JSON.map(json.dumps) | st.builds("{}{}".format, JSON.map(json.dumps), st.text(max_size=9))
)
def test_whatever_is_said_a_call_comes_back_only_from_one_whole_object_of_an_offered_tool(text: str) -> None:
    call = spoken_call(text, NAMES)
    if call is not None:
        said = json.loads(text.strip().strip("`"))
        assert {"name": call[0], "arguments": call[1]} in (said, said.get("function"))
        assert call[0] in NAMES


@given(
    before=st.text(max_size=9).filter(lambda text: text.strip() not in ("", *OPENINGS)),
    name=st.sampled_from(sorted(NAMES)),
)
def test_prose_around_a_call_makes_it_talk(before: str, name: str) -> None:
    said = json.dumps({"name": name, "arguments": {}})
    assert spoken_call(f"{before}{said}", NAMES) is None
    if before.strip() not in ENDINGS:
        assert spoken_call(f"{said}{before}", NAMES) is None


@pytest.mark.parametrize(
    "text",
    [
        'I will call {"name": "reply", "arguments": {}}',
        '{"name": "reply", "arguments": {}} {"name": "reply", "arguments": {}}',
        '[{"name": "reply", "arguments": {}}]',
        '{"name": "refund_everything", "arguments": {}}',
        '{"name": "reply", "arguments": {}, "customer": "cus_2"}',
        '{"name": "reply", "arguments": "{}"}',
        '{"name": "reply"}',
        '{"name": ["reply"], "arguments": {}}',
        '{"function": {"name": "reply", "arguments": {}, "id": "1"}}',
        '{"function": {"name": "reply", "arguments": {}}, "customer": "cus_2"}',
        '{"name": "reply", "arguments": {"text": "a", "text": "b"}}',
        "```json\n```json\n{}\n```",
        "",
    ],
)
def test_what_could_mean_two_things_is_no_call(text: str) -> None:
    assert spoken_call(text, NAMES) is None


@pytest.mark.parametrize("unit", ["[", '{"a":', "```", "<tool_call>", " ", "</tool_call>", '"', "\\"])
def test_hostile_repetitions_cost_nothing_and_are_no_call(unit: str) -> None:
    began = time.process_time()
    assert spoken_call(unit * (200_000 // len(unit)), NAMES) is None
    assert time.process_time() - began < 1
