"""What became of each ticket within a time: the numbers of a dashboard come from these, and lead back to them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.metrics import ALONE

# The journal's lines that tell of it.
KINDS = frozenset(
    {
        "csat.given",
        "effect.done",
        "guidance.given",
        "message.ended",
        "message.received",
        "suggestion.settled",
        "ticket.given",
    }
)
UNWRITTEN = "answers"  # messages that follow no procedure


class By(StrEnum):
    """What tickets are told apart by. One with several procedures or languages counts under each."""

    PROCEDURE = "procedure"
    CHANNEL = "channel"
    LANGUAGE = "language"


class Which(StrEnum):
    """Tickets of which a dashboard tells the number. ALONE: nobody decided, whispered or took over, and every message
    was resolved or answered. UNANSWERED: no reply of the assistant went out."""

    ALL = "all"
    ALONE = "alone"
    ESCALATED = "escalated"
    PEOPLE = "people"
    UNANSWERED = "unanswered"
    RATED = "rated"


@dataclass
class Seen:
    """`ended`: how each message ended, by its id. `settled`: what agents made of suggestions. `score` is what the
    customer gave, 1 to 5, `rated` who had the ticket then."""

    ticket: str
    began: datetime
    channel: str = ""
    languages: set[str] = field(default_factory=set)
    procedures: set[str] = field(default_factory=set)
    received: datetime | None = None
    replied: datetime | None = None
    ended: dict[str, str] = field(default_factory=dict)
    by_people: bool = False
    settled: Counter[str] = field(default_factory=Counter)
    score: int | None = None
    rated: str = ""

    @property
    def alone(self) -> bool:
        return not self.by_people and set(self.ended.values()) <= ALONE

    @property
    def escalated(self) -> bool:
        return "handed_off" in self.ended.values()

    @property
    def wait(self) -> float | None:
        """Seconds from the first message to the first reply."""
        return (self.replied - self.received).total_seconds() if self.replied and self.received else None

    def groups(self, by: By) -> Sequence[str]:
        match by:
            case By.PROCEDURE:
                return sorted(self.procedures) or [UNWRITTEN]
            case By.CHANNEL:
                return [self.channel or "unknown"]
            case By.LANGUAGE:
                return sorted(self.languages) or ["und"]

    def is_one_of(self, which: Which) -> bool:
        match which:
            case Which.ALL:
                return True
            case Which.ALONE:
                return self.alone
            case Which.ESCALATED:
                return self.escalated
            case Which.PEOPLE:
                return self.by_people
            case Which.UNANSWERED:
                return self.replied is None
            case Which.RATED:
                return self.score is not None


def tickets_seen(lines: Iterable[JournalLine]) -> list[Seen]:
    """Those with a message that ended, in the order in which they came up; one pass over lines of `KINDS`."""
    found: dict[str, Seen] = {}
    for line in lines:
        one = found.setdefault(line.ticket, Seen(line.ticket, line.at))
        body = line.body
        match line.kind:
            case "message.received":
                one.channel = str(body.get("channel") or one.channel)
                one.received = one.received or datetime.fromisoformat(body["received_at"])
            case "message.ended":
                one.ended[str(body["message"])] = str(body["outcome"])
                one.procedures.update(body["procedures"])
                one.languages.update([body["language"]] if body.get("language") else ())
            case "effect.done" if body["action"] == "reply":
                one.replied = one.replied or line.at
            case "suggestion.settled":
                one.by_people = True
                one.settled[str(body["state"])] += 1
            case "ticket.given" | "guidance.given":
                one.by_people = True
            case "csat.given":
                one.score, one.rated = int(body["score"]), str(body["owner"])
            case _:
                pass
    return [one for one in found.values() if one.ended]
