"""Promotions that people asked for, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage


class State(StrEnum):
    """OPEN waits for a second person, APPROVED for the time of its next share; the others are over."""

    OPEN = "open"
    APPROVED = "approved"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    STOPPED = "stopped"  # by a step whose evidence no longer held, or because the procedure stepped back


@dataclass(frozen=True)
class Share:
    """`at`: not before then; None for as soon as it is approved."""

    percent: float
    at: datetime | None = None


@dataclass(frozen=True)
class Request:
    """`scope` is for whom, its percentage left open; `given`: how many of `shares` were given."""

    id: str
    procedure: str
    stage: Stage
    scope: Scope
    shares: tuple[Share, ...]
    by: str
    why: str
    at: datetime
    line: int
    state: State = State.OPEN
    approved_by: str = ""
    given: int = 0

    @property
    def next(self) -> Share | None:
        """The share that is due next."""
        return self.shares[self.given] if self.given < len(self.shares) else None

    @property
    def over(self) -> bool:
        return self.state not in (State.OPEN, State.APPROVED)


def requests(lines: Iterable[JournalLine]) -> tuple[Request, ...]:
    """From the lines about stages, in order."""
    found: dict[str, Request] = {}
    for line in lines:
        body, id = line.body, str(line.body.get("request", ""))
        match line.kind:
            case "rollout.asked":
                found[id] = _asked(line)
            case "rollout.approved":
                found[id] = replace(found[id], state=State.APPROVED, approved_by=str(body["by"]))
            case "rollout.withdrawn":
                found[id] = replace(found[id], state=State.WITHDRAWN)
            case "rollout.refused":
                found[id] = replace(found[id], state=State.REFUSED)
            case "rollout.not_promoted":
                found[id] = replace(found[id], state=State.STOPPED)
            case "rollout.promoted" if id in found:
                given = replace(found[id], given=found[id].given + 1)
                found[id] = replace(given, state=State.DONE) if given.next is None else given
            case "rollout.stepped_back":
                for one in list(found.values()):
                    if one.procedure == body["procedure"] and not one.over:
                        found[one.id] = replace(one, state=State.STOPPED)
            case _:
                pass
    return tuple(found.values())


def _asked(line: JournalLine) -> Request:
    body = line.body
    shares = tuple(
        Share(one["percent"], datetime.fromisoformat(one["at"]) if one["at"] else None) for one in body["shares"]
    )
    scope = Scope(**body["scope"])
    return Request(
        str(body["request"]),
        str(body["procedure"]),
        Stage(body["stage"]),
        scope,
        shares,
        str(body["by"]),
        str(body["why"]),
        line.at,
        line.seq,
    )
