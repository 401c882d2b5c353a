"""Every reply that was sent within a time, from the journal: what samples are drawn from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.quality.sample import Sent
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE
from deskhand.measurement.stretch import SAID, TESTS

KINDS = frozenset(
    {
        "agent.answered",
        "agent.replied",
        "guidance.given",
        "message.ended",
        "message.received",
        "suggestion.settled",
        "ticket.given",
    }
)
UNWRITTEN = "answers"  # the stratum of what follows no procedure
MACHINES = frozenset({"assistant", ""})


@dataclass
class _Ticket:
    channel: str = ""
    procedure: str = UNWRITTEN
    hands: set[str] = field(default_factory=set)
    suggested: dict[str, str] = field(default_factory=dict)  # suggestion -> message
    edited: set[str] = field(default_factory=set)
    sent: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)  # message -> who, procedure, when

    def take(self, line: JournalLine) -> None:
        body = line.body
        match line.kind:
            case "message.received":
                self.channel = str(body.get("channel") or self.channel)
            case "message.ended":
                self._ended(line)
            case "agent.answered" if body["meaningful"]:
                when = datetime.fromisoformat(body["sent_at"])
                self.sent[str(body["message"])] = (PEOPLE, self.procedure, when)
            case "suggestion.settled":
                self.hands.add(str(body.get("by", "")))
                if body["state"] == "edited":
                    self.edited.add(str(body["suggestion"]))
            case "ticket.given":
                self.hands |= {str(body.get("by", "")), str(body["to"])}
            case "agent.replied" | "guidance.given":
                self.hands.add(str(body["by"]))
            case _:
                pass

    def _ended(self, line: JournalLine) -> None:
        message, procedures = str(line.body["message"]), line.body["procedures"]
        self.procedure = sorted(procedures)[0] if procedures else self.procedure
        if "suggestion" in line.body:
            self.suggested[str(line.body["suggestion"])] = message
        if line.body["outcome"] in SAID and line.body["stage"] != "read-only":
            self.sent[message] = (ASSISTANT, self.procedure, line.at)

    def replies(self, ticket: str) -> Iterable[tuple[Sent, datetime]]:
        hands = frozenset(one for one in self.hands if one not in MACHINES and not one.startswith("queue:"))
        by_people = {self.suggested[one] for one in self.edited if one in self.suggested}
        for message, (by, procedure, when) in self.sent.items():
            who = PEOPLE if message in by_people else by
            yield Sent(ticket, message, who, procedure, self.channel, hands), when


def sent_within(lines: Iterable[JournalLine], since: datetime, until: datetime) -> list[Sent]:
    """Those of customers' tickets; one pass over lines of `KINDS`."""
    found: dict[str, _Ticket] = {}
    for line in lines:
        found.setdefault(line.ticket, _Ticket()).take(line)
    return [
        sent
        for ticket, known in found.items()
        if known.channel not in TESTS
        for sent, when in known.replies(ticket)
        if since <= when < until
    ]
