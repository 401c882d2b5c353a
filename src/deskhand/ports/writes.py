"""Changing other people's systems. Only `execution/` may import this file; a model's code cannot name a write.

Every write takes the effect's `key`. A write is *relative* (a refund, a credit, a comment: twice is two) or *absolute*
(a plan, an address: twice is once, since it sets what is there). What is written carries the key where the system has
a place for it, and a `find_*` tells whether that effect already happened; it answers with the same details as the
write. A write raises `Unconfirmed` when nobody can tell, and another `ConnectorError` when it was surely not done.

`Receipt.details` are listed with each write; those in brackets are there when they apply. `Receipt.before` is what an
undo restores, as arguments of the write that does it.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Protocol

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Address
from deskhand.domain.incoming import Outgoing
from deskhand.domain.money import Money
from deskhand.domain.own_call import Call
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status


class TicketWriter(Protocol):
    """Writing on tickets."""

    system: str

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """Add a comment: to the customer when `public`, else a note among agents."""
        ...

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        """The receipt of what was written on this ticket under `key`, or None when nothing carries it."""
        ...

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        """A new ticket of this requester; they hear of it when `public`. Details: `number`."""
        ...

    def find_ticket(self, *, key: str) -> Receipt | None:
        """The receipt of the ticket that was created under `key`, or None."""
        ...

    def update_ticket(
        self,
        ticket: Ref,
        *,
        key: str,
        status: Status | None = None,
        priority: Priority | None = None,
        group: str | None = None,
        assignee: str | None = None,
        fields: Mapping[str, str] | None = None,
        if_free: bool = False,
    ) -> Receipt:
        """Set what is given; absolute, and `Clash` when somebody wrote meanwhile, where the system can tell.

        `fields` by the desk's names of them; `Invalid` for one that it does not name. `if_free`: `Invalid`, too, when
        somebody is assigned by now. Details: `status`, `priority`.
        `before`: those given, and `fields.<name>` of each field.
        """
        ...

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        """Tags that are there already stay as they are (absolute). `before`: `tags` that were not there, to remove."""
        ...

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        """What is not there cannot go twice (absolute); nothing carries its key. `before`: `tags` that were there."""
        ...

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """Close `duplicate` as a part of `into`, another ticket of the same requester; no customer hears of it, and no
        word that was said is lost. `Invalid`, and nothing is done, when either cannot be: it is closed already, say.
        Details: `into`, its number. `before`: `status` of the duplicate, where it can be opened again."""
        ...

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        """The receipt of this merge, or None when it has not happened, or not all of it yet."""
        ...


class Outlet(Protocol):
    """The way out of a channel that we host ourselves."""

    most_an_hour: int | None  # replies in one conversation; more means that two machines talk

    def send(self, letter: Outgoing, about_to: Callable[[], None]) -> str:
        """Hand it in (relative); its id at the channel. Calls `about_to` right before the first request that may send,
        and raises `Unconfirmed` whenever a part of it may have gone."""
        ...

    def find(self, letter: Outgoing) -> str | None:
        """Its id, when it was sent; None when it surely was not. `Unconfirmed` when the channel cannot tell."""
        ...


class MoneyWriter(Protocol):
    """Moving money."""

    system: str

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        """Give back `amount` of this charge (relative). Details: `amount`, `status`, `created`."""
        ...

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        """The receipt of the refund that carries `key`, or None."""
        ...

    def credit(self, customer: Ref, amount: Money, *, key: str) -> Receipt:
        """Lower the customer's next invoices by `amount` (relative). Details: `amount`, `created`."""
        ...

    def take_back_credit(self, customer: Ref, credit: str, *, key: str) -> Receipt:
        """Undo the credit whose receipt has the id `credit` (relative). Details: `amount`, `created`.

        `Missing` unless it is one of ours; `Invalid` when it was taken back already, or so much is not left of it.
        """
        ...

    def find_credit(self, customer: Ref, *, key: str) -> Receipt | None:
        """The receipt of the credit, or of its taking back, that carries `key`; or None."""
        ...

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        """Send the invoice to the customer's billing address. Details: `number`."""
        ...


class SubscriptionWriter(Protocol):
    """Changing subscriptions: each write is absolute, but for the days of a trial, which are added once for a key.

    Details of all: `plan`, `price`, `interval`, [`renews`], [`ends`], [`resumes`], [`trial_ends`]. `before` of all:
    `price` (the plan's id), `paused`, `resumes_at`, `cancels`, `trial_ends_at`.
    """

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        """Let it end with the paid period."""
        ...

    def keep_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        """Let it go on after the paid period: the undo of a cancellation that has not come yet."""
        ...

    def pause_subscription(self, subscription: Ref, *, days: int | None, key: str) -> Receipt:
        """Take no money from now on, and owe none for it later; after so many `days` it resumes by itself."""
        ...

    def resume_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        """Take money again, from the next period on."""
        ...

    def change_plan(self, subscription: Ref, plan: Ref, *, key: str) -> Receipt:
        """Move it to another plan now; what is paid already is settled by days on the next invoice."""
        ...

    def extend_trial(self, subscription: Ref, days: int, *, key: str) -> Receipt:
        """Let a trial that is still running end so many days later than it would have. `Invalid` when there is none."""
        ...

    def find_change(self, changed: Ref, *, key: str) -> Receipt | None:
        """The receipt of the latest change of its kind to this subscription or customer, if it carries `key`."""
        ...


class AccountWriter(Protocol):
    """Changing what billing knows of a customer: each write is absolute. Details and `before` are personal."""

    def update_contact(
        self, customer: Ref, *, key: str, email: str | None = None, phone: str | None = None, name: str | None = None
    ) -> Receipt:
        """Set what is given; empty removes it. Details: `email`, `phone`, `name`. `before`: those given."""
        ...

    def update_address(self, customer: Ref, address: Address, *, key: str) -> Receipt:
        """Replace the address as a whole. Details: `address`, on one line. `before`: the fields of `Address`."""
        ...


class BillingWriter(MoneyWriter, SubscriptionWriter, AccountWriter, Protocol):
    """All that can be changed where charges and subscriptions are the truth. No customer is ever deleted."""


class RelationsWriter(Protocol):
    """Writing in a CRM."""

    system: str

    def update_fields(self, contact: Ref, values: Mapping[str, str], *, key: str) -> Receipt:
        """Set these fields of a contact (absolute). `Invalid` for one that the desk does not allow, before anything is
        sent. Details: the fields given, by the desk's names of them. `before`: those of them that were otherwise."""
        ...

    def add_note(self, contact: Ref, text: str, *, key: str) -> Receipt:
        """A note on the contact (relative). Details: `text_sha256`."""
        ...

    def add_task(self, contact: Ref, subject: str, text: str, due: date, *, key: str) -> Receipt:
        """A task for whoever owns the contact (relative). Details: `subject`, `due`."""
        ...

    def find_entry(self, contact: Ref, *, key: str) -> Receipt | None:
        """The receipt of the note or task that carries `key`, or None."""
        ...


class Mailer(Protocol):
    """Sending e-mail. Nobody can be asked later whether a letter went out, so there is nothing to find."""

    system: str

    def send(self, to: str, subject: str, text: str, *, key: str) -> Receipt:
        """One letter to one address (relative). Details: `to`, `subject`. The id is its Message-ID.

        `Unconfirmed` when the answer to the whole letter was lost: only a person may have it sent again.
        """
        ...


class AlertWriter(Protocol):
    """Telling people of the company, in one place that `desk.toml` names."""

    findable: bool  # whether `find` is proof

    def send(self, subject: str, text: str, *, key: str) -> Receipt:
        """Tell it (relative)."""
        ...

    def find(self, *, key: str) -> Receipt | None:
        """The receipt of what was told under this key, or None; always None where nobody can be asked."""
        ...


class OwnWriter(Protocol):
    """A system of the company's own, which its actions change. An action's file says how an effect is found again."""

    system: str

    def send(self, call: Call, *, key: str, repeatable: bool) -> Read[Any]:
        """Do it; the JSON of the answer. `repeatable`: a second copy of this very call is harmless there."""
        ...

    def ask(self, call: Call) -> Read[Any]:
        """As `OwnSystem.ask`: to look whether an effect happened."""
        ...
