"""What holds for every merge of tickets, whatever policy says, and its lines in the journal."""

from datetime import datetime
from typing import cast

from deskhand.domain.case import Case
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.merging import MERGED, PARTED, merge_key
from deskhand.domain.verdict import Deny
from deskhand.execution.catalogue.merge_tickets import Pair
from deskhand.execution.kind import Seen
from deskhand.ports.store import Transaction

ASSISTANT = "assistant"


def no_merge(seen: Seen, case: Case, tx: Transaction) -> Deny | None:
    """Why these two are not merged. Asked in the transaction that reserves, so that of two merges that would make a
    circle only one is: nothing is merged into what is, or is just being, merged itself."""
    pair = cast(Pair, seen.world)
    why = against(tx, pair, agent=bool(case.agent))
    return Deny("merge", f"These tickets were not merged: {why}.") if why else None


def against(tx: Transaction, pair: Pair, *, agent: bool) -> str:
    """For people; "" when nothing is against it. `agent`: a person asks for it."""
    if why := pair.against():
        return why
    for one in (pair.duplicate, pair.into):
        if into := merged_into(tx, str(one.ref)):
            return f"{one.ref.id} is merged into {into}"
        if (owner := tx.tickets.owner(str(one.ref))) != ASSISTANT and not agent:
            return f"{owner} has {one.ref.id}"
    return "" if agent or not pair.assigned else "the help desk gave one of them to a person"


def merged_into(tx: Transaction, ticket: str) -> str:
    """The ticket that this one is, or is just being, merged into; "" when there is none."""
    known = tx.ledger.effect(tx.ledger.free_key(merge_key(ticket)))
    return known.args["into"] if known and (known.state.open or known.state is EffectState.DONE) else ""


def note_merged(tx: Transaction, effect: Effect, at: datetime) -> None:
    """On both tickets, in the transaction that says it was done."""
    decided = [
        line for line in tx.journal.of_ticket(effect.ticket, ["policy.decided"]) if line.body["key"] == effect.key
    ]
    by = decided[-1].body["by"] if decided else ASSISTANT
    told = {"ticket": effect.args["ticket"], "into": effect.args["into"], "by": by, "key": effect.key}
    for ticket in (told["ticket"], told["into"]):
        tx.journal.append(MERGED, ticket, dict(told), at)


def note_parted(tx: Transaction, effect: Effect, by: str, at: datetime) -> None:
    """On both tickets: the merge was taken back."""
    told = {"ticket": effect.args["ticket"], "into": effect.args["into"], "by": by, "key": effect.key}
    for ticket in (told["ticket"], told["into"]):
        tx.journal.append(PARTED, ticket, dict(told), at)
