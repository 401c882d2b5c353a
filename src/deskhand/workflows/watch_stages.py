"""Looks after stages: a procedure in which something went wrong steps back, and shares are given at their time."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import Broken
from deskhand.domain.stage import Stage, StageNow
from deskhand.measurement.trust import FINDINGS, OPENED, Finding
from deskhand.ports.store import Store
from deskhand.rollout.group import WEEK
from deskhand.workflows.promote import Known, Lines, Rules, give_due, known_now
from deskhand.workflows.step_back import step_back

WATCH = "watch"  # who lowers a stage here
STEPS_BACK = (FINDINGS - {"refund.failed"}) | {OPENED}  # a bank that refuses a refund says nothing of us


@dataclass(frozen=True)
class Watched:
    """What one round came to. `upto`: the newest line that tells of something wrong; give it to the next round."""

    stepped_back: tuple[StageNow, ...] = ()
    given: int = 0
    upto: int = 0
    broken: Broken | None = None


def watch_stages(store: Store, lines: Lines, rules: Rules, now: datetime, since: int = -1) -> Watched:
    """One round; stopped anywhere, or two at once, the next one goes on. Without a line behind `since` that tells of
    something wrong, evidence is not counted."""
    with store.begin() as tx:
        tx.stages.forget(now - 2 * WEEK)
        changes = tx.stages.changes()
        wrong = [line.seq for kind in STEPS_BACK if (line := tx.journal.newest(kind))]
    if isinstance(changes, Broken):
        return Watched(upto=since, broken=changes)
    upto, back = max(wrong, default=0), tuple[StageNow, ...]()
    if upto > since:
        known = known_now(store, lines, rules, now)
        if isinstance(known, Broken):
            return Watched(upto=since, broken=known)
        back = _step_back(store, rules, known, now)
    return Watched(back, give_due(store, lines, rules, now), upto)


def _step_back(store: Store, rules: Rules, known: Known, now: datetime) -> tuple[StageNow, ...]:
    """Findings from before stages were kept in the journal, or before the last step back, were answered then."""
    stepped = []
    for name in sorted(rules.procedures):
        kept = known.book.of(name)
        floor = max(known.book.first, kept.back.seq if kept.back else 0)
        fresh = [one for one in _open(known, name) if one.line > floor]
        if fresh and known.book.top(name) is not Stage.READ_ONLY:
            first = fresh[0]
            why = f"{first.kind or 'finding'} {first.id}" + (f" on {first.ticket}" if first.ticket else "")
            evidence = {"findings": [one.id for one in fresh], **known.evidence(name).figures}
            stepped.append(step_back(store, procedure=name, why=why, by=WATCH, now=now, evidence=evidence))
    return tuple(stepped)


def _open(known: Known, procedure: str) -> list[Finding]:
    found = known.trust.get(procedure)
    return [one for one in found.open if one.kind != "refund.failed"] if found else []
