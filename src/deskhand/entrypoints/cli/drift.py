"""`deskhand drift`: every signal that is watched, and the alarms that nobody has handled yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import open_journal
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.drift.alarms import KINDS, Raised, raised
from deskhand.measurement.drift.signals import DESK
from deskhand.measurement.drift.stream import Stream
from deskhand.measurement.drift.watch import Watch
from deskhand.settings import read_settings
from deskhand.workflows.watch_drift import kept


@dataclass(frozen=True)
class Told:
    """One stream. `strength` of `threshold`: how near an alarm it is; None while it is not known what is normal."""

    procedure: str
    signal: str
    n: int
    lacks_observations: int
    lacks_days: int
    was: float | None
    now: float | None
    strength: float | None
    threshold: float | None
    open: bool


def run(folder: Path, *, as_json: bool) -> None:
    """As the last round of `serve` left it; nothing is read anew and nothing is changed."""
    settings = read_settings(folder)
    with open_journal(settings) as queries:
        watch = Watch(kept(queries.drift_streams()))
        alarms = [one for one in raised(queries.of_kinds(KINDS)) if one.handled_at is None]
        behind = queries.newest() - queries.drift_upto()
    streams = list(standing(watch))
    if as_json:
        print_json({"streams": streams, "alarms": alarms, "lines_behind": behind})
        return
    for alarm in alarms:
        console.print(f"[bold red]{_where(alarm)}[/]: {_how(alarm)}", highlight=False)
    if not alarms:
        console.print("No open alarm.")
    table = Table("Procedure", "Signal", "n", "Before", "Now", "Evidence", "Alarm at")
    for one in streams:
        if one.threshold is None or one.strength is None:
            table.add_row(one.procedure or "(desk)", one.signal, str(one.n), *_too_little(one))
            continue
        told = [f"{value:.4g}" if value is not None else "-" for value in (one.was, one.now)]
        state = "open alarm" if one.open else f"{one.strength:.1f}"
        table.add_row(one.procedure or "(desk)", one.signal, str(one.n), *told, state, f"{one.threshold:.1f}")
    console.print(table)
    if behind:
        console.print(f"{behind} lines of the journal were not looked at yet; `deskhand serve` reads on.")


def standing(watch: Watch) -> Iterator[Told]:
    """Every stream, by procedure."""
    for (procedure, signal), stream in sorted(watch.streams.items(), key=lambda one: (one[0][0] != DESK, one[0])):
        yield _told(procedure, signal, stream, watch)


def _told(procedure: str, signal: str, stream: Stream, watch: Watch) -> Told:
    if not stream.settled:
        return Told(procedure, signal, stream.total, *stream.lacks(), None, None, None, None, stream.open)
    change = stream.look()
    was, now = (change.evidence.was, change.evidence.now) if change else (stream.mean, None)
    strength = change.evidence.strength if change else 0.0
    most = watch.threshold(stream)
    return Told(procedure, signal, stream.total, 0, 0, was, now, round(strength, 2), round(most, 2), stream.open)


def _too_little(one: Told) -> tuple[str, str, str, str]:
    wanted = f"{one.lacks_observations} more, {one.lacks_days} days"
    return "-", "-", "too little to tell", wanted if one.lacks_observations or one.lacks_days else "soon"


def _where(alarm: Raised) -> str:
    return f"{alarm.body['signal']} of {alarm.body['procedure'] or 'the whole desk'}"


def _how(alarm: Raised) -> str:
    body = alarm.body
    fresh = "; ".join(f"{one['what']} new since {one['at'][:16]}" for one in body["fresh"]) or "nothing new is known"
    return (
        f"{body['was']} before, {body['now']} now, since about {body['since'][:16]} UTC; {fresh}; "
        f"for example {', '.join(body['tickets']) or 'no ticket'}"
    )
