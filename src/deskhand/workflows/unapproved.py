"""A desk folder that nobody approved is trusted less: nothing is autonomous by it."""

from deskhand.domain.stage import Stage, least
from deskhand.domain.verdict import Deny
from deskhand.ports.store import Store, Transaction
from deskhand.rollout.control import Control, held_back, most

UNAPPROVED = "change.unapproved"  # in place of a policy rule


def why_held_back(control: Control, tx: Transaction) -> str:
    """See `rollout.control.held_back`."""
    return held_back(control, tx.changes.changes())


def lowered_by_control(control: Control, stage: Stage, store: Store) -> Stage:
    """The stage, or less where the desk folder at work is not an approved version."""
    if stage is not Stage.AUTONOMOUS:
        return stage
    with store.look() as tx:
        return least(stage, most(control, tx.changes.changes()))


def unapproved(control: Control, tx: Transaction) -> Deny | None:
    """In the transaction that reserves: what the assistant does alone is refused by a folder that nobody approved."""
    why = why_held_back(control, tx)
    return Deny(UNAPPROVED, f"{why}.") if why else None
