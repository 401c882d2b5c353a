"""Journals of made-up tickets, as the stories would write them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from deskhand.domain.journal_line import JournalLine

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class History:
    """Lines in the order in which they are written; `at` is where the clock stands."""

    at: datetime = START
    lines: list[JournalLine] = field(default_factory=list)
    messages: int = 0

    def add(self, kind: str, ticket: str, **body: Any) -> "History":
        self.lines.append(JournalLine(len(self.lines) + 1, self.at, kind, ticket, body, ""))
        return self

    def later(self, **time: float) -> "History":
        self.at += timedelta(**time)
        return self

    def received(self, ticket: str, channel: str = "email") -> str:
        self.messages += 1
        name = f"m{self.messages}"
        self.add("message.received", ticket, message=name, channel=channel)
        return name

    def ended(self, ticket: str, message: str, outcome: str = "resolved", **more: Any) -> "History":
        body: dict[str, Any] = {"message": message, "outcome": outcome, "stage": "autonomous"}
        body |= {"procedures": ["refund"], "customer": "", "verified": True, "thanks": False, "automatic": False}
        body |= {"unknown": False, "actions": [], "citations": 0}
        return self.add("message.ended", ticket, **(body | more))

    def wrote(self, ticket: str, outcome: str = "resolved", channel: str = "email", **more: Any) -> "History":
        """A message and what became of it, a minute later."""
        message = self.received(ticket, channel)
        more = {"customer": f"crm:customer:{ticket}"} | more
        return self.later(minutes=1).ended(ticket, message, outcome, **more)

    def closed(self, ticket: str, by: str = "timer", **more: Any) -> "History":
        return self.add("ticket.closed", ticket, **({"by": by, "why": "", "waiting": False} | more))


def mixed(lines: list[JournalLine], random: Random) -> list[JournalLine]:
    """The same lines with those of different tickets in another order, and those of each ticket in their own."""
    by_ticket: dict[str, list[JournalLine]] = {}
    for line in lines:
        by_ticket.setdefault(line.ticket, []).append(line)
    left = [list(reversed(one)) for one in by_ticket.values()]
    found = []
    while left:
        one = random.randrange(len(left))
        found.append(left[one].pop())
        if not left[one]:
            left[one] = left[-1]
            left.pop()
    return found
