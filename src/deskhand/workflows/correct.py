"""A customer reads what was passed on to people, and corrects it: kept with the packet, and told once in a note."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.correction import Correction
from deskhand.domain.digest import digest
from deskhand.domain.effect import WORDS, Effect
from deskhand.domain.finding import Fact
from deskhand.domain.handoff import CORRECTED, Handoff
from deskhand.domain.ref import Ref
from deskhand.execution.results import Unsure
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.one_time import without_codes
from deskhand.understanding.quoted import words_of
from deskhand.understanding.stated import said_by_customer
from deskhand.understanding.understand import readable
from deskhand.workflows.desk import Desk

SUMMARY = "summary/"
OPEN = timedelta(days=30)  # from the handoff on
MOST = 5  # corrections of one summary
LONGEST = 2_000  # characters of one
OWN = "the customer"  # how the source of what they said themselves begins


class Kept(StrEnum):
    """What became of a correction; one that was sent before is kept still."""

    KEPT = "thanks"
    EMPTY = "empty"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Summary:
    """What the customer may read: their own words, and what was done for them where we knew who they are."""

    ticket: str
    message: str
    language: str
    requests: tuple[str, ...]
    told: tuple[str, ...]
    done: tuple[Effect, ...]
    corrections: tuple[Correction, ...]
    expired: bool


def name_of(ticket: str, message: str) -> str:
    """What the address of a summary names; never the key of an effect."""
    return SUMMARY + json.dumps([ticket, message])


def summary(store: Store, name: str, now: datetime) -> Summary | None:
    """None for what is not the name of a summary."""
    if not name.startswith(SUMMARY):
        return None
    ticket, message = json.loads(name.removeprefix(SUMMARY))
    with store.begin() as tx:
        found = tx.handoffs.packet(ticket, message)
        effects = tx.ledger.of_ticket(ticket)
        corrections = [one for one in tx.handoffs.corrections(ticket) if one.message == message]
    if found is None:
        return None
    _, at, packet = found
    told = (one.value for one in packet.stated if one.source.startswith(OWN) and one.name != CORRECTED)
    return Summary(
        ticket=ticket,
        message=message,
        language=packet.language,
        requests=packet.asked,
        told=tuple(one for one in told if not any(one in request for request in packet.asked)),
        done=_theirs(packet, effects),
        corrections=tuple(corrections),
        expired=now >= at + OPEN,
    )


def _theirs(packet: Handoff, effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Nothing for whoever only says that an address is theirs."""
    if not packet.who.strength.verified or not packet.who.customer:
        return ()
    deeds = (one for one in effects if one.receipt and one.action not in WORDS)
    return tuple(one for one in deeds if one.customer == packet.who.customer)


def correct(store: Store, of: Summary, words: str, now: datetime) -> Kept:
    """Keep it, and start the note; a text that was sent before is not kept twice."""
    text = readable(words)
    with store.begin() as tx:
        if tx.identity.first(of.ticket):
            text = without_codes(text)
        text = text[:LONGEST].strip()
        if not words_of(text):
            return Kept.EMPTY
        id = digest([of.ticket, of.message, words_of(text)])[:24]
        if tx.handoffs.correction(id):
            return Kept.KEPT
        if sum(one.message == of.message for one in tx.handoffs.corrections(of.ticket)) >= MOST:
            return Kept.ENOUGH
        tx.handoffs.correct(Correction(id, of.ticket, of.message, text, now))
        tx.runs.enqueue("note_correction", of.ticket, f"correction/{id}", id)
        line = {"message": of.message, "correction": id, "characters": len(text)}
        tx.journal.append("handoff.corrected", of.ticket, line, now)
    return Kept.KEPT


def note_correction(desk: Desk, id: str) -> None:
    """The run: people read it in the help desk, too, once."""
    for wait in (*desk.patience.rounds, None):
        if desk.step(_note, desk, id) or wait is None:
            return
        desk.pause(wait)


def _note(desk: Desk, id: str) -> bool:
    with desk.store.begin() as tx:
        one = tx.handoffs.correction(id)
        customer = tx.results.customer(one.ticket, one.message) if one else ""
    assert one is not None
    ticket, key = Ref.parse(one.ticket), f"note/{one.ticket}/correction/{id}"
    text = f'The customer corrected what was passed on to you: "{one.text}"'
    noted = desk.executor.say(ticket, text, public=False, key=key, customer=customer, freeze=False)
    return not isinstance(noted, Unsure)


def corrected(tx: Transaction, ticket: str) -> tuple[Fact, ...]:
    """All corrections of this ticket, as facts that the customer told."""
    return tuple(
        Fact(CORRECTED, one.text, f"{said_by_customer(one.at)}, on the summary", one.at)
        for one in tx.handoffs.corrections(ticket)
    )


def last_packet(store: Store, ticket: str) -> tuple[str, datetime, Handoff] | None:
    """For which message it was made, when, and the newest packet of this ticket with what the customer corrected."""
    with store.begin() as tx:
        found, facts = tx.handoffs.packet(ticket), corrected(tx, ticket)
    if found is None:
        return None
    message, at, packet = found
    return message, at, replace(packet, stated=(*packet.stated, *(one for one in facts if one not in packet.stated)))
