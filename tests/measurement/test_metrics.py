"""Every number from the journal alone, and the same every time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.metrics import Metrics, metrics, quantile

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Journal:
    """Lines as the stories write them, a second apart."""

    def __init__(self) -> None:
        self.lines: list[JournalLine] = []

    def add(self, kind: str, ticket: str, **body: Any) -> "Journal":
        at = START + timedelta(seconds=len(self.lines))
        self.lines.append(JournalLine(len(self.lines) + 1, at, kind, ticket, body, ""))
        return self

    def received(self, ticket: str) -> "Journal":
        return self.add(
            "message.received", ticket, received_at=(START + timedelta(seconds=len(self.lines))).isoformat()
        )

    def ended(self, ticket: str, outcome: str, message: str = "1", **more: Any) -> "Journal":
        model = {"calls": 1, "cost": 0.02}
        body = {"message": message, "outcome": outcome, "timings_ms": {"total": 20.0}, "model": model}
        return self.add("message.ended", ticket, **(body | more))

    def done(self, ticket: str, key: str, action: str) -> "Journal":
        return self.add("effect.done", ticket, key=key, action=action)

    def read(self) -> Metrics:
        return metrics(iter(self.lines))


def test_an_empty_journal_has_no_numbers_and_no_zero_shares() -> None:
    empty = Journal().read()
    assert (empty.tickets, empty.messages, empty.without_people, empty.policy_compliance) == (0, 0, None, None)


def test_a_ticket_is_contained_when_nobody_had_to_touch_it() -> None:
    journal = Journal()
    journal.ended("a", "resolved").ended("b", "handed_off").ended("c", "answered").ended("d", "asked")
    journal.add("suggestion.settled", "c")
    assert journal.read().without_people == 0.25
    assert journal.read().escalation_rate == 0.25


def test_the_first_reply_counts_from_the_first_message() -> None:
    journal = Journal().received("a").received("a").done("a", "reply/a/1", "reply").done("a", "reply/a/2", "reply")
    found = journal.ended("a", "answered").received("b").ended("b", "handed_off").read()
    assert (found.first_response_s_p50, found.unanswered) == (2.0, 1)


def test_an_effect_without_an_allow_before_it_is_no_compliance() -> None:
    journal = (
        Journal().add("policy.decided", "a", key="refund/a/1", effect="allow").done("a", "refund/a/1", "refund_charge")
    )
    assert journal.ended("a", "resolved").read().policy_compliance == 1.0
    journal.add("policy.decided", "b", key="refund/b/1", effect="approve").done("b", "refund/b/1", "refund_charge")
    assert journal.ended("b", "resolved").read().policy_compliance == 0.5


def test_a_line_told_again_after_a_crash_is_counted_once() -> None:
    once = Journal().ended("a", "resolved").read()
    twice = Journal().ended("a", "resolved").ended("a", "resolved").read()
    assert twice == once


def test_the_last_line_of_a_message_is_how_it_ended() -> None:
    found = Journal().ended("a", "awaiting_approval").ended("a", "resolved").read()
    assert (found.outcomes, found.messages, found.model_calls) == ({"resolved": 1}, 1, 1)


def test_an_unknown_price_is_an_unknown_sum() -> None:
    found = Journal().ended("a", "resolved").ended("b", "resolved", model={"calls": 2, "cost": None}).read()
    assert (found.model_calls, found.model_cost) == (3, None)


def handed_off(share: float) -> dict[str, Any]:
    return {"queue": "support", "reason": "asked", "completeness": share}


def test_context_handed_over_is_told_as_its_mean_and_as_the_share_of_good_packets() -> None:
    journal = Journal().ended("a", "handed_off", handoff=handed_off(1.0))
    found = journal.ended("b", "handed_off", handoff=handed_off(0.8)).ended("c", "answered").read()
    assert (found.handoffs, found.handoff_context, found.handoffs_with_90) == (2, 0.9, 0.5)
    assert Journal().ended("a", "handed_off", handoff=handed_off(0.9)).read().handoffs_with_90 == 1.0


def test_a_correction_counts_once_however_often_its_line_is_there() -> None:
    journal = (
        Journal().ended("a", "handed_off", handoff=handed_off(1.0)).ended("b", "handed_off", handoff=handed_off(1))
    )
    for correction in ("one", "one", "two", "three"):
        journal.add("handoff.corrected", "a", correction=correction)
    assert journal.read().corrections_per_handoff == 1.5


def test_a_question_that_the_packet_answers_counts_its_ticket_once_and_unseen_agents_count_nowhere() -> None:
    journal = Journal()
    for ticket in "abc":
        journal.ended(ticket, "handed_off", handoff=handed_off(1.0))
    for ticket, again in (("a", ["email"]), ("a", []), ("a", ["date"]), ("b", [])):
        journal.add("agent.wrote", ticket, message="m", asks=["email"], again=again)
    found = journal.read()
    assert (found.agents_seen, found.repeat_questions) == (2, 0.5)
    silent = Journal().ended("a", "handed_off", handoff=handed_off(1.0)).read()
    assert (silent.agents_seen, silent.repeat_questions, silent.corrections_per_handoff) == (0, None, 0.0)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.floats(0.01, 1))
def test_a_quantile_is_a_value_that_enough_of_them_do_not_exceed(values: list[float], share: float) -> None:
    found = quantile(values, share)
    assert found in values
    assert sum(one <= found for one in values) >= share * len(values) - 1e-9


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_of_nothing_there_is_no_quantile(share: float) -> None:
    assert quantile([], share) is None
