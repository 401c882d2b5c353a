"""One rule of `proactive/*.yaml`, checked: about which event, to whom, in which words, and within which bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.calendar import Span
from deskhand.domain.expression import Expression, Language
from deskhand.proactive.events import EVENTS, EventKind


@dataclass(frozen=True)
class Caps:
    """At most `per_customer` messages to one customer within `days`, and `desk_per_day` to all of them in 24 hours;
    the messages of all rules count."""

    per_customer: int
    days: int
    desk_per_day: int


@dataclass(frozen=True)
class Consent:
    """`field` is of a look-up ("crm.profile.health") or of the customer's record ("customer.metadata.news"); it says
    yes when it is true, or when it is the text `says`. Without `field`: whoever has not opted out agreed."""

    field: str = ""
    says: str = ""


@dataclass(frozen=True)
class Rule:
    """`family` names it in keys, stages and groups: it stays when the rule gets another id. `question`: of the
    company's database. `about`: procedures; an open ticket about one of them gets a note instead. `service`: needs no
    consent. `quiet` is in the customer's zone where the field `zone` tells one. `holdout`: a share of 1."""

    id: str
    family: str
    on: str
    question: str
    window: timedelta
    within: timedelta
    when: tuple[Expression, ...]
    about: tuple[str, ...]
    service: bool
    consent: Consent | None
    channel: str
    subject: str
    text: str
    spoken: str
    caps: Caps
    quiet: Span | None
    zone: str
    holdout: float
    language: Language
    types: Mapping[str, type]

    @property
    def event(self) -> EventKind:
        return EVENTS[self.on]

    @property
    def scope(self) -> str:
        """What a pause or a stage calls it, as if it were a procedure."""
        return scope_of(self.family)


def scope_of(family: str) -> str:
    return f"proactive/{family}"
