"""Changing other people's systems. Only `execution/` may import this file; a model's code cannot name a write.

Every write takes the effect's `key`, and every writer answers `find_effect`: whether that effect already happened.
A write raises `Unconfirmed` when nobody can tell, and another `ConnectorError` when it was surely not done.
"""

from typing import Protocol

from deskhand.domain.action import Receipt
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class TicketWriter(Protocol):
    """Writing on a ticket."""

    system: str

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """Add a comment: to the customer when `public`, else a note among agents."""
        ...

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        """The receipt of the comment that carries `key`, or None when there is none."""
        ...


class BillingWriter(Protocol):
    """Moving money, and what goes with it."""

    system: str

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        """Give back `amount` of this charge. Receipt details: `amount`, `status`, `created`."""
        ...

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        """The receipt of the refund that carries `key`, or None."""
        ...

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        """Let it end with the paid period (absolute: twice is harmless). Receipt details: `ends`."""
        ...

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        """Send the invoice to the customer's billing address. Receipt details: `number`."""
        ...

    def change_email(self, customer: Ref, email: str, *, key: str) -> Receipt:
        """Keep this customer under another address (absolute: twice is harmless)."""
        ...


class Mailer(Protocol):
    """Sending a letter by e-mail."""

    system: str

    def send(self, to: str, subject: str, text: str, *, key: str) -> Receipt:
        """A second time with the same key it is the same letter."""
        ...
