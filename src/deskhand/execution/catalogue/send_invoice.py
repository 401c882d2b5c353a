"""Send an invoice to the customer's billing address once more."""

from collections.abc import Mapping
from typing import cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Invoice
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.kind import Seen
from deskhand.policy.facts import ActionFacts, Base, HistoryFacts, InvoiceFacts, SendInvoiceFacts
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter


class SendInvoice:
    name = "send_invoice"
    arguments: Mapping[str, type] = {"invoice": str}
    receipt: tuple[str, ...] = ("id", "number")
    deeds: tuple[str, ...] = ("sent", "resent", "emailed", "mailed")

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "invoice")
        return {"invoice": identifier(args["invoice"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"invoice/{ticket}/{args['invoice']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"invoice:{args['invoice']}"

    def look(self, args: Mapping[str, str], ledger: BillingLedger) -> Seen:
        one = ledger.invoice(Ref(ledger.system, "invoice", args["invoice"])).value
        return Seen(one, f"Send invoice {one.number} ({one.total}) to the billing address", one.customer)

    def facts(
        self, base: Base, args: Mapping[str, str], seen: Seen, history: HistoryFacts, action: ActionFacts
    ) -> Base:
        one = cast(Invoice, seen.world)
        return SendInvoiceFacts(
            now=base.now,
            stage=base.stage,
            channel=base.channel,
            ticket=base.ticket,
            customer=base.customer,
            invoice=InvoiceFacts(str(one.customer), str(one.status)),
            action=action,
        )

    def act(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt:
        return writer.send_invoice(Ref(writer.system, "invoice", args["invoice"]), key=key)

    def find(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt | None:
        return None  # the provider's own idempotency key stops a second letter
