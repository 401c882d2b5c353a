"""A customer contests what was done: a person looks at it. Nobody is bound by what only a machine decided."""

from deskhand.domain.ref import Ref
from deskhand.ports.store import Store
from deskhand.workflows.desk import Desk

LONGEST = 2_000  # characters of what the customer says


def contest(store: Store, key: str, words: str) -> bool:
    """Start it, once for each effect; False when there is no such effect."""
    with store.begin() as tx:
        effect = tx.ledger.effect(key)
        if effect is None:
            return False
        tx.runs.enqueue("contest_effect", effect.ticket, f"contest/{key}", key, words.strip()[:LONGEST])
    return True


def contest_effect(desk: Desk, key: str, words: str) -> None:
    """The run: the ticket goes to people, with the customer's words in a note among them."""
    desk.step(_give, desk, key)
    desk.step(_note, desk, key, words)


def _give(desk: Desk, key: str) -> None:
    now, owner = desk.clock(), f"queue:{desk.voice.default_queue}"
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
        assert effect is not None
        if tx.tickets.owner(effect.ticket) == "assistant":
            tx.tickets.give_to(effect.ticket, owner)
        tx.journal.append("effect.contested", effect.ticket, {"key": key, "to": owner}, now)


def _note(desk: Desk, key: str, words: str) -> None:
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
    assert effect is not None
    title = desk.actions[effect.action].title if effect.action in desk.actions else effect.action
    said = f'They wrote: "{words}"' if words else "They gave no reason."
    text = f"The customer contests this and wants a person to look at it: {title} ({key}). {said}"
    note, ticket = f"note/{effect.ticket}/contest/{key}", Ref.parse(effect.ticket)
    desk.executor.say(ticket, text, public=False, key=note, customer=effect.customer, freeze=False)
