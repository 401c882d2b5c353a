"""The systems that actions look at and change, by what they are to us."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.ports.reads import BillingLedger, CustomerRelations, OwnSystem, Permissions, TicketDesk
from deskhand.ports.writes import AlertWriter, BillingWriter, Mailer, OwnWriter, RelationsWriter, TicketWriter


@dataclass(frozen=True)
class Reads:
    """Where an action looks before policy decides; `tickets` and `own` by the name of their system; no
    `relations` where no CRM is connected, no `permissions` where nobody is written to first."""

    billing: BillingLedger
    tickets: Mapping[str, TicketDesk] = field(default_factory=dict)
    own: Mapping[str, OwnSystem] = field(default_factory=dict)
    relations: CustomerRelations | None = None
    permissions: Permissions | None = None


@dataclass(frozen=True)
class Writes:
    """Where an action acts; `tickets` and `own` by the name of their system; `help_desk` is the one that takes new
    tickets; no `mail` where no way to send it is set up, and no `relations` where no CRM is connected; `alerts` by
    the name of the way. `hosted`: the system that is our own store, whose word on what was sent is our own memory."""

    billing: BillingWriter
    tickets: Mapping[str, TicketWriter]
    mail: Mailer | None = None
    help_desk: str = ""
    own: Mapping[str, OwnWriter] = field(default_factory=dict)
    relations: RelationsWriter | None = None
    alerts: Mapping[str, AlertWriter] = field(default_factory=dict)
    hosted: str = ""
