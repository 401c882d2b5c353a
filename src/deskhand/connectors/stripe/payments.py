"""Reading what became of payments at Stripe: intents, disputes and credit notes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from deskhand.connectors.stripe import SYSTEM, parsing, parsing_payments
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.credit_note import CreditNote, CreditNoteStatus
from deskhand.domain.dispute import Dispute
from deskhand.domain.money import Money
from deskhand.domain.payment_intent import PaymentIntent
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

T = TypeVar("T")


class StripePayments:
    """See `ports.reads.BillingLedger`."""

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def payment_intents(self, customer: Ref, since: datetime) -> Read[tuple[PaymentIntent, ...]]:
        begun = {"created[gte]": int(since.timestamp())}
        found = self._client.each("/v1/payment_intents", customer=customer.id, **begun)
        return self._read(tuple(parsing.parsed(parsing_payments.payment_intent, one) for one in found))

    def disputes(self, charge: Ref) -> Read[tuple[Dispute, ...]]:
        found = self._client.each("/v1/disputes", charge=charge.id)
        return self._read(tuple(parsing.parsed(parsing_payments.dispute, one) for one in found))

    def credit_notes(self, customer: Ref, since: datetime) -> Read[tuple[CreditNote, ...]]:
        return self._read(tuple(one for one in self._notes(customer.id) if one.created_at >= since))

    def credited(self, charge: Ref) -> Read[Money | None]:
        """Most customers have no credit note: then one more question answers it, whatever was paid."""
        raw = self._client.get(f"/v1/charges/{charge.id}")
        one = parsing.parsed(parsing.charge, raw)
        if one.customer is None:
            return self._read(None)
        given = [note for note in self._notes(one.customer.id) if _counts(note)]
        invoices = self._invoices(raw) if given else frozenset()
        if invoices is None:
            return self._read(None)
        given = [note for note in given if note.invoice.id in invoices]
        if any(note.credited.currency != one.amount.currency for note in given):
            return self._read(None)
        return self._read(Money(sum(note.credited.minor for note in given), one.amount.currency))

    def _notes(self, customer: str) -> tuple[CreditNote, ...]:
        found = self._client.each("/v1/credit_notes", customer=customer)
        return tuple(parsing.parsed(parsing_payments.credit_note, one) for one in found)

    def _invoices(self, charge: dict[str, Any]) -> frozenset[str] | None:
        """Ids of the invoices that this charge pays; None when it has no payment intent to ask by."""
        if not (intent := charge.get("payment_intent")):
            return None
        asked = {"payment[type]": "payment_intent", "payment[payment_intent]": intent}
        found = self._client.each("/v1/invoice_payments", **asked)
        return frozenset(parsing.parsed(parsing_payments.paid_invoice, one) for one in found)

    def _read(self, value: T) -> Read[T]:
        return Read(value, SYSTEM, self._clock())


def _counts(note: CreditNote) -> bool:
    return note.credited.minor > 0 and note.status is not CreditNoteStatus.VOID
