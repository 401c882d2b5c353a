"""Reading from other people's systems. Each call is live and raises a `ConnectorError` when there is no answer."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from deskhand.domain.billing import Account, Charge, Invoice, Marked, Plan, Refund, Subscription
from deskhand.domain.changes import Changes
from deskhand.domain.credit_note import CreditNote
from deskhand.domain.customer import Customer
from deskhand.domain.dispute import Dispute
from deskhand.domain.finding import Finding, LookupSpec
from deskhand.domain.money import Money
from deskhand.domain.outreach import Permission
from deskhand.domain.own_call import Call
from deskhand.domain.payment_intent import PaymentIntent
from deskhand.domain.profile import Profile
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Ticket


class TicketDesk(Protocol):
    """A help desk, or a channel that we host ourselves."""

    system: str

    def ticket(self, ref: Ref) -> Read[Ticket]:
        """The ticket as it is now, with every message. `Missing` when there is none, or none that we may see."""
        ...


class DueTimes(Protocol):
    """A help desk that tells until when an answer is promised only where it is asked for just that. Where a ticket
    itself says so, `Ticket.due_at` does."""

    def due(self, ticket: Ref) -> datetime | None:
        """The next promise that runs out; None when none runs now."""
        ...


class AttachmentReads(Protocol):
    """Where the files that hang on messages are kept."""

    def fetch(self, ref: str, limit: int) -> bytes:
        """The content of a file, by the `ref` of its `Attachment`. `TooLarge` as soon as there are more than `limit`
        bytes, whatever was told before; `Missing` when it is not there any more."""
        ...


class TicketFeed(Protocol):
    """What changed at a help desk: for those that send no events, and for taking over its history."""

    system: str

    def changes(self, cursor: str) -> Changes:
        """Tickets that changed since `cursor`, oldest change first; all of them since "".

        Resumable: a cursor that was given out once works again. A ticket may come twice, but none is left out.
        """
        ...

    def since(self, at: datetime) -> str:
        """The cursor of what changes from this moment on; nothing is asked."""
        ...


class CustomerDirectory(Protocol):
    """Where customers are known; `kind` is that of their refs."""

    system: str
    kind: str

    def by_email(self, email: str) -> list[Read[Customer]]:
        """Every customer with exactly this address, in any letter case; an empty list when there is none."""
        ...

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        """Every customer with this number, in E.164; an empty list when there is none, or no numbers are known."""
        ...

    def customer(self, ref: Ref) -> Read[Customer]:
        """One customer. `Missing` when there is none, or none any more."""
        ...


class CustomerRelations(Protocol):
    """A CRM: who a customer is to the company."""

    system: str

    def profile(self, contact: Ref) -> Read[Profile]:
        """One contact with its company, its owner and its open deals. `Missing` when there is none."""
        ...


class BillingLedger(Protocol):
    """Where charges, refunds, subscriptions and invoices are the truth."""

    system: str

    def customer(self, ref: Ref) -> Read[Customer]:
        """As `CustomerDirectory.customer`."""
        ...

    def charges(self, customer: Ref, since: datetime) -> Read[tuple[Charge, ...]]:
        """Charges of this customer made at or after `since`, newest first, failed ones included."""
        ...

    def charge(self, ref: Ref) -> Read[Charge]:
        """One charge. `Missing` when there is none."""
        ...

    def refunds(self, charge: Ref) -> Read[tuple[Refund, ...]]:
        """Refunds of this charge, newest first."""
        ...

    def made_refund(self, ref: Ref) -> Read[Refund]:
        """One refund as it is now. `Missing` when there is none."""
        ...

    def subscriptions(self, customer: Ref) -> Read[tuple[Subscription, ...]]:
        """Subscriptions of this customer, ended ones included, newest first."""
        ...

    def subscription(self, ref: Ref) -> Read[Subscription]:
        """One subscription. `Missing` when there is none."""
        ...

    def invoices(self, customer: Ref, since: datetime) -> Read[tuple[Invoice, ...]]:
        """Invoices of this customer made at or after `since`, newest first."""
        ...

    def invoice(self, ref: Ref) -> Read[Invoice]:
        """One invoice. `Missing` when there is none."""
        ...

    def payment_intents(self, customer: Ref, since: datetime) -> Read[tuple[PaymentIntent, ...]]:
        """Payments of this customer that were begun at or after `since`, newest first, however far they came."""
        ...

    def disputes(self, charge: Ref) -> Read[tuple[Dispute, ...]]:
        """Disputes of this charge, newest first, settled ones included."""
        ...

    def credit_notes(self, customer: Ref, since: datetime) -> Read[tuple[CreditNote, ...]]:
        """Credit notes on this customer's invoices made at or after `since`, newest first, void ones included."""
        ...

    def credited(self, charge: Ref) -> Read[Money | None]:
        """What credit notes on the invoice of this charge gave otherwise than by a refund, void ones left out; None
        when it cannot be told. `Missing` when there is no such charge."""
        ...

    def plans(self) -> Read[tuple[Plan, ...]]:
        """What can be subscribed to now, newest first."""
        ...

    def account(self, customer: Ref) -> Read[Account]:
        """Name, addresses and credit of one customer. `Missing` when there is none, or no longer."""
        ...

    def marked(self, since: datetime, customers: Collection[Ref]) -> Read[tuple[Marked, ...]]:
        """What carries a key of ours: refunds made since then, whoever's; of these customers also credits made since
        then, and the latest change of each kind to them and to their subscriptions, whenever it was made."""
        ...


class Records(Protocol):
    """A company's own database: named, parameterised, read-only questions, written by people."""

    system: str

    def questions(self) -> tuple[LookupSpec, ...]:
        """What may be asked, as look-ups named "records.<question>"."""
        ...

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        """The first row as fields (with `found`), all rows as rows. `values` bind every parameter of the question."""
        ...


class Permissions(Protocol):
    """Whether a customer may be written to first, read anew at each call."""

    def of(self, family: str, customer: Ref, event: str) -> Permission:
        """`Missing` unless a rule of this family stands and the event was filed for this customer."""
        ...


class OwnSystem(Protocol):
    """A system of the company's own, which its actions look at."""

    system: str

    def ask(self, call: Call) -> Read[Any]:
        """The JSON of the answer, with exact numbers. `Missing` when there is no such object."""
        ...
