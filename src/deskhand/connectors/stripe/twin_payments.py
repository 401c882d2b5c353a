"""Payments, disputes and credit notes at the twin of Stripe: what is asked, and what becomes of them elsewhere."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from deskhand.connectors.stripe.twin_payment_shapes import (
    charge_of,
    credit_note_of,
    dispute_of,
    error,
    intent,
    intent_of,
    invoice_payment_of,
)
from deskhand.connectors.stripe.twin_state import TwinState, page


class TwinPayments(TwinState):
    async def intents(self, request: Request) -> Response:
        """Each charge came of one; others are those that no charge came of."""
        asked = self._asked(request)
        owner, since = asked.get("customer", ""), int(asked.get("created[gte]", 0))
        found = [*self.store.owned("payment_intent", owner, since)]
        found += [intent_of(one) for one in self.store.owned("charge", owner, since)]
        return page(sorted(found, key=lambda one: -one["created"]), asked, request.url.path)

    async def disputes(self, request: Request) -> Response:
        asked = self._asked(request)
        every = self.store.owned("dispute", asked["charge"]) if "charge" in asked else self.store.every("dispute")
        return page(every, asked, request.url.path)

    async def invoice_payments(self, request: Request) -> Response:
        """The charge, its intent and its invoice have one name here."""
        asked = self._asked(request)
        paid = asked.get("payment[payment_intent]", "")
        invoice = self.store.get("invoice", f"in_{paid[3:]}")
        return page([invoice_payment_of(invoice, paid)] if invoice else [], asked, request.url.path)

    # -- the company's side ---------------------------------------------------------------------------

    def write_credit_note(self, invoice: str, minor: int, refund: str = "") -> str:
        """Its id. Without a refund it goes to the customer's balance."""
        with self.store.change():
            of = self._get("invoice", invoice)
            one = credit_note_of(of, minor, self._now(), self.store.count("credit_note"), refund)
            self.store.put([("credit_note", one["id"], one["customer"], "", one["created"], one)])
        return str(one["id"])

    def void_credit_note(self, id: str) -> None:
        with self.store.change():
            self._put("credit_note", self._get("credit_note", id) | {"status": "void"})

    # -- the bank's side ------------------------------------------------------------------------------

    def dispute(
        self, charge: str, status: str = "needs_response", *, marked: bool = True
    ) -> tuple[dict[str, str], bytes]:
        """The customer contests it at their bank: the signed event. `marked`: the charge says so, too."""
        with self.store.change():
            of = self._get("charge", charge)
            one = dispute_of(of, status, self._now())
            self.store.put([("dispute", one["id"], charge, "", one["created"], one)])
            self._put("charge", of | {"disputed": marked})
        return self.event("charge.dispute.created", one)

    def begin(self, customer: str, minor: int, status: str, code: str = "", decline: str | None = None) -> None:
        """A payment that no charge came of so far: it waits for something, or failed before."""
        with self.store.change():
            currency = self._get("customer", customer)["currency"]
            one = intent(secrets.token_hex(12), customer, minor, currency, self._now()) | {"status": status}
            one["last_payment_error"] = error(code, decline, "What the bank says of it.") if code else None
            self.store.put([("payment_intent", one["id"], customer, "", one["created"], one)])

    def take(self, customer: str, minor: int, what: str, *, failure: str = "") -> tuple[dict[str, str], bytes]:
        """Money is taken now, or not (`failure`): the signed event about the charge."""
        with self.store.change():
            one = charge_of(self._get("customer", customer), minor, what, self._now(), secrets.token_hex(8), failure)
            self.store.put([("charge", one["id"], customer, "", one["created"], one)])
        return self.event("charge.failed" if failure else "charge.succeeded", one)
