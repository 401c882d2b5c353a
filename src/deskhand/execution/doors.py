"""The systems that actions look at and change, by what they are to us."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.ports.reads import BillingLedger, OwnSystem
from deskhand.ports.writes import BillingWriter, OwnWriter, TicketWriter


@dataclass(frozen=True)
class Reads:
    """Where an action looks before policy decides; `own` by name."""

    billing: BillingLedger
    own: Mapping[str, OwnSystem] = field(default_factory=dict)


@dataclass(frozen=True)
class Writes:
    """Where an action acts; `tickets` and `own` by the name of their system."""

    billing: BillingWriter
    tickets: Mapping[str, TicketWriter]
    own: Mapping[str, OwnWriter] = field(default_factory=dict)
