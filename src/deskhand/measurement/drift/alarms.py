"""Alarms as the journal tells of them: raised once, and open until a person has handled them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.hints import Hints
from deskhand.measurement.drift.watch import ALARMED, HANDLED, Alarm

KINDS = frozenset({ALARMED, HANDLED})


@dataclass(frozen=True)
class Raised:
    """`body` as `told` made it. `handled_by` and the rest are None or empty while it is open."""

    id: str
    at: datetime
    body: Mapping[str, Any]
    handled_at: datetime | None = None
    handled_by: str = ""
    why: str = ""


def id_of(alarm: Alarm) -> str:
    """One for each stretch of the journal: the same line raises the same alarm, whoever reads it."""
    return f"{alarm.signal}/{alarm.procedure or 'desk'}/{alarm.seq}"


def told(alarm: Alarm, hints: Hints, *, steps_back: bool) -> dict[str, object]:
    """For the journal: figures and references, no words of anybody."""
    change = alarm.change
    return {
        "alarm": id_of(alarm),
        "procedure": alarm.procedure,
        "signal": alarm.signal,
        "since": change.since.isoformat(),
        "since_line": change.seq,
        "observations": change.n,
        "was": round(change.evidence.was, 4),
        "now": round(change.evidence.now, 4),
        "category": change.evidence.category,
        "strength": round(change.evidence.strength, 2),
        "threshold": round(alarm.threshold, 2),
        "steps_back": steps_back,
        "fresh": [{"what": one.what, "name": one.name, "at": one.at.isoformat()} for one in hints.fresh],
        "risen": [
            {"what": one.what, "name": one.name, "before": round(one.before, 4), "since": round(one.since, 4)}
            for one in hints.risen
        ],
        "tickets": list(hints.tickets),
    }


def raised(lines: Iterable[JournalLine]) -> list[Raised]:
    """Every alarm of these lines (of `KINDS`), oldest first."""
    found: dict[str, Raised] = {}
    for line in lines:
        id, body = str(line.body["alarm"]), line.body
        if line.kind == ALARMED:
            found[id] = Raised(id, line.at, body)
        elif known := found.get(id):
            found[id] = Raised(id, known.at, known.body, line.at, str(body["by"]), str(body["why"]))
    return list(found.values())
