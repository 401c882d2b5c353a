"""Send an invoice to the customer's billing address once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Invoice
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class InvoiceFacts:
    customer: str
    status: str


@dataclass(frozen=True)
class SendInvoiceFacts:
    invoice: InvoiceFacts


class SendInvoice:
    name = "send_invoice"
    title = "Invoice sent again"
    nature = Nature.BENEFICIAL
    recovery = Recovery.REPEAT  # the provider's own idempotency key stops a second letter
    sets = False
    arguments: Mapping[str, type] = {"invoice": str}
    receipt: tuple[str, ...] = ("id", "number")
    deeds: tuple[str, ...] = ("sent", "resent", "emailed", "mailed")
    about: Mapping[str, type] = types_of(SendInvoiceFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "invoice")
        return {"invoice": identifier(args["invoice"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"invoice/{ticket}/{args['invoice']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"invoice:{args['invoice']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ledger = reads.billing
        one = ledger.invoice(Ref(ledger.system, "invoice", args["invoice"])).value
        return Seen(one, f"Send invoice {one.number} ({one.total}) to the billing address", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        one = cast(Invoice, seen.world)
        return values_of(SendInvoiceFacts(InvoiceFacts(str(one.customer), str(one.status))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        writer = writes.billing
        return writer.send_invoice(Ref(writer.system, "invoice", args["invoice"]), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("A letter that was sent cannot be called back.")
