"""Handoffs by their lines in the journal: answered in time, late, given back, waiting."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.entrypoints.cli.escalation.handoffs import told
from deskhand.measurement.handoffs import handoffs

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
DUE = START + timedelta(hours=4)


class Journal:
    def __init__(self) -> None:
        self.lines: list[JournalLine] = []

    def add(self, kind: str, ticket: str, **body: Any) -> "Journal":
        self.lines.append(JournalLine(len(self.lines) + 1, START, kind, ticket, body, ""))
        return self

    def routed(self, ticket: str, due: datetime | None = DUE, promised: datetime | None = None) -> "Journal":
        moments = {"due": due and due.isoformat(), "promised": promised and promised.isoformat()}
        return self.add("ticket.routed", ticket, queue="billing", person="ana", **moments)

    def answered(self, ticket: str, seconds: float, in_time: bool | None, by: str = "17") -> "Journal":
        return self.add("handoff.answered", ticket, by=by, seconds=seconds, in_time=in_time)


def test_no_handoffs_have_no_share() -> None:
    found = handoffs([], START)
    assert (found.handoffs, found.kept, found.answer_s_p50, found.waiting) == (0, None, None, ())


def test_in_time_is_a_share_of_those_whose_time_is_over_or_kept() -> None:
    journal = Journal()
    for ticket in "abcde":
        journal.routed(ticket)
    journal.routed("f", due=None).answered("f", 60.0, None)
    journal.answered("a", 3600.0, True).answered("b", 20000.0, False).answered("c", 0.0, True, by="")
    journal.add("sla.breached", "d").add("ticket.given", "d", to="assistant")
    found = handoffs(journal.lines, DUE)
    assert (found.answered, found.solved, found.given_back) == (3, 1, 1)
    assert (found.timed, found.in_time, found.kept, found.breached) == (4, 2, 0.5, 1)
    assert [(one.ticket, one.late) for one in found.waiting] == [("e", False)]
    late = handoffs(journal.lines, DUE + timedelta(seconds=1))
    assert (late.timed, late.in_time, late.waiting[0].late) == (5, 2, True)


def test_what_is_given_to_a_person_still_waits_and_what_is_given_back_in_time_is_no_miss() -> None:
    journal = Journal().routed("a").routed("b")
    journal.add("ticket.given", "a", to="ana").add("ticket.given", "b", to="assistant")
    found = handoffs(journal.lines, START)
    assert [one.ticket for one in found.waiting] == ["a"]
    assert (found.timed, found.kept) == (0, None)


def test_people_are_told_what_waits_and_how_late_it_is() -> None:
    journal = Journal().routed("zendesk:ticket:7").routed("zendesk:ticket:8").answered("zendesk:ticket:8", 5400.0, True)
    assert list(told(handoffs(journal.lines, DUE + timedelta(minutes=1)))) == [
        "2 handoffs: 1 answered by agents, 0 solved without an answer, 0 given back, 1 waiting.",
        "In time: 1 of 2 with a time that is over or kept (50.0 %).",
        "From handoff to answer: 1 h 30 min (median), 1 h 30 min (p95).",
        "  zendesk:ticket:7: ana of billing, since 2026-11-30 09:00 UTC, due by 2026-11-30 13:00 UTC: late",
    ]
