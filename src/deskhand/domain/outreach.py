"""Writing to a customer first: about which event, how far that came, and who wants no such message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.digest import digest
from deskhand.domain.finding import Value

CONTACT = "contact_customer"  # the action's name
CHANNEL = "proactive"  # of everything that nobody wrote to us
FIRST = "proactive:contact:"  # what a journal calls the place of one contact begins with this


class ContactState(StrEnum):
    """OPEN is looked at again; all others are final. NOTED: their open ticket got a note instead. SUGGESTED: it is
    with an agent; LAPSED: it is no longer so, or too late."""

    OPEN = "open"
    SUGGESTED = "suggested"
    CONTACTED = "contacted"
    HELD_OUT = "held_out"
    NOTED = "noted"
    REJECTED = "rejected"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Noticed:
    """An event, of `kind`, that a rule may be about. `id` is its own and never changes: the charge, the order, the
    incident. Whose it is: a `customer` of billing (a `Ref` as text) or an `email`; `facts` are what is known of it."""

    kind: str
    id: str
    at: datetime
    facts: Mapping[str, Value]
    customer: str = ""
    email: str = ""

    @property
    def origin(self) -> str:
        """Tells this event of this customer before anybody has looked up who that is."""
        return digest([self.kind, self.id, self.customer or self.email.casefold()])


@dataclass(frozen=True)
class Contact:
    """One event, one family of rules, one customer: at most one message. `origin`: see `Noticed`; `facts` are those it
    was noticed with; `ticket` is where a reply lands, when we know; `solved`: whether it was over when we looked again.
    """

    key: str
    family: str
    kind: str
    event: str
    origin: str
    customer: str
    at: datetime
    facts: Mapping[str, Value]
    noticed_at: datetime
    state: ContactState = ContactState.OPEN
    why: str = ""
    settled_at: datetime | None = None
    ticket: str = ""
    solved: bool | None = None

    @property
    def place(self) -> str:
        """What ledger and journal call the ticket of it: nobody wrote one."""
        return place_of(self.key)


@dataclass(frozen=True)
class OptOut:
    """`customer` is a `Ref` as text; `by` is "customer", who used the link in a message, or a person's id."""

    customer: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Permission:
    """What is true at this moment of a contact that somebody would make: the address on file, and whether they agreed
    to hear of this (None: nobody knows). `service`: it is about their own money, and needs no agreement."""

    kind: str
    email: str
    service: bool
    consent: bool | None


def key_of(family: str, customer: str, event: str) -> str:
    """The ledger's key of a contact: neither a rule's text nor its id is in it."""
    return f"proactive/{family}/{customer}/{event}"


def place_of(key: str) -> str:
    return f"{FIRST}{digest(key)[:24]}"
