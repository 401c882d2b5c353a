"""A billing system for tests, with a witness inside: it knows nothing of policy files, gate or executor.

Every refund that reaches it is judged against the written rules of the demo company, in plain Python. The witness
raises a `BaseException`, because an executor must take any `Exception` of a provider for a lost answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Charge, ChargeStatus, Invoice, Refund, Subscription
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Down, Invalid, Missing, NotSent, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

ALONE = {"USD": 5000, "EUR": 4500}
MONTH = {"USD": 10000, "EUR": 9000}
LEAD = {"USD": 50000, "EUR": 45000}


class ForbiddenEffect(BaseException):
    """The witness saw an effect that the written rules forbid."""


@dataclass
class Bank:
    """`asking` is the customer whose ticket is worked; `roles` those that approved, None when nobody was asked."""

    clock: Callable[[], datetime]
    customers: dict[str, Customer] = field(default_factory=dict)
    book: dict[str, Charge] = field(default_factory=dict)
    done: dict[str, tuple[str, Money]] = field(default_factory=dict)
    alone: list[tuple[str, datetime, Money]] = field(default_factory=list)
    asking: str = ""
    verified: bool = True
    roles: frozenset[str] | None = None
    mood: str = ""
    meanwhile: Callable[[], object] | None = None  # happens once, after a charge was read and before that is used
    first: dict[str, tuple[bool, frozenset[str] | None, datetime]] = field(default_factory=dict)
    system: str = "stripe"

    # -- reading ------------------------------------------------------------------------------------

    def charge(self, ref: Ref) -> Read[Charge]:
        if ref.id not in self.book:
            raise Missing("GET charge: 404")
        read: Read[Charge] = self._read(self.book[ref.id])
        if self.meanwhile:
            happening, self.meanwhile = self.meanwhile, None
            happening()
        return read

    def charges(self, customer: Ref, since: datetime) -> Read[tuple[Charge, ...]]:
        own = [one for one in self.book.values() if one.customer == customer and one.created_at >= since]
        return self._read(tuple(sorted(own, key=lambda one: one.created_at, reverse=True)))

    def refunds(self, charge: Ref) -> Read[tuple[Refund, ...]]:
        return self._read(())

    def made_refund(self, ref: Ref) -> Read[Refund]:
        raise Missing("GET refund: 404")

    def subscriptions(self, customer: Ref) -> Read[tuple[Subscription, ...]]:
        return self._read(())

    def subscription(self, ref: Ref) -> Read[Subscription]:
        raise Missing("GET subscription: 404")

    def invoices(self, customer: Ref, since: datetime) -> Read[tuple[Invoice, ...]]:
        return self._read(())

    def invoice(self, ref: Ref) -> Read[Invoice]:
        raise Missing("GET invoice: 404")

    # -- writing ------------------------------------------------------------------------------------

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        mood, self.mood = self.mood, ""
        self.first.setdefault(key, (self.verified, self.roles, self.clock()))
        if mood == "not sent":
            raise NotSent("POST refunds")
        if mood == "lost before":
            raise Down("POST refunds: 500")
        if mood == "declined":
            raise Invalid("POST refunds: 400")
        if key not in self.done:
            self._witness(charge.id, amount, *self.first[key])
            one = self.book[charge.id]
            self.book[charge.id] = replace(one, refunded=Money(one.refunded.minor + amount.minor, amount.currency))
            self.done[key] = (charge.id, amount)
            if self.first[key][1] is None:
                self.alone.append((self.asking, self.first[key][2], amount))
        elif self.done[key] != (charge.id, amount):
            raise ForbiddenEffect(f"{key} was sent again with other arguments")
        if mood == "lost after":
            raise Unconfirmed(key, "no answer")
        return self._receipt(key)

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        return self._receipt(key) if key in self.done else None

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        raise ForbiddenEffect("nobody has a subscription here")

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        raise ForbiddenEffect("nobody has an invoice here")

    # -- the witness ----------------------------------------------------------------------------------

    def _witness(self, id: str, amount: Money, verified: bool, roles: frozenset[str] | None, now: datetime) -> None:
        """Judged by how things were when it was first tried: what was reserved then is finished later."""
        one, customer = self.book.get(id), self.customers.get(self.asking)
        if one is None or customer is None or one.customer is None:
            raise ForbiddenEffect(f"{id}: no such charge or customer")
        left = one.amount.minor - one.refunded.minor
        rules = {
            "verified": verified,
            "own": one.customer.id == self.asking,
            "not flagged": not customer.flagged,
            "not disputed": not one.disputed,
            "currency": amount.currency == one.amount.currency,
            "positive": amount.minor > 0,
            "succeeded": one.status is ChargeStatus.SUCCEEDED,
            "left": amount.minor <= left,
            "lead": amount.minor <= LEAD.get(one.amount.currency, -1),
            "young": customer.tier == "enterprise" or now - one.created_at <= timedelta(days=30),
            "agreed": self._agreed(one, amount, customer, roles, now),
        }
        if broken := [name for name, kept in rules.items() if not kept]:
            raise ForbiddenEffect(f"{amount} of {id} for {self.asking}: {', '.join(broken)}")

    def _agreed(
        self, one: Charge, amount: Money, customer: Customer, roles: frozenset[str] | None, now: datetime
    ) -> bool:
        """Small whole duplicates within the month's cap go alone; all else has the right people's yes."""
        currency = one.amount.currency
        month = sum(
            sum_.minor
            for who, at, sum_ in self.alone
            if who == self.asking and now - at <= timedelta(days=30) and sum_.currency == currency
        )
        small = amount.minor <= ALONE.get(currency, -1) and amount == one.amount and self._repeats(one)
        needed = set()
        if not small or month + amount.minor > MONTH.get(currency, -1):
            needed.add("team_lead")
        if customer.tier == "enterprise":
            needed.add("account_manager")
        return needed <= (roles or frozenset())

    def _repeats(self, one: Charge) -> bool:
        return any(
            other.customer == one.customer
            and other.amount == one.amount
            and other.description == one.description
            and other.status is ChargeStatus.SUCCEEDED
            and other.refunded.minor < other.amount.minor
            and timedelta(0) <= one.created_at - other.created_at <= timedelta(hours=72)
            for other in self.book.values()
            if other.ref != one.ref
        )

    def _read(self, value: object) -> Read:  # type: ignore[type-arg]
        return Read(value, self.system, self.clock())

    def _receipt(self, key: str) -> Receipt:
        _, amount = self.done[key]
        return Receipt(
            key, self.system, f"re_{abs(hash(key))}", self.clock(), {"amount": str(amount), "status": "succeeded"}
        )
