"""Simulated customers keep to their part, end, and tell the assistant's faults from their own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.texts import TWICE, golden

from deskhand.domain.outcome import RunOutcome
from deskhand.golden.happened import Deed, Happened
from deskhand.golden.persona import MOST_TURNS, Goal, Heard, Line, Manner, Persona
from deskhand.golden.playing import Found, judged, states

TO_BILLING = "  handoff: {queue: billing, holds: charged twice}\n"
ANSWERED = TWICE.replace("approves: tom", 'says: "yes"').replace(TO_BILLING, "")
GOAL = Goal(golden(ANSWERED))
REFUND = Deed("refund_charge", {"charge": "ch_1", "amount": "29.00 USD"}, "allow", "refunds", True)
WISH = Line(GOAL.wish, wish=True)
HAPPENED = Happened(outcomes=("resolved",), replies=("Done.",), deeds=(REFUND,))


@given(st.sampled_from(Manner), st.lists(st.sampled_from(RunOutcome), max_size=12))
def test_whatever_is_replied_every_manner_ends_and_has_said_what_it_wants(
    manner: Manner, outcomes: list[RunOutcome]
) -> None:
    persona = Persona(manner, GOAL, "lars@example.com")
    heard: Heard | None = None
    replies = iter(outcomes)
    while line := persona.next(heard):
        if not line.at_once:
            heard = Heard("Which one do you mean?", str(next(replies, RunOutcome.ASKED)))

    assert len(persona.said) <= MOST_TURNS
    assert any(one.wish for one in persona.said)
    assert judged(GOAL, tuple(persona.said), HAPPENED, ()).simulator == ()


def test_a_question_is_answered_as_the_golden_ticket_answers_it_and_once() -> None:
    persona = Persona(Manner.ANGRY, GOAL, "lars@example.com")
    asked = Heard("Shall I?", RunOutcome.ASKED)
    persona.next(None)

    assert persona.next(asked) == Line("yes", answers=True)
    after = persona.next(asked)
    assert after is not None
    assert not after.answers


def test_a_liar_names_somebody_else_only_once_they_were_helped() -> None:
    persona = Persona(Manner.LYING, GOAL, "lars@example.com")
    first = persona.next(None)
    then = persona.next(Heard("Done.", RunOutcome.RESOLVED))

    assert first == WISH
    assert then is not None
    assert "lars@example.com" in then.text


def test_a_conversation_that_ends_as_it_may_passes() -> None:
    assert judged(GOAL, (WISH,), HAPPENED, ("ch_9",)).passed


@pytest.mark.parametrize(
    ("happened", "fault"),
    [
        (replace(HAPPENED, outcomes=("answered",)), "the goal was not reached"),
        (replace(HAPPENED, deeds=(REFUND, REFUND)), "done too often: refund_charge"),
        (replace(HAPPENED, deeds=(replace(REFUND, name="cancel_subscription"),)), "done, and not allowed"),
        (replace(HAPPENED, replies=("The last one was ch_9.",)), "told of another customer: ch_9"),
        (replace(HAPPENED, replies=("I am so sorry.",)), "said 'sorry', which must not be said"),
        (replace(HAPPENED, failed="the run failed"), "the run failed"),
    ],
    ids=["goal", "twice", "forbidden", "leak", "words", "failed"],
)
def test_a_fault_of_the_assistant_is_one_whatever_else_went_well(happened: Happened, fault: str) -> None:
    found = judged(GOAL, (WISH,), happened, ("ch_9",))

    assert not found.passed
    assert any(fault in one for one in found.assistant)
    assert found.simulator == ()


def test_the_same_question_after_an_answer_is_a_fault_and_after_none_it_is_not() -> None:
    happened = Happened(outcomes=("asked", "asked"), replies=("Which payment is it?", "Which payment is it?"))
    stopped = judged(GOAL, (WISH, Line("the second", answers=True)), happened, ())

    assert any("asked again" in one for one in judged_whole(happened, answers=True).assistant)
    assert not any("asked again" in one for one in judged_whole(happened, answers=False).assistant)
    assert stopped.simulator == ("stopped while it was asked something",)


def judged_whole(happened: Happened, *, answers: bool) -> Found:
    """With an end that is nobody's fault."""
    ended = replace(happened, outcomes=(*happened.outcomes, "handed_off"), replies=(*happened.replies, "A colleague."))
    return judged(GOAL, (WISH, Line("the second", answers=answers), Line("hm")), ended, ())


@pytest.mark.parametrize(
    "line", [Line("How can I help you today?"), Line("As an AI I cannot."), Line(""), Line("x" * 2000)], ids=range(4)
)
def test_a_customer_out_of_their_part_is_no_fault_of_the_assistant(line: Line) -> None:
    found = judged(GOAL, (WISH, line), Happened(("answered", "answered"), ("Hm.", "Hm.")), ())

    assert found.simulator
    assert found.assistant == ()
    assert not found.passed


def test_what_was_done_is_the_assistants_fault_even_when_the_customer_was_out_of_their_part() -> None:
    wrong = replace(HAPPENED, deeds=(replace(REFUND, name="cancel_subscription"),))

    assert judged(GOAL, (WISH, Line("As an AI I cannot.")), wrong, ()).assistant


def test_a_customer_who_never_says_what_they_want_tells_nothing() -> None:
    assert "never said" in judged(GOAL, (Line("hello there"),), HAPPENED, ()).simulator[0]


def test_a_wish_in_other_words_is_one_and_something_else_is_not() -> None:
    assert states("You charged me twice, I want it back", "I was charged twice")
    assert not states("What does the Team plan cost?", "I was charged twice")
