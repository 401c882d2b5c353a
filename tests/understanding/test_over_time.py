"""What only several messages show: that frustration grows, and that a customer comes again."""

from datetime import UTC, datetime, timedelta

import pytest

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Former
from deskhand.domain.understanding import Kind, Request, Sentiment, Sign, Signal, Understanding, Urgency
from deskhand.understanding.over_time import over_tickets, over_turns
from deskhand.understanding.understand import evident

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)


def message(strength: float = 0.0, procedure: str | None = "refund-status") -> Understanding:
    signals = (Signal(Sign.FRUSTRATION, strength, "ridiculous"),) if strength else ()
    request = Request("where is my refund", Kind.PROCEDURE, procedure, 0.9)
    return Understanding("en", (request,), Sentiment.CALM, Urgency.NORMAL, (), False, signals=signals)


def stood(outcome: RunOutcome = RunOutcome.ANSWERED, frustration: float = 0.0) -> Standing:
    return Standing(outcome, "en", "", message().requests, frustration)


@pytest.mark.parametrize(
    ("before", "now", "rising"),
    [(0.0, 0.6, True), (0.6, 0.8, True), (0.8, 0.8, True), (0.6, 0.6, False), (0.9, 0.0, False), (0.9, 0.6, False)],
)
def test_frustration_rises_when_it_grows_or_stays_high(before: float, now: float, rising: bool) -> None:
    found = over_turns(message(now), [stood(frustration=before), stood(frustration=1.0)])

    assert (found.signal(Sign.RISING) is not None) is rising


def test_a_first_message_neither_rises_nor_repeats() -> None:
    assert over_turns(message(0.9), []) == message(0.9)


def test_who_asks_the_same_after_an_answer_comes_again() -> None:
    once = over_turns(message(), [stood()]).signal(Sign.REPEATED)
    twice = over_turns(message(), [stood(), stood(RunOutcome.HANDED_OFF)]).signal(Sign.REPEATED)

    assert once
    assert twice
    assert (once.quote, once.strength < twice.strength) == ("where is my refund", True)


def test_who_answers_our_question_does_not_come_again() -> None:
    assert over_turns(message(), [stood(RunOutcome.ASKED)]).signal(Sign.REPEATED) is None
    assert over_turns(message(), [stood(RunOutcome.HANDED_OFF)], to_an_agent=True).signal(Sign.REPEATED) is None


def test_a_former_ticket_on_the_same_counts_for_a_month() -> None:
    def former(days: int, procedure: str) -> Former:
        return Former("zendesk:ticket:1", NOW - timedelta(days=days), ("where is it",), "answered", (), (procedure,))

    assert over_tickets(message(), [former(9, "refund-status")], NOW).signal(Sign.REPEATED)
    assert not over_tickets(message(), [former(40, "refund-status"), former(9, "cancel")], NOW).signals


def test_the_customers_own_words_for_it_stay() -> None:
    own = Signal(Sign.REPEATED, 0.7, "third time")
    (kept,) = over_turns(replace_signals(message(), own), [stood(), stood()]).signals

    assert (kept.quote, kept.strength) == ("third time", 0.9)


def test_a_signal_whose_words_the_message_does_not_hold_is_dropped() -> None:
    made_up = replace_signals(message(), Signal(Sign.CHURN, 0.8, "we leave"), Signal(Sign.PERSON, 0.8, ""))

    assert evident("where is my refund", made_up).signals == ()


def replace_signals(one: Understanding, *signals: Signal) -> Understanding:
    return Understanding("en", one.requests, one.sentiment, one.urgency, (), False, signals=signals)
