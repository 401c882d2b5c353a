"""How handoffs were answered: in time or late, how soon, and which still wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.metrics import quantile


@dataclass(frozen=True)
class Unanswered:
    """`late`: its time was over by the last line of the journal; None where nothing was due."""

    ticket: str
    queue: str
    person: str
    at: datetime
    due: datetime | None
    promised: datetime | None
    late: bool | None


@dataclass(frozen=True)
class Handoffs:
    """`timed`: those with a time by which an agent was to answer, of which the time is over or the answer is there;
    `in_time`: how many of these were answered in time, and `kept` is their share, None where there are none. `told`:
    those whose customer was told when somebody is there again. Seconds from handoff to answer."""

    handoffs: int
    answered: int
    solved: int
    given_back: int
    timed: int
    in_time: int
    kept: float | None
    told: int
    warned: int
    breached: int
    answer_s_p50: float | None
    answer_s_p95: float | None
    waiting: tuple[Unanswered, ...]


def handoffs(lines: Iterable[JournalLine], now: datetime) -> Handoffs:
    """In one pass, in the order of the journal; `now` says what is late of what still waits. Given back to the
    assistant before anybody answered: neither kept nor missed, unless its time was over by then."""
    waiting: dict[str, Unanswered] = {}
    breached: set[str] = set()
    seconds: list[float] = []
    count = dict.fromkeys(("handoffs", "answered", "solved", "given_back", "timed", "in_time", "told"), 0)
    warned = 0
    over = 0
    for line in lines:
        body, ticket = line.body, line.ticket
        match line.kind:
            case "ticket.routed":
                count["handoffs"] += 1
                count["told"] += body["promised"] is not None
                due, promised = _moment(body["due"]), _moment(body["promised"])
                waiting[ticket] = Unanswered(ticket, body["queue"], body["person"], line.at, due, promised, None)
                breached.discard(ticket)
            case "sla.warned":
                warned += 1
            case "sla.breached":
                over += 1
                breached.add(ticket)
            case "handoff.answered" if waiting.pop(ticket, None):
                count["answered" if body["by"] else "solved"] += 1
                seconds.append(body["seconds"])
                if body["in_time"] is not None:
                    count["timed"] += 1
                    count["in_time"] += body["in_time"]
            case "ticket.given" if body.get("to") == "assistant" and waiting.pop(ticket, None):
                count["given_back"] += 1
                count["timed"] += ticket in breached
    still = tuple(
        Unanswered(one.ticket, one.queue, one.person, one.at, one.due, one.promised, one.due < now if one.due else None)
        for one in waiting.values()
    )
    timed = count["timed"] + sum(one.late is True for one in still)
    return Handoffs(
        handoffs=count["handoffs"],
        answered=count["answered"],
        solved=count["solved"],
        given_back=count["given_back"],
        timed=timed,
        in_time=count["in_time"],
        kept=count["in_time"] / timed if timed else None,
        told=count["told"],
        warned=warned,
        breached=over,
        answer_s_p50=quantile(seconds, 0.5),
        answer_s_p95=quantile(seconds, 0.95),
        waiting=still,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
