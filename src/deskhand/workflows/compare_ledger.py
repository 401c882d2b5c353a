"""Compares the ledger with the systems it tells of: whatever one knows and the other does not is a difference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.effect import WORDS, Effect, EffectState
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.workflows.desk import Desk

EVERY = 50  # effects between two words of progress


@dataclass(frozen=True)
class Difference:
    """What our ledger says of an effect, what the other system says, and what a person should do about it."""

    key: str
    ours: str
    theirs: str
    advice: str


@dataclass(frozen=True)
class Compared:
    """`compared` effects were looked up; `unknown` more are in systems that cannot be asked."""

    compared: int
    unknown: int
    differences: tuple[Difference, ...]


def compare_ledger(desk: Desk, *, since: datetime, tell: Callable[[str], object]) -> Compared:
    """Every action since then is looked up; then what billing marks as ours is looked for in the ledger.

    A system that does not answer is a difference, too: nothing may be believed of it.
    """
    with desk.store.begin() as tx:
        effects = [one for one in tx.ledger.since(since) if one.action not in WORDS]
    found: list[Difference] = []
    compared = unknown = 0
    for place, effect in enumerate(effects, 1):
        if place % EVERY == 0:
            tell(f"{place} of {len(effects)} effects looked up")
        if effect.action not in desk.actions or not desk.executor.settling.deed(effect).findable:
            unknown += 1
            continue
        compared += 1
        if difference := _compared(desk, effect):
            found.append(difference)
    return Compared(compared, unknown, (*found, *_strangers(desk, since, effects)))


def _compared(desk: Desk, effect: Effect) -> Difference | None:
    try:
        receipt = desk.executor.settling.found(effect)
    except ConnectorError as error:
        return Difference(effect.key, str(effect.state), f"no answer: {error}", "Run this again later.")
    there = f"{receipt.system} {receipt.id}" if receipt else "not there"
    match effect.state:
        case EffectState.DONE | EffectState.UNDONE:
            assert effect.receipt is not None
            ours = f"{effect.state} {effect.receipt.id}"
            if receipt is None:
                return Difference(effect.key, ours, there, "It was removed there, or never happened: look there.")
            if receipt.id != effect.receipt.id:
                return Difference(effect.key, ours, there, "Two effects carry one key: look which one is real.")
            return None
        case EffectState.DECLINED:
            advice = "It happened although it was refused: tell the customer, and settle it there."
            return Difference(effect.key, str(effect.state), there, advice) if receipt else None
        case EffectState.RESERVED | EffectState.UNCONFIRMED:
            happened = f"It happened: deskhand ledger settle {effect.key} --done {receipt.id}" if receipt else ""
            absent = f"If it stays so for an hour: deskhand ledger settle {effect.key} --not-done"
            return Difference(effect.key, str(effect.state), there, happened or absent)


def _strangers(desk: Desk, since: datetime, effects: Sequence[Effect]) -> list[Difference]:
    """What carries a key of ours and is in no ledger: after a backup was restored, or from another desk."""
    if not desk.billing.system:
        return []
    customers = {Ref.parse(one.customer) for one in effects if one.customer}
    try:
        marked = desk.billing.marked(since, [one for one in customers if one.system == desk.billing.system]).value
    except ConnectorError as error:
        return [Difference("(what is marked as ours)", "", f"no answer: {error}", "Run this again later.")]
    with desk.store.begin() as tx:
        unknown = [one for one in marked if tx.ledger.effect(one.key) is None]
    advice = "It is not in our ledger: was a backup restored, or does another desk use this account?"
    return [Difference(one.key, "unknown", str(one.ref), advice) for one in unknown]
