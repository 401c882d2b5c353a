"""What a desk does, counted since this process began, and how it stands: for a monitoring system."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.numbers.numbers import Asked
from deskhand.bootstrap.operations.health import observe
from deskhand.bootstrap.operations.readiness import free_bytes
from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.alarms import KINDS as ALARMS
from deskhand.measurement.metric import Value
from deskhand.measurement.tickets_seen import UNWRITTEN
from deskhand.workflows.watch_drift import open_alarms

DAYS = 28  # that figures are of
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds of our own work on a message
OTHER = "other"
MOST = 30  # names of one kind: what comes beyond them is counted as `OTHER`
KINDS = frozenset({"message.received", "message.ended", "model.called", "run.failed", "effect.done"})


@dataclass
class Tally:
    """What lines of the journal come to. A message ends again when a person decided on it: `endings` are such lines,
    by outcome and procedure, `handoffs` by reason. `dollars` is of calls whose price is known, `unpriced` counts the
    others."""

    received: Counter[str] = field(default_factory=Counter)
    endings: Counter[tuple[str, str]] = field(default_factory=Counter)
    handoffs: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    dollars: float = 0.0
    unpriced: int = 0
    failed: int = 0
    work: Counter[int] = field(default_factory=Counter)  # by the place of its bound
    work_s: float = 0.0

    def take(self, line: JournalLine, procedures: Collection[str]) -> None:
        body = line.body
        match line.kind:
            case "message.received":
                self.received[_bounded(str(body.get("channel") or "unknown"), self.received)] += 1
            case "message.ended":
                self._ended(body, procedures)
            case "effect.done":
                self.effects[_bounded(str(body["action"]), self.effects)] += 1
            case "model.called":
                self.calls[str(body["purpose"]), str(body["failed"] or "none")] += 1
                self.tokens["input"] += int(body["input_tokens"])
                self.tokens["output"] += int(body["output_tokens"])
                self.dollars += body["dollars"] or 0.0
                self.unpriced += body["dollars"] is None
            case "run.failed":
                self.failed += 1

    def _ended(self, body: Mapping[str, object], procedures: Collection[str]) -> None:
        named = body.get("procedures")
        for name in named if isinstance(named, list) and named else [UNWRITTEN]:
            known = name if name in procedures or name == UNWRITTEN else OTHER
            self.endings[str(body["outcome"]), known] += 1
        if isinstance(handoff := body.get("handoff"), dict):
            self.handoffs[_bounded(str(handoff["reason"]), self.handoffs)] += 1
        if isinstance(took := body.get("timings_ms"), dict):
            seconds = max(0.0, took["total"] - took.get("model", 0.0)) / 1000
            self.work[bisect_left(BOUNDS, seconds)] += 1
            self.work_s += seconds


@dataclass(frozen=True)
class Standing:
    """How a desk stands now. `queued_since`: since when the oldest run waits for its turn, `decide_since`: the oldest
    suggestion for a person; None where none does. `workers`: how many are alive; `free_bytes`: where the state lies.
    `figures` are metrics of the last `DAYS` days."""

    runs: Mapping[str, int]
    queued_since: datetime | None
    decide_since: datetime | None
    waiting: Mapping[str, int]
    alarms: int
    pauses: int
    workers: int
    free_bytes: int
    calls: Mapping[str, int]
    errors: Mapping[tuple[str, str], int]
    resting: Mapping[str, float]
    figures: Mapping[str, Value]
    open_over_30_days: int
    behind: int
    lines: int


class Operations:
    """Counts what is written from now on; `look` reads what is new of it."""

    def __init__(self, installation: Installation) -> None:
        self._installation, self._lock = installation, threading.Lock()
        self._tally, self._upto = Tally(), installation.queries.newest()

    def look(self) -> tuple[Tally, Standing]:
        with self._lock:
            for line in self._installation.queries.of_kinds(KINDS, after=self._upto):
                self._tally.take(line, self._installation.desk.procedures)
                self._upto = line.seq
            return self._tally, self._standing()

    def _standing(self) -> Standing:
        one = self._installation
        counts, found = one.engine.counts(), one.counting.numbers(Asked(DAYS), one.desk.clock())
        systems = list(observe(one.systems, one.store))
        return Standing(
            runs={name: getattr(counts, name) for name in ("queued", "delayed", "running", "failed")},
            queued_since=one.engine.status.queued_since(),
            decide_since=one.queries.decide_since(),
            waiting={str(view): count for view, count in one.queries.waiting_by_person()[0].items()},
            alarms=len(open_alarms(list(one.queries.of_kinds(ALARMS)))),
            pauses=len(one.queries.pauses()),
            workers=one.engine.workers(),
            free_bytes=free_bytes(one.settings.state),
            calls={each.system: each.vitals.calls for each in systems},
            errors={(each.system, kind): n for each in systems for kind, n in each.vitals.errors.items()},
            resting={each.system: each.resting for each in systems},
            figures=found.values,
            open_over_30_days=found.open_over_30_days,
            behind=found.behind,
            lines=one.queries.newest(),
        )


def _bounded(name: str, known: Collection[str]) -> str:
    """Names of our own have an end; should one come from elsewhere, labels stay few all the same."""
    return name if name in known or len(known) < MOST else OTHER
