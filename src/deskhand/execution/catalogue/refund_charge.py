"""Give back all or part of one charge."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Charge
from deskhand.domain.duplicates import WITHIN, duplicates
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.kind import Seen
from deskhand.policy.facts import ActionFacts, AskedAmount, Base, ChargeFacts, HistoryFacts, RefundFacts
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter


class RefundCharge:
    name = "refund_charge"
    arguments: Mapping[str, type] = {"charge": str, "amount": Money}
    receipt: tuple[str, ...] = ("id", "amount", "created", "status")
    deeds: tuple[str, ...] = ("refunded", "returned", "reimbursed", "credited")

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "charge", "amount")
        return {"charge": identifier(args["charge"]), "amount": str(Money.parse(args["amount"]))}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return Money.parse(args["amount"])

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"refund/{ticket}/{args['charge']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"charge:{args['charge']}"

    def look(self, args: Mapping[str, str], ledger: BillingLedger) -> Seen:
        """The charge, and those around it, to see again whether it is a duplicate."""
        charge = ledger.charge(Ref(ledger.system, "charge", args["charge"])).value
        around: tuple[Charge, ...] = ()
        if charge.customer is not None:
            around = ledger.charges(charge.customer, charge.created_at - WITHIN).value
        gaps = [pair.gap for pair in duplicates(around) if pair.later.ref == charge.ref]
        return Seen((charge, gaps[0] if gaps else None), f"Refund {args['amount']} of {_told(charge)}", charge.customer)

    def facts(
        self, base: Base, args: Mapping[str, str], seen: Seen, history: HistoryFacts, action: ActionFacts
    ) -> Base:
        charge, gap = cast(tuple[Charge, timedelta | None], seen.world)
        amount = Money.parse(args["amount"])
        return RefundFacts(
            now=base.now,
            stage=base.stage,
            channel=base.channel,
            ticket=base.ticket,
            customer=base.customer,
            refund=AskedAmount(amount, amount.currency),
            charge=ChargeFacts(
                customer=str(charge.customer) if charge.customer else "",
                amount=charge.amount,
                refunded=charge.refunded,
                currency=charge.amount.currency,
                status=str(charge.status),
                created_at=charge.created_at,
                disputed=charge.disputed,
                duplicate_gap=gap,
            ),
            history=history,
            action=action,
        )

    def act(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt:
        return writer.refund(Ref(writer.system, "charge", args["charge"]), Money.parse(args["amount"]), key=key)

    def find(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt | None:
        return writer.find_refund(Ref(writer.system, "charge", args["charge"]), key=key)


def _told(charge: Charge) -> str:
    return f"charge {charge.ref.id} ({charge.description}, {charge.amount}, {charge.created_at:%Y-%m-%d})"
