"""A person found out what became of an effect that nobody could tell: they settle it, under their name."""

from dataclasses import replace
from datetime import datetime

from deskhand.domain.action import Receipt
from deskhand.domain.effect import EffectState
from deskhand.domain.merging import MERGE
from deskhand.execution.merging import note_merged
from deskhand.ports.store import Store


def settle_by_hand(store: Store, key: str, *, receipt: str, by: str, now: datetime) -> str:
    """Why it cannot be settled; empty when it was. An empty `receipt` says that it was not done."""
    with store.begin() as tx:
        effect = tx.ledger.effect(key)
        if effect is None:
            return f"there is no effect {key}"
        if not effect.state.open:
            return f"{key} is {effect.state} already"
        if receipt:
            settled = replace(effect, state=EffectState.DONE, receipt=Receipt(key, "by hand", receipt, now))
        else:
            settled = replace(effect, state=EffectState.DECLINED, reason=f"{by} found that it was not done")
        tx.ledger.settle(settled)
        line = {"key": key, "action": effect.action, "state": str(settled.state), "by": by, "receipt": receipt}
        tx.journal.append("effect.settled_by_hand", effect.ticket, line, now)
        if receipt and effect.action == MERGE:
            note_merged(tx, settled, now)
    return ""
