"""Who a customer is to the company, as its CRM knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


@dataclass(frozen=True)
class Deal:
    """One deal that is still open. `stage` is the company's own word."""

    ref: Ref
    name: str
    stage: str
    amount: Money | None
    closes: date | None


@dataclass(frozen=True)
class Profile:
    """A contact of a CRM; what it does not say is "". `tier`, `subscription` and `health` are the company's own words,
    in lower case, from the fields that the desk names for them; `owner` is the agent who looks after them.

    `email` and `fields` are personal: `fields` are those that the desk lets us write, by its names of them."""

    contact: Ref
    name: str
    account: Ref | None
    account_name: str
    tier: str
    owner: str
    subscription: str
    health: str
    deals: tuple[Deal, ...]
    email: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
