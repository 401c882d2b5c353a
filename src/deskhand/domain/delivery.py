"""One delivery at our door: it only wakes us, the ticket is read again."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ref import Ref


@dataclass(frozen=True)
class BillingEvent:
    """Something happened at a billing system: `kind` in its own words, `about` what is to be read again."""

    source: str
    id: str
    kind: str
    about: Ref


@dataclass(frozen=True)
class Delivery:
    """`id` is unique in `source` and stops repeats; `ticket` is a `Ref` as text, `message` an id on that ticket.

    `received_at` is when the customer's words reached the channel, as far as we know.
    """

    source: str
    id: str
    ticket: str
    message: str
    channel: str
    received_at: datetime
