"""A billing system and a help desk in memory, as unreliable as real ones; the witness sits inside and sees all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Account, Charge, ChargeStatus, Invoice, Refund, Subscription
from deskhand.domain.customer import Customer
from deskhand.domain.dispute import Dispute
from deskhand.domain.errors import Down, Invalid, Missing, NotSent, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.entrypoints.hostile.untouched import Untouched
from deskhand.entrypoints.hostile.witness import Standing, Witness

T = TypeVar("T")
What = tuple[str, Money | None]
MOODS = ("not sent", "lost before", "lost after", "lost and mute", "declined")
KEY_LIVES = timedelta(hours=24)  # after that a key that is sent again is a new request, as at real providers


@dataclass(frozen=True)
class Deed:
    """Something that happened under a key."""

    at: datetime
    receipt: Receipt


@dataclass
class Bank(Untouched):
    """`standing` describes whoever acts now; `mood` is how the next write goes wrong; `meanwhile` happens once, after
    something was read and before that is used: the first thing, or the one after `reads_before` others."""

    clock: Callable[[], datetime]
    witness: Witness
    standing: Standing
    charges_: dict[str, Charge] = field(default_factory=dict)
    people: dict[str, Customer] = field(default_factory=dict)
    owned: dict[Ref, list[str]] = field(default_factory=dict)  # ids of a customer's charges
    subscriptions_: dict[str, Subscription] = field(default_factory=dict)
    invoices_: dict[str, Invoice] = field(default_factory=dict)
    accounts_: dict[str, Account] = field(default_factory=dict)
    done: dict[str, Deed] = field(default_factory=dict)
    letters: dict[str, Receipt] = field(default_factory=dict)
    first: dict[str, Standing] = field(default_factory=dict)
    sent: dict[str, What] = field(default_factory=dict)
    mood: str = ""
    mute: bool = False
    meanwhile: Callable[[], object] | None = None
    reads_before: int = 0
    system: str = "stripe"

    # -- reading ------------------------------------------------------------------------------------

    def customer(self, ref: Ref) -> Read[Customer]:
        return self._read(_there(self.people, ref))

    def charge(self, ref: Ref) -> Read[Charge]:
        return self._read(_there(self.charges_, ref))

    def charges(self, customer: Ref, since: datetime) -> Read[tuple[Charge, ...]]:
        own = [one for id in self.owned.get(customer, ()) if (one := self.charges_[id]).created_at >= since]
        return self._read(tuple(sorted(own, key=lambda one: one.created_at, reverse=True)))

    def refunds(self, charge: Ref) -> Read[tuple[Refund, ...]]:
        return self._read(())

    def made_refund(self, ref: Ref) -> Read[Refund]:
        raise Missing("GET refund: 404")

    def subscriptions(self, customer: Ref) -> Read[tuple[Subscription, ...]]:
        return self._read(tuple(one for one in self.subscriptions_.values() if one.customer == customer))

    def subscription(self, ref: Ref) -> Read[Subscription]:
        return self._read(_there(self.subscriptions_, ref))

    def invoices(self, customer: Ref, since: datetime) -> Read[tuple[Invoice, ...]]:
        return self._read(tuple(one for one in self.invoices_.values() if one.customer == customer))

    def invoice(self, ref: Ref) -> Read[Invoice]:
        return self._read(_there(self.invoices_, ref))

    def disputes(self, charge: Ref) -> Read[tuple[Dispute, ...]]:
        return self._read(())

    def credited(self, charge: Ref) -> Read[Money | None]:
        return self._read(Money(0, _there(self.charges_, charge).amount.currency))

    def account(self, customer: Ref) -> Read[Account]:
        return self._read(_there(self.accounts_, customer))

    # -- writing ------------------------------------------------------------------------------------

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        one = _there(self.charges_, charge)
        if self._arrives(key, (charge.id, amount)):
            self.witness.refund(one, amount, self.standing, self.charges_.values())

        def deed() -> Receipt:
            left = one.amount.minor - one.refunded.minor
            if one.disputed or one.status is not ChargeStatus.SUCCEEDED or not 0 < amount.minor <= left:
                raise Invalid("POST refund: 400")  # whatever anybody allowed, a provider does not do this
            self.charges_[charge.id] = replace(one, refunded=Money(one.refunded.minor + amount.minor, amount.currency))
            self.witness.paid(one, amount, self.first[key])
            return self._receipt(key, "re", {"amount": str(amount), "status": "succeeded", "created": "today"})

        return self._write(key, (charge.id, amount), deed)

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        self._may_answer()
        return self.done[key].receipt if key in self.done else None

    def credit(self, customer: Ref, amount: Money, *, key: str) -> Receipt:
        one = _there(self.accounts_, customer)
        if self._arrives(key, (customer.id, amount)):
            self.witness.credit(one, amount, self.standing)

        def deed() -> Receipt:
            if one.credit is None or one.credit.currency != amount.currency or amount.minor <= 0:
                raise Invalid("POST credit: 400")
            more = Money(one.credit.minor + amount.minor, amount.currency)
            self.accounts_[customer.id] = replace(one, credit=more)
            self.witness.given(one, amount, self.first[key])
            return self._receipt(key, "cbtxn", {"amount": str(amount), "created": "today"})

        return self._write(key, (customer.id, amount), deed)

    def find_credit(self, customer: Ref, *, key: str) -> Receipt | None:
        self._may_answer()
        return self.done[key].receipt if key in self.done else None

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        one = _there(self.subscriptions_, subscription)
        if self._arrives(key, (subscription.id, None)):
            self.witness.cancellation(one, self.standing)

        def deed() -> Receipt:
            self.subscriptions_[subscription.id] = replace(one, cancels_at=one.renews_at, renews_at=None)
            return self._receipt(key, "sub", {"ends": "soon"})

        return self._write(key, (subscription.id, None), deed)

    def find_change(self, changed: Ref, *, key: str) -> Receipt | None:
        self._may_answer()
        return self.done[key].receipt if key in self.done else None

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        one = _there(self.invoices_, invoice)
        if self._arrives(key, (invoice.id, None)):
            self.witness.invoice(one, self.standing)
        return self._write(key, (invoice.id, None), lambda: self._receipt(key, "in", {"number": one.number}))

    def change_email(self, customer: Ref, email: str, *, key: str) -> Receipt:
        """Nobody in this world ever proves who they are."""
        if self._arrives(key, (f"{customer.id} {email}", None)):
            self.witness.twice(f"{customer.id} was given the address {email}")
        return self._write(key, (f"{customer.id} {email}", None), lambda: self._receipt(key, "cus", {}))

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """A letter. Help desks know no keys: what comes twice is there twice."""
        mood, self.mood = self.mood, ""
        if self._arrives(key, (text, None)):
            done = [name for name in self.done if f"/{ticket}/" in name]
            self.witness.letter(text, self.standing, done, self._own(done))
        if key in self.letters:
            self.witness.twice(f"{key}: a second letter")
        if mood == "lost before":
            raise Unconfirmed(key, "no answer")
        self.letters[key] = self._receipt(key, "letter", {})
        if mood.startswith("lost"):
            raise Unconfirmed(key, "no answer")
        return self.letters[key]

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        return self.letters.get(key)

    # -- inside -------------------------------------------------------------------------------------

    def _arrives(self, key: str, what: What) -> bool:
        """Whether this is the first that is heard of it: then it is judged, whatever becomes of the request."""
        self.witness.sent(key)
        before = self.sent.setdefault(key, what)
        if before != what:
            self.witness.twice(f"{key} was sent again with other arguments: {what}")
        if key in self.first:
            return False
        self.first[key] = self.standing
        return True

    def _write(self, key: str, what: What, deed: Callable[[], Receipt]) -> Receipt:
        mood, self.mood = self.mood, ""
        if mood == "not sent":
            raise NotSent("POST: no connection")
        if mood == "lost before":
            raise Down("POST: 500")
        if mood == "declined":
            raise Invalid("POST: 400")
        before = self.done.get(key)
        if before and what[1] and self.clock() - before.at > KEY_LIVES:
            self.witness.twice(f"{key} was paid twice: the provider had forgotten the key")
        if before is None:
            self.done[key] = Deed(self.clock(), deed())
        self.mute = mood == "lost and mute"
        if mood.startswith("lost"):
            raise Unconfirmed(key, "no answer")
        return self.done[key].receipt

    def _own(self, done: Iterable[str]) -> list[str]:
        """What a letter to whoever is acted for may name."""
        customer = self.standing.customer
        if customer is None:
            return []
        return [*self.owned[customer.ref], customer.email, *(self.done[key].receipt.id for key in done)]

    def _may_answer(self) -> None:
        mute, self.mute = self.mute, False
        if mute:
            raise Down("GET: 500")

    def _read(self, value: T) -> Read[T]:
        read = Read(value, self.system, self.clock())
        if self.meanwhile and not self.reads_before:
            happening, self.meanwhile = self.meanwhile, None
            happening()
        self.reads_before = max(0, self.reads_before - 1)
        return read

    def _receipt(self, key: str, kind: str, details: dict[str, str]) -> Receipt:
        number = len(self.done) + len(self.letters) + 1
        return Receipt(key, self.system, f"{kind}_{number}", self.clock(), details)


def _there(book: Mapping[str, T], ref: Ref) -> T:
    if ref.id not in book:
        raise Missing("GET: 404")
    return book[ref.id]
