"""What a connector is: how a desk names it, what it needs, which roles it plays, and how its credentials are proved.

Ours and other people's are the same: one `Connector` in a package, offered as an entry point of the group
`deskhand.connectors`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import httpx2
from pydantic import BaseModel, ConfigDict, Field

from deskhand.connectors.http.pace import Pace as Pace
from deskhand.connectors.http.vitals import NEVER_ASKED, Vitals
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.world import World as World
from deskhand.domain.delivery import BillingEvent, Delivery
from deskhand.ports.reads import (
    AttachmentReads,
    BillingLedger,
    CustomerDirectory,
    CustomerRelations,
    DueTimes,
    TicketDesk,
    TicketFeed,
)
from deskhand.ports.writes import BillingWriter, RelationsWriter, TicketWriter

# (headers in lower case, raw body, our clock) -> the delivery; None when it is no customer's message.
Verify = Callable[[Mapping[str, str], bytes, datetime], Delivery | None]
VerifyEvent = Callable[[Mapping[str, str], bytes, datetime], BillingEvent]


class Role(StrEnum):
    """What a system is to a desk."""

    TICKETS = "tickets"
    CUSTOMERS = "customers"
    RELATIONS = "relations"
    BILLING = "billing"


class Table(BaseModel):
    """What every `[systems.<name>]` of a desk may say; a connector's own table adds to it.

    `poll_minutes`: how often a help desk is asked what changed, beside its events; 0 for never.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    twin: bool = False
    address: str = ""
    poll_minutes: float = Field(default=5, ge=0)


@dataclass(frozen=True)
class Secret:
    """Read from DESKHAND_<NAME>. `about` says in half a sentence what it is."""

    name: str
    about: str
    optional: bool = False


@dataclass(frozen=True)
class Given:
    """What a desk gives a connector. `secret` raises `DeskFault` for one that is not set, and gives "" for an optional
    one; `transport` leads to a twin or the network, None to public addresses only. `reads_only`: nothing that writes
    is made of it, and its clients refuse to write."""

    table: Any  # the connector's own table, checked
    secret: Callable[[str], str]
    clock: Callable[[], datetime]
    transport: httpx2.BaseTransport | None = None
    pace: Pace | None = None
    reads_only: bool = False
    made: list[Wire] = field(default_factory=list, repr=False)

    def wire(self, address: str, **options: Any) -> Wire:
        """The client for this address: through what stands in front of a twin, and within the vendor's limit."""
        wire = Wire(address, transport=self.transport, pace=self.pace, reads_only=self.reads_only, **options)
        self.made.append(wire)
        return wire

    def vitals(self) -> Vitals:
        """How the system fares, as the client shows it that asked it most."""
        return max((one.vitals() for one in self.made), key=lambda one: one.calls, default=NEVER_ASKED)


@dataclass(frozen=True)
class Roles:
    """What a connector plays on a desk; None for what it does not. `wire` is asked how it fares."""

    wire: Wire
    tickets: TicketDesk | None = None
    replies: TicketWriter | None = None
    feed: TicketFeed | None = None
    due: DueTimes | None = None
    attachments: AttachmentReads | None = None
    customers: CustomerDirectory | None = None
    relations: CustomerRelations | None = None
    relations_writer: RelationsWriter | None = None
    billing: BillingLedger | None = None
    billing_writer: BillingWriter | None = None
    verify: Verify | None = None
    verify_event: VerifyEvent | None = None


@dataclass(frozen=True)
class Right:
    """One thing that the credentials allow or lack. `needed` is "reading", "writing", or "" for more than we need."""

    name: str
    granted: bool
    needed: str


@dataclass(frozen=True)
class Proof:
    """What the vendor says of our credentials. `expires` where it tells, or where all of a kind end on one day."""

    account: str
    rights: tuple[Right, ...] = ()
    expires: date | None = None


class Twin(Protocol):
    """A small stand-in of a system. `secrets` are what its client signs in with, by name."""

    app: Any  # an ASGI application
    server: str
    secrets: Mapping[str, str]

    def seeded(self) -> bool: ...

    def seed(self, world: World) -> None: ...


@runtime_checkable
class HelpDeskTwin(Protocol):
    """A twin whose made-up customers can be spoken for."""

    def receive(self, email: str, text: str) -> tuple[dict[str, str], bytes]:
        """They open a ticket: headers and body of the signed event about it."""
        ...


@dataclass(frozen=True)
class Connector:
    """`steps` are what a person clicks, true on `steps_as_of`; `reading` and `writing` the least scopes for each.

    `check` raises a `ConnectorError` when the credentials are not accepted. `guards_versions`: whether the vendor
    refuses a write on a ticket that somebody changed meanwhile. `tried_live`: whether anybody met the real service.
    """

    system: str
    title: str
    plays: frozenset[Role]
    table: type[Table]
    secrets: tuple[Secret, ...]
    steps: tuple[str, ...]
    steps_as_of: date
    reading: tuple[str, ...]
    writing: tuple[str, ...]
    connect: Callable[[Given], Roles]
    check: Callable[[Given], Proof]
    twin: Callable[[Path, Callable[[], datetime]], Twin] | None = None
    webhook: tuple[str, ...] = ()  # what a person clicks for its events; empty where we poll
    pace: Pace | None = None
    guards_versions: bool = True
    tried_live: bool = False
