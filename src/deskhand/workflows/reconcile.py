"""An effect whose answer was lost: look until it is certain, tell colleagues, and raise an alarm when it never is."""

from dataclasses import replace
from datetime import timedelta

from deskhand.domain.effect import WORDS, Effect, EffectState
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.ports.store import Transaction
from deskhand.workflows.desk import Desk

WAITS = (60, 300, 900, 3600, 6 * 3600)  # seconds before each look
CERTAIN = timedelta(hours=1)  # what is not there by then will not arrive any more: connections live for minutes


def reconcile_later(tx: Transaction, ticket: str, key: str, tries: int = 0) -> None:
    """Start the next look, in the transaction of the caller."""
    number = str(tries)
    tx.runs.enqueue("reconcile_effect", ticket, f"reconcile/{key}/{number}", key, number, delay=WAITS[tries])


def reconcile_effect(desk: Desk, key: str, tries: str) -> None:
    """One look. It never sends anything: people have the ticket by now, and they decide what is done next."""
    desk.step(look, desk, key, int(tries))


def look(desk: Desk, key: str, tries: int) -> None:
    """Settle the effect as its system knows it, or look again later, or raise the alarm. Bears repeating."""
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
    if effect is None or not effect.state.open:
        return
    settling, age = desk.executor.settling, desk.clock() - effect.at
    if not settling.deed(effect).findable:
        _alarm(desk, effect, "this system cannot be asked whether it happened")
        return
    try:
        receipt = settling.found(effect)
    except ConnectorError as error:
        _later(desk, effect, tries, str(error))
        return
    if receipt is not None:
        settling.write(replace(effect, state=EffectState.DONE, receipt=receipt), by="reconciler")
        _note(desk, effect, f"It is certain now: {effect.action} was done ({receipt.system} {receipt.id}).")
    elif age < CERTAIN:
        _later(desk, effect, tries, "it is not there yet")
    else:
        why = f"not there {age.total_seconds() / 60:.0f} minutes after it was sent"
        settling.write(replace(effect, state=EffectState.DECLINED, reason=why), by="reconciler")
        _note(desk, effect, f"It is certain now: {effect.action} was not done ({why}). If it should be, do it by hand.")


def _later(desk: Desk, effect: Effect, tries: int, why: str) -> None:
    if tries + 1 == len(WAITS):
        _alarm(desk, effect, why)
        return
    with desk.store.begin() as tx:
        reconcile_later(tx, effect.ticket, effect.key, tries + 1)


def _alarm(desk: Desk, effect: Effect, why: str) -> None:
    """A person has to find out. The effect stays open: it counts under every cap, and its subject stays locked."""
    with desk.store.begin() as tx:
        line = {"key": effect.key, "action": effect.action, "why": why}
        tx.journal.append("effect.alarm", effect.ticket, line, desk.clock())
        if tx.tickets.owner(effect.ticket) == "assistant":
            tx.tickets.give_to(effect.ticket, f"queue:{desk.voice.default_queue}")
    asked = f"Nobody can tell whether {effect.action} was done ({why}). Please look in the other system, then settle it"
    _note(desk, effect, f"{asked}: deskhand ledger settle {effect.key} --done RECEIPT, or --not-done.")


def _note(desk: Desk, effect: Effect, words: str) -> None:
    """For colleagues. Letters are told of in the journal only: a note about a note helps nobody."""
    if effect.action in WORDS:
        return
    with desk.store.begin() as tx:
        known = tx.ledger.effect(effect.key)
    assert known is not None
    key = f"note/{effect.ticket}/reconcile/{effect.key}/{known.state}"
    ticket = Ref.parse(effect.ticket)
    desk.executor.say(ticket, words, public=False, key=key, customer=effect.customer, freeze=False)
