"""A delivery at our door is filed once, in the same transaction that starts its run."""

from deskhand.domain.delivery import Delivery
from deskhand.ports.store import Store, Transaction


def take_in(store: Store, delivery: Delivery, stage: str = "") -> bool:
    """True when the message is new and its run will start; False when it was filed before: then nothing happens.

    `stage` overrides the rollout for this one message (an operator's `ask --stage`).
    """
    with store.begin() as tx:
        return file(tx, delivery, stage)


def file(tx: Transaction, delivery: Delivery, stage: str = "") -> bool:
    """The same within a transaction that the caller holds."""
    if not tx.inbox.file(delivery):
        return False
    turn = tx.tickets.next_turn(delivery.ticket, delivery.channel)
    story = (delivery.ticket, delivery.message, stage)
    tx.runs.enqueue("resolve_message", delivery.ticket, run_key(delivery), *story, turn=turn)
    told = {"source": delivery.source, "delivery": delivery.id, "message": delivery.message}
    told |= {"channel": delivery.channel, "received_at": delivery.received_at.isoformat(), "turn": str(turn)}
    tx.journal.append("message.received", delivery.ticket, told, delivery.received_at)
    return True


def run_key(delivery: Delivery) -> str:
    """The run of one message: the same message never gets a second one."""
    return message_key(delivery.ticket, delivery.message)


def message_key(ticket: str, message: str) -> str:
    return f"message/{ticket}/{message}"
