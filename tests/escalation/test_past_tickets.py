"""What a journal tells of past tickets: who ended with a person, and what was known after each message."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from evals.journals import history
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.escalation.journal import Journal

from deskhand.domain.journal_line import JournalLine
from deskhand.escalation.prediction.moment import past_of
from deskhand.escalation.prediction.past_tickets import PastTicket, past_tickets

MADE = history(60, seed=3).lines
MINE = next(line.ticket for line in MADE if line.body.get("message") == "4")  # a ticket of several messages


def one(journal: Journal) -> PastTicket:
    (ticket,) = past_tickets(journal.lines)
    return ticket


def signs(lines: list[JournalLine]) -> dict[tuple[str, str], object]:
    return {(one.ticket, said.message): said.signs for one in past_tickets(lines) for said in one.messages}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("message.ended", {"message": "1", "outcome": "handed_off"}),
        ("ticket.given", {"to": "ana", "by": "ana"}),
        ("suggestion.settled", {"state": "edited", "by": "ana"}),
        ("suggestion.settled", {"state": "rejected", "by": "ana"}),
        ("run.failed", {"run": "message/1", "why": "Down", "to": "queue:support"}),
    ],
)
def test_a_ticket_ends_with_a_person_when_one_has_it_or_writes(kind: str, body: dict[str, str]) -> None:
    ticket = one(Journal().considered("a").add(kind, "a", **body))

    assert ticket.ended
    assert ticket.person_after(ticket.messages[0].seq)


def test_an_approval_is_no_person_at_the_end() -> None:
    journal = Journal().considered("a").ended("a", "awaiting_approval")
    assert not one(journal).ended
    journal.add("suggestion.settled", "a", state="approved", by="ana").ended("a", "resolved")

    assert one(journal).ended
    assert one(journal).people == ()


def test_a_ticket_may_still_go_either_way_until_it_was_quiet_for_a_week() -> None:
    journal = Journal().considered("a").ended("a", "asked")
    assert not one(journal).ended
    last = journal.lines[-1]

    later = replace(last, seq=last.seq + 1, ticket="b", at=last.at + timedelta(days=7))
    (ticket,) = [found for found in past_tickets([*journal.lines, later]) if found.ticket == "a"]
    assert ticket.ended
    assert ticket.people == ()


def test_a_message_under_way_keeps_an_answered_ticket_open() -> None:
    journal = Journal().considered("a").ended("a", "answered").considered("a", "2")

    assert not one(journal).ended


def test_only_what_comes_behind_a_message_counts_as_its_end() -> None:
    journal = Journal().considered("a").ended("a", "handed_off").add("ticket.given", "a", to="assistant", by="ana")
    ticket = one(journal.considered("a", "2").ended("a", "resolved", "2"))
    first, second = ticket.messages

    assert ticket.person_after(first.seq)
    assert not ticket.person_after(second.seq)
    assert second.signs["past.given_back"] == 1.0


def test_messages_that_people_have_are_nothing_to_predict() -> None:
    ticket = one(Journal().considered("a").ended("a", "handed_off").considered("a", "2", owner="ana"))

    assert [said.message for said in ticket.messages] == ["1"]


def test_a_message_that_is_considered_anew_counts_once_as_it_was_first_understood() -> None:
    ticket = one(Journal().considered("a").considered("a", sentiment="angry", way="hand_off"))

    assert [said.signs.get("angry", 0.0) for said in ticket.messages] == [0.0]
    assert not ticket.messages[0].given_at_once


def test_lines_that_say_too_little_are_left_out() -> None:
    journal = Journal().add("message.considered", "a", message="1", way="commit").ended("a", "resolved")

    assert past_tickets(journal.considered("b").lines) == past_tickets(journal.lines[2:])


def test_what_earlier_messages_came_to_is_a_sign_of_later_ones() -> None:
    journal = Journal().considered("a", signals={"frustration": 0.7}).ended("a", "asked")
    journal.add("confirmation.refused", "a", keys=[]).considered("a", "2", turns=2)
    found = one(journal).messages[1].signs

    assert (found["past.questions"], found["past.refusals"], found["past.frustration"]) == (1.0, 1.0, 0.7)
    assert found["turns"] == 1.0
    assert past_of(journal.lines, "2") == past_of(journal.lines[:4], "2")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(MADE)))
def test_nothing_that_came_later_is_seen(upto: int) -> None:
    whole, before = signs(list(MADE)), signs(list(MADE[:upto]))

    assert before == {place: whole[place] for place in before}
    considered = {(one.ticket, one.body["message"]) for one in MADE[:upto] if one.kind == "message.considered"}
    assert before.keys() == considered


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.floats(0.0, 1.0))
def test_what_other_tickets_say_and_when_changes_nothing(dice: Random, share: float) -> None:
    own = [line for line in MADE if line.ticket == MINE]
    others = [line for line in MADE if line.ticket != MINE and dice.random() < share]
    dice.shuffle(others)
    mixed = list(own)
    for line in others:
        mixed.insert(dice.randint(0, len(mixed)), line)

    assert {place: one for place, one in signs(mixed).items() if place[0] == MINE} == signs(own)


def test_what_earlier_messages_showed_adds_up_and_a_message_counts_once() -> None:
    journal = Journal().considered("a", sentiment="angry", signals={"churn": 0.6}).considered("a", sentiment="angry")
    journal.ended("a", "asked").considered("a", "2", signals={"churn": 0.7}).ended("a", "asked", "2")
    found = one(journal.considered("a", "3")).messages[2].signs

    assert found["past.angry"] == 1.0
    assert found["past.churn"] == pytest.approx(1.3)
    assert "signal.churn" not in found
