"""A few tickets as a journal tells them, line by line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.journal_line import JournalLine

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Journal:
    """Lines as the stories write them, a minute apart."""

    def __init__(self) -> None:
        self.lines: list[JournalLine] = []

    def add(self, kind: str, ticket: str, **body: Any) -> "Journal":
        at = START + timedelta(minutes=len(self.lines))
        self.lines.append(JournalLine(len(self.lines) + 1, at, kind, ticket, body, ""))
        return self

    def considered(self, ticket: str, message: str = "1", *, way: str = "commit", **more: Any) -> "Journal":
        """`more`: other facts of the decision on the message (`owner`, `turns`), or of how it was understood."""
        facts = {
            "now": (START + timedelta(minutes=len(self.lines))).isoformat(),
            "stage": "autonomous",
            "channel": "email",
            "ticket.owner": more.pop("owner", "assistant"),
            "customer.known": more.pop("known", True),
            "identity.attested": True,
            "takeover.signals": [],
            "talk.turns": more.pop("turns", 1),
            "talk.failed": 0,
            "talk.repeats": 0,
            "talk.questions": 0,
            "signal.wants_human": more.pop("wants_human", False),
            "signal.automatic": False,
        }
        self.add("policy.asked", ticket, action="turn", message=message, effect="allow", facts=facts)
        told = {
            "message": message,
            "language": "en",
            "sentiment": "calm",
            "urgency": "normal",
            "risks": [],
            "signals": {},
            "requests": [{"kind": "procedure", "procedure": "refund", "confidence": 1.0}],
            "missing": [],
            "joined": [],
            "proposals": [],
            "way": way,
        }
        return self.add("message.considered", ticket, **(told | more))

    def ended(self, ticket: str, outcome: str, message: str = "1") -> "Journal":
        return self.add("message.ended", ticket, message=message, outcome=outcome)
