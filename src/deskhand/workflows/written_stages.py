"""What desk.toml says of stages stands in the journal, too: a step back and a screen start from it."""

from collections.abc import Iterable
from datetime import datetime

from deskhand.domain.journal_line import Broken
from deskhand.domain.stage import Stage
from deskhand.ports.store import Store
from deskhand.rollout.book import WRITTEN, book
from deskhand.rollout.stage import Rollout


def note_written(store: Store, rollout: Rollout, procedures: Iterable[str], now: datetime) -> bool:
    """Called when a desk is opened. One line where it says something else than before; False when nothing was new."""
    names = sorted({*procedures, *rollout.procedures})
    tops = {name: top for name in names if (top := rollout.top(name)) is not rollout.default}
    ceilings = {name: rollout.most(name) for name in names if rollout.most(name) is not Stage.AUTONOMOUS}
    with store.begin() as tx:
        changes = tx.stages.changes()
        if isinstance(changes, Broken):
            return False
        told = book(changes)
        if (told.default, dict(told.written), dict(told.ceilings)) == (rollout.default, tops, ceilings):
            return False
        body = {"default": rollout.default, "procedures": tops, "ceilings": ceilings, "by": "desk.toml"}
        tx.stages.append(WRITTEN, body, now)
    return True
