"""The watch for drift: what was written since the last round is read once, by whoever comes first; an alarm, the step
back of its procedure and what tells people of it are one transaction."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.drift_alert import DriftAlert
from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.alarms import KINDS as ALARMS
from deskhand.measurement.drift.alarms import Raised, id_of, raised, told
from deskhand.measurement.drift.hints import KINDS as HINTED
from deskhand.measurement.drift.hints import Hints, hints
from deskhand.measurement.drift.kept import read, written
from deskhand.measurement.drift.observed import PAST, Tickets
from deskhand.measurement.drift.signals import DESK, SIGNALS
from deskhand.measurement.drift.stream import Stream
from deskhand.measurement.drift.watch import ALARMED, HANDLED, KINDS, Alarm, Watch
from deskhand.ports.store import Store, Transaction
from deskhand.workflows.step_back import lowered

BY = "drift"  # who steps a procedure back, in the journal
PAGE = 2000  # lines of one transaction; far behind, most work of each is to keep every stream
AROUND = 4000  # lines before a change in which its cause is looked for
STORY = "send_alert"
NO_TICKET = ""
STEPS_BACK = frozenset(name for name, one in SIGNALS.items() if one.steps_back)


@dataclass
class Watcher:
    """Reads on where anybody stopped. `steps_back`: signals whose alarm takes trust from their procedure; `ways`: by
    which people are told. What it holds between rounds is only to be faster."""

    store: Store
    clock: Callable[[], datetime]
    steps_back: Collection[str] = STEPS_BACK
    ways: Sequence[str] = ()
    _watch: Watch = field(default_factory=Watch)
    _upto: int = -1

    def round(self, pages: int = 100) -> list[str]:
        """The alarms that it raised, by id. It ends when everything was read, or with so many pages."""
        found: list[str] = []
        for _ in range(pages):
            more, alarms = self._page()
            found += alarms
            if not more:
                break
        return found

    def _page(self) -> tuple[bool, list[str]]:
        with self.store.begin() as tx:
            upto = tx.drifts.upto()
            lines = tx.journal.behind(upto, KINDS, PAGE)
            to = lines[-1].seq if len(lines) == PAGE else tx.journal.last_number()
            if to == upto:
                return False, []
            if upto != self._upto:
                self._watch = Watch(kept(tx.drifts.streams()))
            past = tx.journal.before(upto, sorted({line.ticket for line in lines if line.ticket}), PAST)
        self._watch.tickets = Tickets()
        self._watch.tickets.remember(past)
        alarms = self._watch.take_all(lines)
        self._upto = -1  # until it is written, what is held here counts for nothing
        changed = {key: written(self._watch.streams[key]) for key in sorted(self._watch.changed)}
        with self.store.begin() as tx:
            if not tx.drifts.move(upto, to):
                return True, []
            tx.drifts.keep(changed)
            for alarm in alarms:
                self._raise(tx, alarm)
        self._watch.changed.clear()
        self._upto = to
        return len(lines) == PAGE, [id_of(alarm) for alarm in alarms]

    def _raise(self, tx: Transaction, alarm: Alarm) -> None:
        steps = alarm.signal in self.steps_back and alarm.procedure != DESK
        body, now = told(alarm, _hints(tx, alarm), steps_back=steps), self.clock()
        tx.journal.append(ALARMED, NO_TICKET, body, now)
        if steps:
            names = ("alarm", "signal", "since", "was", "now", "observations", "strength", "threshold")
            evidence = {name: body[name] for name in names}
            why = f"drift: {id_of(alarm)}"
            lowered(tx, procedure=alarm.procedure, why=why, by=BY, now=now, evidence=evidence)
        alert = alert_of(body)
        for way in self.ways:
            tx.runs.enqueue(STORY, f"alert:{way}", f"alert/{alert.id}/{way}", way, json.dumps(body, sort_keys=True))


def kept(streams: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], Stream]:
    """What was written of each stream; of a signal that nobody watches any more, nothing."""
    found = {(procedure, signal): read(procedure, signal, text) for (procedure, signal), text in streams.items()}
    return {key: one for key, one in found.items() if one is not None}


@dataclass(frozen=True)
class Handled:
    """`stands`: it was noted. If not, `why` says what is the matter; nothing was changed."""

    stands: bool
    why: str


def handle(store: Store, id: str, *, by: str, why: str, normal: bool, now: datetime) -> Handled:
    """A person has seen to an alarm. `normal`: how it is now is how it shall be, and it is learned anew; else the
    signal is held against what was normal before."""
    if not why.strip():
        return Handled(False, "Say in a few words what was found. Nothing was changed.")
    with store.begin() as tx:
        known = {one.id: one for one in open_alarms(tx.journal.behind(0, ALARMS, 1_000_000))}
        alarm = known.get(id)
        if alarm is None:
            return Handled(False, "There is no such open alarm: somebody may have handled it. Nothing was changed.")
        line = {"alarm": id, "procedure": alarm.body["procedure"], "signal": alarm.body["signal"]}
        tx.journal.append(HANDLED, NO_TICKET, {**line, "normal": normal, "by": by, "why": why.strip()}, now)
    return Handled(True, "Noted. The signal is watched again from its next message on.")


def open_alarms(lines: Sequence[JournalLine]) -> list[Raised]:
    return [one for one in raised(lines) if one.handled_at is None]


def alert_of(body: Mapping[str, object]) -> DriftAlert:
    """What people are told, from the line of the alarm."""
    return DriftAlert(
        id=str(body["alarm"]),
        procedure=str(body["procedure"]),
        signal=str(body["signal"]),
        since=datetime.fromisoformat(str(body["since"])),
        was=float(str(body["was"])),
        now=float(str(body["now"])),
        steps_back=bool(body["steps_back"]),
    )


def _hints(tx: Transaction, alarm: Alarm) -> Hints:
    change = alarm.change
    around = tx.journal.behind(max(0, change.seq - AROUND), HINTED, 2 * AROUND)
    return hints(around, alarm.procedure, alarm.signal, change.seq, change.evidence.category)
