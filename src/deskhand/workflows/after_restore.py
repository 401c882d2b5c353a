"""What a desk that was put back from a backup does not know: what was done after that. So it waits, and looks first."""

from collections.abc import Mapping
from datetime import datetime

from deskhand.domain.effect import RESTORED, Effect
from deskhand.domain.pause import DESK, Pause
from deskhand.ports.store import Store

RESTORE = "restore"  # who pauses the desk


def note_restored(store: Store, told: Mapping[str, object], *, made_at: datetime, now: datetime) -> list[Effect]:
    """From this commit on nothing is sent until a person resumes the desk, and each effect is looked for before it is
    done (`execution/settling.py`). The effects that were under way when the backup was made: runs of theirs look for
    them as soon as the desk works again."""
    with store.begin() as tx:
        tx.backups.append(RESTORED, told, now)
        why = f"put back from a backup of {made_at:%Y-%m-%d %H:%M} UTC: what was done since then is not known here"
        if tx.pauses.put(Pause(DESK, RESTORE, why, now)):
            tx.journal.append("desk.paused", "", {"scope": DESK, "by": RESTORE, "why": why}, now)
        return list(tx.ledger.unsettled(now))
