"""Moving money at Stripe: every request carries the effect's key, and what it makes keeps it."""

from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.account_writer import StripeAccounts
from deskhand.connectors.stripe.marks import MADE, UNDOES, made_by
from deskhand.connectors.stripe.receipts import credited, doubted, refunded
from deskhand.connectors.stripe.subscription_writer import StripeSubscriptions
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class StripeWriter(StripeSubscriptions, StripeAccounts):
    """See `ports.writes.BillingWriter`."""

    system = SYSTEM

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        fields = {"charge": charge.id, "amount": amount.minor, "metadata": {MADE: key}}
        done = self._client.post("/v1/refunds", key=key, **fields)
        with doubted(key):
            return refunded(key, done)

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        for one in self._client.each("/v1/refunds", charge=charge.id):
            if made_by(one) == key:
                return refunded(key, one)
        return None

    def credit(self, customer: Ref, amount: Money, *, key: str) -> Receipt:
        """What is below zero on a customer's balance is theirs."""
        return self._balance(customer, -amount.minor, amount.currency.lower(), {MADE: key}, key)

    def take_back_credit(self, customer: Ref, credit: str, *, key: str) -> Receipt:
        moved = self._moves(customer)
        if done := _made(moved, key):  # before anything is checked: it is the taking back that left nothing
            return credited(key, done)
        given = next((one for one in moved if one["id"] == credit), None)
        if given is None or not made_by(given) or given["amount"] >= 0:
            raise Missing(f"{credit} is no credit of ours to this customer")
        if any((one.get("metadata") or {}).get(UNDOES) == credit for one in moved):
            raise Invalid(f"{credit} was taken back already")
        if self._client.get(f"/v1/customers/{customer.id}")["balance"] > given["amount"]:
            raise Invalid(f"{credit} was spent on an invoice, in part or in full")
        return self._balance(customer, -given["amount"], given["currency"], {MADE: key, UNDOES: credit}, key)

    def find_credit(self, customer: Ref, *, key: str) -> Receipt | None:
        found = _made(self._moves(customer), key)
        return credited(key, found) if found else None

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        done = self._client.post(f"/v1/invoices/{invoice.id}/send", key=key)
        with doubted(key):
            one = parsing.parsed(parsing.invoice, done)
        return Receipt(key, SYSTEM, one.ref.id, self._clock(), {"number": one.number or one.ref.id})

    def _balance(self, customer: Ref, minor: int, currency: str, metadata: dict[str, str], key: str) -> Receipt:
        fields = {"amount": minor, "currency": currency, "metadata": metadata}
        done = self._client.post(f"/v1/customers/{customer.id}/balance_transactions", key=key, **fields)
        with doubted(key):
            return credited(key, done)

    def _moves(self, customer: Ref) -> list[dict[str, Any]]:
        """Every move on this customer's balance, newest first."""
        moves = list(self._client.each(f"/v1/customers/{customer.id}/balance_transactions"))
        for one in moves:
            parsing.parsed(parsing.move, one)
        return moves


def _made(moves: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    return next((one for one in moves if made_by(one) == key), None)
