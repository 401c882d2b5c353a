"""Past tickets as a journal tells them: the signs of each message, and whether people had to take over after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.escalation.prediction.moment import (
    ASSISTANT,
    EARLIER,
    NO_PAST,
    REWRITTEN,
    Past,
    moment_then,
)
from deskhand.escalation.prediction.signs import Signs, signs_of

QUIET = timedelta(days=7)  # after so long nobody is waited for any more
ALONE = frozenset({"resolved", "answered"})


@dataclass(frozen=True)
class PastMessage:
    """A message that was considered while the assistant had its ticket. `seq` is the number of that line.

    `given_at_once`: considering it gave the ticket away, so that no prediction could come before.
    """

    message: str
    seq: int
    at: datetime
    signs: Signs
    given_at_once: bool


@dataclass(frozen=True)
class PastTicket:
    """`people`: the numbers of the lines by which it came to people: handed off, taken over, parked after a failure, or
    an agent wrote instead of what was suggested. `ended`: nothing more is to come, as far as can be told. `last` is the
    number of its last line."""

    ticket: str
    messages: tuple[PastMessage, ...]
    people: tuple[int, ...]
    ended: bool
    last: int

    def person_after(self, seq: int) -> bool:
        """Whether people got it behind that line."""
        return any(one > seq for one in self.people)


@dataclass
class _Open:
    past: Past = NO_PAST
    asked: dict[str, Any] = field(default_factory=dict)
    messages: list[PastMessage] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    people: list[int] = field(default_factory=list)
    under_way: bool = False
    outcome: str = ""
    last: int = 0
    at: datetime | None = None


def past_tickets(lines: Iterable[JournalLine]) -> list[PastTicket]:
    """All that were ever considered, by their first message. Messages whose lines say too little are left out."""
    tickets: dict[str, _Open] = {}
    newest: datetime | None = None
    for line in lines:
        newest = max(newest, line.at) if newest else line.at
        if line.ticket:
            _add(tickets.setdefault(line.ticket, _Open()), line)
    told = [
        PastTicket(name, tuple(one.messages), tuple(one.people), _ended(one, newest), one.last)
        for name, one in tickets.items()
        if one.messages
    ]
    return sorted(told, key=lambda one: one.messages[0].seq)


def _add(ticket: _Open, line: JournalLine) -> None:
    body = line.body
    ticket.last, ticket.at = line.seq, line.at
    match line.kind:
        case "policy.asked" if body.get("action") == "turn":
            ticket.asked = dict(body)
        case "message.considered":
            ticket.under_way = True
            _consider(ticket, line)
        case "message.ended":
            ticket.under_way, ticket.outcome = False, body["outcome"]
        case _:
            pass
    if _to_people(line):
        ticket.people.append(line.seq)
    if line.kind in EARLIER:
        ticket.past = ticket.past.after(line)


def _consider(ticket: _Open, line: JournalLine) -> None:
    """A message is considered anew after an action of its plan failed; what was to be predicted came before that."""
    body, message = line.body, line.body["message"]
    if message in ticket.known or ticket.asked.get("message") != message:
        return
    ticket.known.add(message)
    try:
        facts = ticket.asked["facts"]
        if facts["ticket.owner"] != ASSISTANT:
            return
        signs = signs_of(moment_then(facts, body), ticket.past)
    except (KeyError, TypeError, ValueError):
        return
    ticket.messages.append(PastMessage(message, line.seq, line.at, signs, body["way"] == "hand_off"))


def _to_people(line: JournalLine) -> bool:
    body = line.body
    match line.kind:
        case "message.ended":
            return bool(body["outcome"] == "handed_off")
        case "ticket.given":
            return bool(body["to"] != ASSISTANT)
        case "suggestion.settled":
            return bool(body["state"] in REWRITTEN)
        case "run.failed":
            return True
        case _:
            return False


def _ended(ticket: _Open, newest: datetime | None) -> bool:
    if ticket.people or (newest and ticket.at and newest - ticket.at >= QUIET):
        return True
    return not ticket.under_way and ticket.outcome in ALONE
