"""A procedure steps back: from this commit on it is trusted one stage less, by everybody and in every process."""

from collections.abc import Mapping
from datetime import datetime

from deskhand.domain.journal_line import Broken
from deskhand.domain.stage import Stage, StageNow
from deskhand.ports.store import Store, Transaction
from deskhand.rollout.book import STEPPED_BACK, Book, book


def step_back(
    store: Store, *, procedure: str, why: str, by: str, now: datetime, evidence: Mapping[str, object]
) -> StageNow:
    """One step: autonomous to assisted, assisted to read-only. `by` is a person's id, or names what watches.

    Said again for the same reason it changes nothing, until a promotion came between. `evidence` stands in the journal
    beside `why`: figures and references, no words of customers.
    """
    with store.begin() as tx:
        return lowered(tx, procedure=procedure, why=why, by=by, now=now, evidence=evidence)


def lowered(
    tx: Transaction, *, procedure: str, why: str, by: str, now: datetime, evidence: Mapping[str, object]
) -> StageNow:
    """The same within a transaction that the caller holds."""
    changes = tx.stages.changes()
    if isinstance(changes, Broken):
        what = f"line {changes.seq} of the journal: {changes.why}; every procedure is read-only until that is mended"
        return StageNow(procedure, Stage.READ_ONLY, False, what)
    told = book(changes)
    stage = told.top(procedure)
    if stage is Stage.READ_ONLY:
        return StageNow(procedure, stage, False, "it is read-only already")
    if _said_before(told, procedure, why, by):
        return StageNow(procedure, stage, False, "it stepped back for this reason already")
    body = {"procedure": procedure, "from": stage, "stage": stage.below, "by": by, "why": why, "evidence": evidence}
    line = tx.stages.append(STEPPED_BACK, body, now)
    return StageNow(procedure, stage.below, True, why, line)


def _said_before(told: Book, procedure: str, why: str, by: str) -> bool:
    """Whether its last step back, with no promotion since, was for the same reason."""
    kept = told.of(procedure)
    if kept.back is None or (kept.promoted and kept.promoted.seq > kept.back.seq):
        return False
    return (kept.back.body["why"], kept.back.body["by"]) == (why, by)
