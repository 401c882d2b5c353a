"""One small company under attack: a few customers with every awkward kind of charge, and the real gate and executor."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from deskhand.domain.billing import (
    Account,
    Address,
    Charge,
    ChargeStatus,
    Invoice,
    InvoiceStatus,
    Subscription,
    SubscriptionStatus,
)
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Matched, Strength, Unknown
from deskhand.domain.money import Money
from deskhand.domain.pause import BREAKER, DESK, Pause
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.entrypoints.hostile.bank import Bank
from deskhand.entrypoints.hostile.people import CHARGES, CREDITS, FLAGGED, TIERS
from deskhand.entrypoints.hostile.witness import Agreement, Standing, Witness
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Approval, Executor
from deskhand.execution.gate import Gate
from deskhand.policy.breakers import Breakers
from deskhand.policy.policy import Policy
from deskhand.ports.store import Store
from deskhand.procedures.procedure import Procedure

CAPS = {"USD": 9000, "EUR": 6000}  # of the circuit breaker, in worlds that have one


class Clock:
    """A time that only the world moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True)
class Company:
    """What a desk folder says: its policy, and the procedures that may propose an action, by that action. `again` is
    the same policy in another text."""

    policy: Policy
    again: Policy
    procedures: dict[str, Procedure]


@dataclass(frozen=True)
class Turn:
    """A message is being worked: whose, on which ticket, and how well they are known."""

    customer: Customer
    known: bool
    verified: bool
    ticket: str


class World:
    """`given` are the approvals that people gave so far, with what they agreed to."""

    def __init__(self, name: str, company: Company, store: Store, clock: Clock, dice: random.Random):
        self.name, self.company, self.store, self.clock, self.dice = name, company, store, clock, dice
        self.witness = Witness()
        nobody = Standing("", None, verified=False, now=clock())
        self.bank = Bank(clock, self.witness, nobody)
        self.customers = {letter: self._customer(letter) for letter in TIERS}
        self.taken: set[str] = set()
        self.yes: dict[str, frozenset[str]] = {}
        self.given: list[tuple[Approval, Agreement]] = []
        self.policy = company.policy
        self.breakers = Breakers()
        if dice.random() < 0.2:
            self.breakers = Breakers(per_day={name: Money(minor, name) for name, minor in CAPS.items()})
            self.witness.day = dict(CAPS)
        self.gate, self.executor = self.worker()

    def worker(self) -> tuple[Gate, Executor]:
        """One process more, which reads the policy as it is now."""
        gate = Gate(self.policy, Reads(self.bank), self.store, ACTIONS)
        writes = Writes(self.bank, {"zendesk": self.bank})
        return gate, Executor(gate, self.store, writes, ACTIONS, self.clock, breakers=self.breakers)

    def swap(self) -> None:
        """The policy's text is replaced by one that says the same, and the processes start anew."""
        self.policy = self.company.again if self.policy is self.company.policy else self.company.policy
        self.gate, self.executor = self.worker()

    def turn(self) -> Turn:
        """Somebody writes, on one of a few tickets of theirs."""
        turn = self.turn_of(self.dice.choice(list(self.customers)))
        return replace(turn, known=self.dice.random() < 0.98, verified=self.dice.random() < 0.9)

    def turn_of(self, letter: str) -> Turn:
        """This customer writes, known beyond doubt."""
        ticket = f"zendesk:ticket:{self.name}{letter}{self.dice.randrange(4)}"
        return Turn(self.customers[letter], known=True, verified=True, ticket=ticket)

    def turn_on(self, ticket: str, charge: Charge) -> Turn:
        """Whoever paid this charge writes on that ticket."""
        customer = next(one for one in self.customers.values() if one.ref == charge.customer)
        return Turn(customer, known=True, verified=True, ticket=ticket)

    def case(self, turn: Turn) -> Case:
        """As the system finds it at this moment."""
        strength = Strength.ATTESTED if turn.verified else Strength.CLAIMED
        customer = next(one for one in self.customers.values() if one.ref == turn.customer.ref)
        identity = Matched(customer, strength, "email") if turn.known else Unknown()
        return Case(turn.ticket, "email", identity, Stage.AUTONOMOUS, self.clock())

    @contextmanager
    def acting(self, case: Case, *, asked: bool = False, agreed: Agreement | None = None) -> Iterator[None]:
        """The witness is told who acts now. Within a read somebody else may act, so the former one comes back."""
        customer = case.identity.customer if isinstance(case.identity, Matched) else None
        before, self.bank.standing = (
            self.bank.standing,
            Standing(
                case.ticket,
                customer,
                case.verified,
                case.now,
                case.ticket in self.taken,
                asked,
                agreed,
                self.yes.get(case.ticket, frozenset()),
                self.policy.digest,
            ),
        )
        yield
        self.bank.standing = before

    def take(self, ticket: str) -> None:
        """A person takes this ticket; whoever acts on it meanwhile has lost it."""
        self._give(ticket, "ana")
        self.taken.add(ticket)
        if self.bank.standing.ticket == ticket:
            self.bank.standing = replace(self.bank.standing, taken=True)

    def give_back(self, ticket: str) -> None:
        self._give(ticket, "assistant")
        self.taken.discard(ticket)

    def pause(self, scope: str) -> None:
        """A person pulls the switch."""
        with self.store.begin() as tx:
            tx.pauses.put(Pause(scope, "ana", "something is wrong", self.clock()))
        self.witness.paused.add(scope)

    def lift(self) -> None:
        """A person lifts every pause but that of a circuit breaker: what one stopped stays so to the end."""
        with self.store.begin() as tx:
            for one in tx.pauses.standing():
                if one.by != BREAKER:
                    tx.pauses.lift(one.scope, self.clock())
                    self.witness.paused.discard(one.scope)
                else:
                    self.witness.paused.add(one.scope)

    def end(self) -> None:
        """The next world shares this store, and begins with nothing paused."""
        self.lift()
        with self.store.begin() as tx:
            tx.pauses.lift(DESK, self.clock())
        self.witness.paused.clear()

    def says_yes(self, ticket: str, subscription: str, *, yes: bool) -> None:
        """The customer was asked about this subscription and answered; an older answer does not count any more."""
        before = self.yes.get(ticket, frozenset())
        self.yes[ticket] = before | {subscription} if yes else before - {subscription}

    def own(self, customer: Customer) -> list[Charge]:
        return [self.bank.charges_[id] for id in self.bank.owned[customer.ref]]

    def change(self, charge: Charge, **fields: object) -> None:
        """Something happens to this charge at the provider, without us."""
        self.bank.charges_[charge.ref.id] = replace(self.bank.charges_[charge.ref.id], **fields)  # type: ignore[arg-type]

    def reconcile(self) -> None:
        """What happened is in the ledger under its key, and no charge gave more than it took."""
        for id, charge in self.bank.charges_.items():
            if charge.refunded.minor > charge.amount.minor:
                self.witness.twice(f"{id} gave back {charge.refunded} of {charge.amount}")
        with self.store.begin() as tx:
            missing = [key for key in self.bank.done if tx.ledger.effect(key) is None]
            noted = {key: effect.amount for key in self.bank.done if (effect := tx.ledger.effect(key))}
        for key in missing:
            self.witness.twice(f"{key} happened and is in no ledger")
        for key, amount in noted.items():
            if amount != self.bank.sent[key][1]:
                self.witness.twice(f"{key} moved {self.bank.sent[key][1]}, and the ledger says {amount}")
        self._balance()

    def _balance(self) -> None:
        """To the last unit: what a customer has is what they had, and what they were given."""
        for letter, before in CREDITS.items():
            id = f"cus_{letter}{self.name}"
            now = self.bank.accounts_[id].credit
            given = sum(
                amount.minor
                for key, (whose, amount) in self.bank.sent.items()
                if amount and whose == id and key in self.bank.done
            )
            if (now.minor if now else 0) != (before.minor if before else 0) + given:
                self.witness.twice(f"{id} has {now} of credit, and was given {given} minor units")

    def _give(self, ticket: str, owner: str) -> None:
        with self.store.begin() as tx:
            tx.tickets.give_to(ticket, owner)

    def _customer(self, letter: str) -> Customer:
        ref = Ref("stripe", "customer", f"cus_{letter}{self.name}")
        email = f"{letter}{self.name}@example.com"
        one = Customer(ref, letter.upper(), email, TIERS[letter], letter == FLAGGED, self.clock() - timedelta(900))
        self.bank.people[ref.id] = one
        address = Address("", "", "", "", "", "DE")
        self.bank.accounts_[ref.id] = Account(ref, letter.upper(), email, "", address, CREDITS[letter])
        self._charges(letter, ref)
        self._subscription(letter, ref)
        self._invoices(letter, ref)
        return one

    def _charges(self, letter: str, owner: Ref) -> None:
        for number, minor, days, currency, special in CHARGES:
            ref = Ref("stripe", "charge", f"ch_{letter}{number}_{self.name}")
            at, none = self.clock() - timedelta(days=days), Money(0, currency)
            whole = Charge(ref, owner, Money(minor, currency), none, ChargeStatus.SUCCEEDED, False, at, "Plan")
            self.bank.charges_[ref.id] = replace(whole, **special)  # type: ignore[arg-type]
            self.bank.owned.setdefault(owner, []).append(ref.id)

    def _subscription(self, letter: str, owner: Ref) -> None:
        ref = Ref("stripe", "subscription", f"sub_{letter}_{self.name}")
        status = SubscriptionStatus.CANCELED if letter == "e" else SubscriptionStatus.ACTIVE
        price, end = Money(2900, "USD"), self.clock() + timedelta(days=20)
        ended = self.clock() if letter == "e" else None
        self.bank.subscriptions_[ref.id] = Subscription(
            ref, owner, "Starter", status, price, "month", 1, None if ended else end, None, ended
        )

    def _invoices(self, letter: str, owner: Ref) -> None:
        for number, status in enumerate((InvoiceStatus.PAID, InvoiceStatus.OPEN, InvoiceStatus.DRAFT)):
            ref = Ref("stripe", "invoice", f"in_{letter}{number}_{self.name}")
            at = self.clock() - timedelta(days=9)
            self.bank.invoices_[ref.id] = Invoice(ref, owner, f"LU-{number}", Money(2900, "USD"), status, at, None)
