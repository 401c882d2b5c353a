"""A stream as text, to be kept between two rounds, and back again: what goes on from it is the same."""

import json
from datetime import date, datetime
from typing import Any

from deskhand.measurement.drift.reference import Reference, Slot
from deskhand.measurement.drift.stream import Day, Stream
from deskhand.measurement.drift.tally import Tally

VERSION = 1


def written(one: Stream) -> str:
    known = one.reference
    told = {
        "version": VERSION,
        "raw": [[at.isoformat(), value] for at, value in one.raw],
        "middle": one.middle,
        "deviation": one.deviation,
        "since": known.since.isoformat() if known.since else None,
        "until": known.until.isoformat() if known.until else None,
        "n": known.n,
        "own": known.own,
        "slots": [[slot.n, slot.cells, slot.sizes, slot.sums, slot.squares] for slot in known.slots],
        "cell": [known.cell, known.cell_slot, known.cell_n, known.cell_sums],
        "settled": one.settled,
        "recent": [[part.at.isoformat(), part.seq, part.n, part.slots, part.sums] for part in one.recent],
        "days": [[day.day.isoformat(), day.n, day.amount] for day in one.days],
        "total": one.total,
        "open": one.open,
    }
    return json.dumps(told, separators=(",", ":"), sort_keys=True)


def read(procedure: str, signal: str, text: str) -> Stream | None:
    """None when another version of this program wrote it: then it is learned anew."""
    told: dict[str, Any] = json.loads(text)
    if told.get("version") != VERSION:
        return None
    reference = Reference(
        since=_moment(told["since"]),
        until=_moment(told["until"]),
        n=told["n"],
        own=told["own"],
        slots=[Slot(*slot) for slot in told["slots"]],
        cell=told["cell"][0],
        cell_slot=told["cell"][1],
        cell_n=told["cell"][2],
        cell_sums=told["cell"][3],
    )
    one = Stream(
        procedure=procedure,
        signal=signal,
        raw=[(datetime.fromisoformat(at), value) for at, value in told["raw"]],
        middle=told["middle"],
        deviation=told["deviation"],
        reference=reference,
        settled=told["settled"],
        recent=[Tally(datetime.fromisoformat(part[0]), *part[1:]) for part in told["recent"]],
        days=[Day(date.fromisoformat(day[0]), *day[1:]) for day in told["days"]],
        total=told["total"],
        open=told["open"],
    )
    for part in one.recent:
        one.normal.compare(part)
    return one


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
