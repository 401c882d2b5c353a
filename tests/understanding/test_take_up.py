"""An answer belongs to the question, a correction to what was understood; what cannot be decided is not guessed."""

from dataclasses import replace

import pytest

from deskhand.domain.action import Action
from deskhand.domain.expression import Language
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import WHICH_ONE, Standing
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.procedures.procedure import Procedure, Slot, SlotKind
from deskhand.understanding.choice import choice
from deskhand.understanding.take_up import confirmed, permits, take_up

TITLES = ("A payment taken twice", "Getting money back")
TWO = (("duplicate", 0.4), ("refund", 0.35), ("late", 0.1))


def procedure(id: str, title: str = "", *slots: Slot) -> Procedure:
    return Procedure(id, title or id, "", (), (), slots, (), (), (), Language({}), id)


KNOWN = {
    one.id: one
    for one in (
        procedure("late", "A late order", Slot("order", SlotKind.ORDER_NUMBER, "Which order is it?")),
        procedure("paid", "A payment", Slot("sum", SlotKind.AMOUNT, "How much?")),
        procedure("story", "A complaint", Slot("what", SlotKind.TEXT, "What happened?")),
        procedure("duplicate", TITLES[0]),
        procedure("refund", TITLES[1]),
    )
}


def heard(text: str, *requests: Request, corrects: bool = False, **slots: str) -> Understanding:
    found = requests or (Request(text, Kind.UNFORESEEN, None, 0.0, slots=slots),)
    return Understanding("en", found, Sentiment.CALM, Urgency.NORMAL, (), False, corrects=corrects)


def asked(procedure: str, what: str, outcome: RunOutcome = RunOutcome.ASKED, **slots: str) -> Standing:
    return Standing(outcome, "en", what, (Request("it", Kind.PROCEDURE, procedure, 0.9, TWO, slots),))


WHICH = Standing(
    RunOutcome.ASKED,
    "en",
    "which of two is meant",
    (Request("my money", Kind.UNSURE, None, 0.4, TWO, {"date": "May 3"}),),
)


def followed(now: Understanding) -> list[tuple[str | None, dict[str, str]]]:
    return [(one.procedure, dict(one.slots)) for one in now.requests]


# -- answers to a question for something ------------------------------------------------------------------


@pytest.mark.parametrize("text", ["5521", "it's 5521", "order no. 5521 please", "#5521", "5521!"])
def test_a_bare_number_answers_the_question_for_the_order(text: str) -> None:
    now = take_up(text, heard(text), asked("late", "order", date="May 3"), KNOWN)

    assert followed(now) == [("late", {"order_number": "5521", "date": "May 3"})]


@pytest.mark.parametrize(
    "text", ["5521 or 5522", "the blue one", "it came 2 days late and I was told by 3 people so", "$29"]
)
def test_what_names_no_single_order_is_not_taken_for_one(text: str) -> None:
    now = heard(text)

    assert take_up(text, now, asked("late", "order"), KNOWN) == now


def test_a_day_is_no_order_number() -> None:
    now = take_up("on the 3rd", heard("on the 3rd", date="the 3rd"), asked("late", "order"), KNOWN)

    assert followed(now) == [("late", {"date": "the 3rd"})]


def test_an_amount_may_be_named_without_its_currency() -> None:
    assert followed(take_up("29,50", heard("29,50"), asked("paid", "sum"), KNOWN)) == [("paid", {"amount": "29,50"})]


def test_a_text_that_was_asked_for_is_all_of_the_answer_but_politeness_is_none() -> None:
    text = "The lid broke on the second day."
    thanks = heard("thanks", Request("thanks", Kind.SMALL_TALK, None, 0.0))

    assert followed(take_up(text, heard(text), asked("story", "what"), KNOWN)) == [("story", {"what": text})]
    assert take_up("thanks", thanks, asked("story", "what"), KNOWN) == thanks


def test_a_question_in_return_is_no_answer() -> None:
    text = "what does the 29 dollar plan include"
    now = heard(text, Request(text, Kind.QUESTION, None, 0.8, slots={"amount": "29 dollar"}))

    assert take_up(text, now, asked("late", "order"), KNOWN) == now


def test_another_request_is_followed_beside_the_answer() -> None:
    other = Request("and cancel my plan", Kind.PROCEDURE, "cancel", 0.9)
    answer = Request("order 5521", Kind.UNFORESEEN, None, 0.0, slots={"order_number": "5521"})
    text = "order 5521, and cancel my plan"

    now = take_up(text, heard(text, answer, other), asked("late", "order"), KNOWN)

    assert followed(now) == [("late", {"order_number": "5521"}), ("cancel", {})]


def test_another_request_alone_is_followed_alone() -> None:
    now = heard("cancel plan 12", Request("cancel plan 12", Kind.PROCEDURE, "cancel", 0.9))

    assert take_up("cancel plan 12", now, asked("late", "order"), KNOWN) == now


@pytest.mark.parametrize("outcome", [one for one in RunOutcome if one is not RunOutcome.ASKED])
def test_what_was_not_asked_is_not_answered(outcome: RunOutcome) -> None:
    now = heard("5521")

    assert take_up("5521", now, asked("late", "order", outcome), KNOWN) == now
    assert take_up("5521", now, None, KNOWN) == now


# -- which of two ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("the first", ["duplicate"]),
        ("The first one, please", ["duplicate"]),
        ("1", ["duplicate"]),
        ("das erste bitte", ["duplicate"]),
        ("the second one", ["refund"]),
        ("No, the second one", ["refund"]),
        ("la deuxième", ["refund"]),
        ("den anden tak", ["refund"]),
        ("both", ["duplicate", "refund"]),
        ("both of them please", ["duplicate", "refund"]),
        ("taken twice", ["duplicate"]),
        ("I want my money back", ["refund"]),
        ("getting money back", ["refund"]),
    ],
)
def test_the_one_that_is_meant_is_chosen(text: str, chosen: list[str]) -> None:
    now = take_up(text, heard(text), WHICH, KNOWN)

    assert [one.procedure for one in now.requests] == chosen
    assert all(one.slots == {"date": "May 3"} for one in now.requests)


@pytest.mark.parametrize(
    "text",
    [
        "neither",
        "something else",
        "one second please",
        "just a second",
        "not the first",
        "the first or the second",
        "a payment and money",
        "yes",
        "prima",
        "the second payment of the third order was wrong",
        "",
    ],
)
def test_no_choice_is_made_for_the_customer(text: str) -> None:
    assert choice(text, TITLES) == ()


# -- corrections -----------------------------------------------------------------------------------------


def test_a_corrected_number_replaces_the_former_one_whatever_came_of_it() -> None:
    for outcome in RunOutcome:
        before = asked("late", "", outcome, order_number="5521", date="May 3")
        now = take_up("no, order 77 instead", heard("no", corrects=True, order_number="77"), before, KNOWN)

        assert followed(now) == [("late", {"order_number": "77", "date": "May 3"})]
        assert not now.corrects


def test_the_number_that_is_taken_back_is_not_taken_for_the_new_one() -> None:
    text = "not 5521 but 7788"
    before = asked("late", "", RunOutcome.ANSWERED, order_number="5521")

    now = take_up(text, heard(text, corrects=True, order_number="5521"), before, KNOWN)

    assert followed(now) == [("late", {"order_number": "7788"})]


def test_what_the_procedure_cannot_follow_stays_a_correction() -> None:
    before = asked("refund", "", RunOutcome.RESOLVED)

    bare = take_up("no, not that one", heard("no, not that one", corrects=True), before, KNOWN)
    dated = take_up("the one from March", heard("the one", corrects=True, date="March"), before, KNOWN)

    assert (followed(bare), bare.corrects) == ([("refund", {})], True)
    assert (followed(dated), dated.corrects) == ([("refund", {"date": "March"})], True)


def test_the_other_one_of_two_is_meant_after_a_choice() -> None:
    chose = Request("the first", Kind.PROCEDURE, "duplicate", 1.0, TWO[:2])
    before = Standing(RunOutcome.ANSWERED, "en", "", (chose,))

    now = take_up("no, the other one", heard("no", corrects=True), before, KNOWN)

    assert ([one.procedure for one in now.requests], now.corrects) == (["refund"], False)


def test_the_other_order_is_no_other_procedure() -> None:
    chose = Request("the first", Kind.PROCEDURE, "duplicate", 1.0, TWO[:2])
    before = Standing(RunOutcome.ANSWERED, "en", "", (chose,))

    now = take_up("no, the other order", heard("no", corrects=True), before, KNOWN)

    assert ([one.procedure for one in now.requests], now.corrects) == (["duplicate"], True)


def test_the_answer_which_one_is_meant_is_a_correction_still() -> None:
    now = take_up("29 dollars", heard("29 dollars", amount="29 dollars"), asked("refund", WHICH_ONE), KNOWN)

    assert (followed(now), now.corrects) == ([("refund", {"amount": "29 dollars"})], True)


def test_a_correction_that_asks_for_something_else_is_that_request() -> None:
    other = Request("no, cancel my plan", Kind.PROCEDURE, "cancel", 0.9)

    now = take_up("no, cancel my plan", heard("", other, corrects=True), asked("late", ""), KNOWN)

    assert (followed(now), now.corrects) == ([("cancel", {})], False)


def test_nothing_can_be_corrected_before_anything_was_understood() -> None:
    assert not take_up("I meant the other one", heard("I meant", corrects=True), None, KNOWN).corrects


# -- a yes -----------------------------------------------------------------------------------------------


def test_a_yes_goes_on_with_what_was_named_before() -> None:
    now = confirmed(heard("yes"), "late", asked("late", "confirmation", order_number="5521"))

    assert followed(now) == [("late", {"order_number": "5521"})]
    assert followed(confirmed(heard("yes"), "late", None)) == [("late", {})]


@pytest.mark.parametrize(
    ("text", "action", "may"),
    [
        ("yes", "refund_charge", True),
        ("yes, refund it", "refund_charge", True),
        ("yes, cancel it", "cancel_subscription", True),
        ("yes, cancel it", "refund_charge", False),
        ("Yes refund it", "cancel_subscription", False),
    ],
)
def test_a_yes_that_names_another_deed_permits_nothing(text: str, action: str, may: bool) -> None:
    assert permits(text, Action(action, {})) is may


@pytest.mark.parametrize("unit", ["1", "a1-", "1,1 ", "#1 ", "a ", "--"])
def test_an_answer_made_to_be_slow_is_taken_up_all_the_same(unit: str) -> None:
    text = unit * (20_000 // len(unit))

    for slot in ("late", "paid", "story"):
        what = KNOWN[slot].slots[0].name
        assert take_up(text, heard(text), asked(slot, what), KNOWN).requests
        assert take_up(text, replace(heard(text), corrects=True), asked(slot, what), KNOWN).requests
