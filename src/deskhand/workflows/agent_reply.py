"""An agent answers from the workspace: the words of whoever has the ticket, sent exactly once like any other effect."""

import re
from dataclasses import dataclass
from typing import assert_never

from deskhand.domain.digest import digest
from deskhand.domain.effect import AGENTS, Effect
from deskhand.domain.ref import Ref
from deskhand.domain.suggestion import Person
from deskhand.execution.results import Changed, Declined, Done, Frozen, Paused, Result, Stopped, Unsure
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.redact import redact
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import foreign
from deskhand.workflows.reconcile import reconcile_later
from deskhand.workflows.take_over import ASSISTANT
from deskhand.workflows.watch_handoff import end

LONGEST = 20_000  # characters, as of a customer's message
NOT_SENT = "Nothing was sent."
MASKED = " What may never be kept (a password, a card number) was masked in it."
NO_LETTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and halves of others


@dataclass(frozen=True)
class Replied:
    """`sent`: it is there, now or since an earlier attempt. `why` says what happened, or what was not done."""

    sent: bool
    why: str


def next_nonce(store: Store, ticket: str, person: Person) -> str:
    """What the next reply of this person on this ticket is sent under: another one as soon as what was sent before is
    certain, so an attempt that nobody can tell about is gone on with, and never doubled."""
    with store.begin() as tx:
        certain = [one.key for one in tx.ledger.of_ticket(ticket) if one.by_agent and not one.state.open]
    return digest([ticket, person.id, str(len(certain))])[:20]


def agent_reply(desk: Desk, ticket: str, person: Person, *, text: str, public: bool, nonce: str) -> Replied:
    """To the customer when `public`, else a note among agents. With a `nonce` that was used before nothing is sent
    again: the same words are told as sent, others are refused."""
    words = _as_sent(text)
    if why := _refused(text, words):
        return Replied(False, f"{why} {NOT_SENT}")
    key = f"{AGENTS}{ticket}/{nonce}"
    with desk.store.begin() as tx:
        before = tx.ledger.effect(key)
        customer = _customer(tx, ticket)
    if before and (before.args.get("text"), before.args.get("public")) != (words, "yes" if public else "no"):
        return Replied(False, f"Another text was sent with this form already. {NOT_SENT} Send it again if it is new.")

    def then(tx: Transaction) -> None:
        _noted(tx, key, person, public, desk)

    ref = Ref.parse(ticket)
    result = desk.executor.speak(ref, words, public=public, key=key, customer=customer, by=person.id, then=then)
    replied = _replied(result, public, before)
    if isinstance(result, Unsure):
        with desk.store.begin() as tx:
            effect = tx.ledger.effect(key)
            if effect is not None and effect.state.open:
                reconcile_later(tx, ticket, key)
    masked = MASKED if replied.sent and words != _plain(text) else ""
    return Replied(replied.sent, replied.why + masked)


def _plain(text: str) -> str:
    return NO_LETTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _as_sent(text: str) -> str:
    return redact(_plain(text[: LONGEST * 2])).strip()


def _refused(text: str, words: str) -> str:
    if not words:
        return "A reply needs a text."
    if len(text) > LONGEST:
        return f"A reply has {LONGEST:,} characters at most, and this one {len(text):,}."
    if place := foreign(words, ""):
        return f"Nothing fills in {place} here."
    return ""


def _customer(tx: Transaction, ticket: str) -> str:
    received = tx.journal.of_ticket(ticket, ["message.received"])
    return tx.results.customer(ticket, str(received[-1].body["message"])) if received else ""


def _noted(tx: Transaction, key: str, person: Person, public: bool, desk: Desk) -> None:
    """Once for a key: who replied, without words; and a handoff that waited for an answer waits no more."""
    effect, now = tx.ledger.effect(key), desk.clock()
    assert effect is not None
    assert effect.receipt is not None
    if any(line.body["key"] == key for line in tx.journal.of_ticket(effect.ticket, ["agent.replied"])):
        return
    told = {"key": key, "by": person.id, "public": public, "characters": len(effect.args["text"])}
    tx.journal.append("agent.replied", effect.ticket, told, now)
    waiting = tx.awaiting.open(effect.ticket) if public else None
    if waiting is not None:
        end(tx, waiting, effect.receipt.id, effect.receipt.at, now)


def _replied(result: Result, public: bool, before: Effect | None) -> Replied:
    match result:
        case Done() if before and not before.state.open:
            return Replied(True, "It was sent already, and is not sent twice.")
        case Done():
            return Replied(True, "Sent to the customer." if public else "Kept as a note among agents.")
        case Frozen(owner):
            has = "The assistant has this ticket" if owner == ASSISTANT else f"{owner.removeprefix('queue:')} has it"
            return Replied(False, f"{has}: take it over first. {NOT_SENT}")
        case Declined(reason):
            return Replied(False, f"The other system did not take it: {reason}. {NOT_SENT}")
        case Unsure(reason):
            told = f"Nobody can tell yet whether it was sent ({reason})"
            return Replied(False, f"{told}. Send the same text again in a moment: it cannot arrive twice.")
        case Stopped() | Changed() | Paused():
            raise AssertionError("no policy and no pause stands before a person's own words")
        case unexpected:
            assert_never(unexpected)
