"""Whether two messages are about one matter. In doubt they are not."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.understanding.test_take_up import heard

from deskhand.domain.matter import Matter, covers, matter_of, nearly_same
from deskhand.domain.understanding import Kind, Request

MATTERS = st.builds(
    Matter,
    procedures=st.sets(st.sampled_from(["refund", "parcel", "cancel"])).map(lambda one: tuple(sorted(one))),
    named=st.dictionaries(st.sampled_from(["order", "amount"]), st.sampled_from(["1", "2"])),
    questions=st.lists(st.text(max_size=30), max_size=2).map(tuple),
)


def parcel(named: Mapping[str, str], *questions: str) -> Matter:
    return Matter(("parcel",), named, questions)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (parcel({}), parcel({}), True),
        (parcel({"order": "5521"}), parcel({"order": "5521"}), True),
        (parcel({"order": "5521"}), parcel({}), True),
        (parcel({}), parcel({"order": "5521"}), False),
        (parcel({"order": "5521"}), parcel({"order": "7788"}), False),
        (parcel({}), Matter(("refund",), {}, ()), False),
        (Matter(("parcel", "refund"), {}, ()), parcel({}), True),
        (parcel({}), Matter(("parcel", "refund"), {}, ()), False),
        (parcel({}), parcel({}, "How big may a file be?"), False),
        (parcel({}, "How big may a file be?"), parcel({}, "how big may a file be"), True),
    ],
)
def test_the_second_is_seen_to_with_the_first_when_it_asks_for_nothing_more(
    first: Matter, second: Matter, same: bool
) -> None:
    assert covers(first, second) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("How big may a CSV file be?", "how big may a csv file be", True),
        ("Hi, how big may a CSV file be?", "How big may a CSV file be", True),
        ("How big may a CSV file be?", "How big may an XML file be?", False),
        ("Where is order 5521 of mine now please", "Where is order 5522 of mine now please", False),
        ("thanks", "how", False),
    ],
)
def test_texts_are_nearly_the_same_by_their_words_and_numbers(one: str, other: str, same: bool) -> None:
    assert nearly_same(one, other) == same


@given(one=MATTERS)
def test_every_matter_covers_itself(one: Matter) -> None:
    assert covers(one, one) or _wordless(one)


@given(first=MATTERS, second=MATTERS)
def test_what_is_covered_has_no_procedure_and_no_object_of_its_own(first: Matter, second: Matter) -> None:
    if covers(first, second):
        assert set(second.procedures) <= set(first.procedures)
        assert second.named.items() <= first.named.items()


def _wordless(one: Matter) -> bool:
    return any(not any(map(str.isalnum, question)) for question in one.questions)


def test_who_asks_for_nothing_has_no_matter() -> None:
    assert matter_of(heard("thank you", Request("thank you", Kind.SMALL_TALK, None, 1.0))) is None
