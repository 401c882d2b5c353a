"""Give back all or part of one charge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Charge
from deskhand.domain.duplicates import WITHIN, duplicates
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class AskedAmount:
    amount: Money
    currency: str


@dataclass(frozen=True)
class ChargeFacts:
    """`duplicate_gap`: time since the charge that this one repeats; unknown when it repeats none. `credited`: what was
    given for it by credit notes, otherwise than by a refund."""

    customer: str
    amount: Money
    refunded: Money
    currency: str
    status: str
    created_at: datetime
    disputed: bool
    duplicate_gap: timedelta | None
    credited: Money | None


@dataclass(frozen=True)
class SeenCharge:
    """What a refund is judged by, as `ChargeFacts` names it."""

    charge: Charge
    gap: timedelta | None
    disputed: bool
    credited: Money | None


@dataclass(frozen=True)
class RefundFacts:
    refund: AskedAmount
    charge: ChargeFacts


class RefundCharge:
    name = "refund_charge"
    title = "Refund"
    nature = Nature.BENEFICIAL
    recovery = Recovery.KEYED
    sets = False
    arguments: Mapping[str, type] = {"charge": str, "amount": Money}
    receipt: tuple[str, ...] = ("id", "amount", "created", "status")
    deeds: tuple[str, ...] = ("refunded", "returned", "reimbursed", "credited")
    about: Mapping[str, type] = types_of(RefundFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "charge", "amount")
        return {"charge": identifier(args["charge"]), "amount": str(Money.parse(args["amount"]))}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return Money.parse(args["amount"])

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"refund/{ticket}/{args['charge']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"charge:{args['charge']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        """The charge, those around it, to see again whether it is a duplicate, and what else may have given it back."""
        ledger, ref = reads.billing, Ref(reads.billing.system, "charge", args["charge"])
        charge = ledger.charge(ref).value
        around: tuple[Charge, ...] = ()
        if charge.customer is not None:
            around = ledger.charges(charge.customer, charge.created_at - WITHIN).value
        gaps = [pair.gap for pair in duplicates(around) if pair.later.ref == charge.ref]
        # Where the charge and its disputes disagree, the one that forbids is believed.
        disputed = charge.disputed or any(one.stands for one in ledger.disputes(ref).value)
        seen = SeenCharge(charge, gaps[0] if gaps else None, disputed, ledger.credited(ref).value)
        return Seen(seen, f"Refund {args['amount']} of {_told(charge)}", charge.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        found = cast(SeenCharge, seen.world)
        charge = found.charge
        amount = Money.parse(args["amount"])
        charged = ChargeFacts(
            customer=str(charge.customer) if charge.customer else "",
            amount=charge.amount,
            refunded=charge.refunded,
            currency=charge.amount.currency,
            status=str(charge.status),
            created_at=charge.created_at,
            disputed=found.disputed,
            duplicate_gap=found.gap,
            credited=found.credited,
        )
        return values_of(RefundFacts(AskedAmount(amount, amount.currency), charged))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        writer = writes.billing
        return writer.refund(Ref(writer.system, "charge", args["charge"]), Money.parse(args["amount"]), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        writer = writes.billing
        return writer.find_refund(Ref(writer.system, "charge", args["charge"]), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("A refund cannot be called back. If it was wrong, charge the customer again, with their consent.")


def _told(charge: Charge) -> str:
    return f"charge {charge.ref.id} ({charge.description}, {charge.amount}, {charge.created_at:%Y-%m-%d})"
