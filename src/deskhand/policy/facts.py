"""The facts that rules may name: the interface between policy files and code. An action declares its own beside these.

A nested class is a group: `charge: ChargeFacts` with `amount: Money` declares the fact `charge.amount`.
None means unknown. Facts are read from systems of record; only the group `signal` is an opinion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from types import NoneType
from typing import Any, get_args, get_type_hints

from deskhand.domain.calendar import Calendar
from deskhand.domain.money import Money


@dataclass(frozen=True)
class TicketFacts:
    """`owner` is "assistant" or whoever took the ticket; `customer` is the matched customer's `Ref` as text, or ""."""

    owner: str
    customer: str
    verified: bool


@dataclass(frozen=True)
class CustomerFacts:
    """`tier` and `flagged` are unknown when the customer is; a rule that asks for them asks `known` first."""

    known: bool
    tier: str | None
    flagged: bool | None


@dataclass(frozen=True)
class IdentityFacts:
    """`attested`: the help desk, or the company's own token, vouches for who writes. `proven`: a one-time code that was
    sent to the address on file came back in time."""

    attested: bool
    proven: bool


@dataclass(frozen=True)
class TakeoverFacts:
    """Signs that somebody else may have the account; unknown when a system that was to tell did not answer."""

    signals: list[str] | None


@dataclass(frozen=True)
class OfficeFacts:
    """By the calendar of desk.toml; unknown when it has none."""

    open: bool | None
    holiday: bool | None


@dataclass(frozen=True)
class Base:
    """What every action knows. `stage` is read-only, assisted or autonomous; `actor` is whoever asks for it: assistant
    or agent."""

    now: datetime
    stage: str
    channel: str
    actor: str
    ticket: TicketFacts
    customer: CustomerFacts
    identity: IdentityFacts
    takeover: TakeoverFacts
    office: OfficeFacts


@dataclass(frozen=True)
class HistoryFacts:
    """From our own ledger, read in the transaction that reserves; what is open counts. A day is 24 hours, a month 30
    days, both up to now; amounts are in the action's currency, and unknown when it moves no money.

    `alone` is what moved for this customer without a person, `total` all that moved for them, `desk` what moved for
    all customers together without a person. `times`: how often this action was done for this customer.
    """

    alone_day: Money | None
    alone_month: Money | None
    total_day: Money | None
    total_month: Money | None
    desk_day: Money | None
    desk_month: Money | None
    times_day: int
    times_month: int


@dataclass(frozen=True)
class ActionFacts:
    """`confirmed`: the customer said yes to exactly this action. `own`: its object is this customer's; unknown when
    nobody can tell whose it is."""

    confirmed: bool
    own: bool | None


@dataclass(frozen=True)
class ActionBase(Base):
    """What every action but `turn` knows besides."""

    history: HistoryFacts
    action: ActionFacts


@dataclass(frozen=True)
class TalkFacts:
    """`turns`: messages of the customer so far, this one included. `failed`: actions declined on this ticket.

    `repeats`: how often one thing was said again without getting further. `questions`: our last replies in a row that
    only asked. `contacts`: the customer's tickets of the last 30 days, this one included; only this one while we do not
    know for sure who writes. `customers`: how many the writer may be. `time_left`: until the answer that was promised
    is due, negative when that is past; unknown without a promise.
    """

    turns: int
    failed: int
    requests: int
    repeats: int = 0
    questions: int = 0
    contacts: int = 1
    customers: int = 1
    has_deadline: bool = False
    time_left: timedelta | None = None


@dataclass(frozen=True)
class SignalFacts:
    """A brain's opinion of the message. May stand only in the `when` of a rule that restricts. `confidence`: of what
    the least sure request is about, in percent; 100 when nothing is asked for."""

    wants_human: bool
    sentiment: str
    urgency: str
    language: str
    risks: list[str]
    automatic: bool = False
    churn_risk: bool = False
    repeated: bool = False
    rising: bool = False
    confidence: int = 100


@dataclass(frozen=True)
class PredictedFacts:
    """`percent`: how likely the ticket is to end with a person; unknown when nobody predicted. `learned`: by a model
    that was trained on this desk's own journal, and not by fixed points."""

    percent: int | None
    learned: bool


@dataclass(frozen=True)
class TurnFacts(Base):
    """Facts of the pseudo-action `turn`, decided for every message before the assistant may answer."""

    talk: TalkFacts
    signal: SignalFacts
    predicted: PredictedFacts


@dataclass(frozen=True)
class ActionSchema:
    """`types`: every fact that rules on an action may name, by flat name. `adverse`: it always needs a person. `apart`:
    it is done in a system that many desks have none of, so that no rule on it is nothing to tell of."""

    types: Mapping[str, type]
    adverse: bool = False
    apart: bool = False


def office_at(calendar: Calendar | None, now: datetime) -> OfficeFacts:
    """Whether the office is open at this moment."""
    return OfficeFacts(calendar.open(now), calendar.holiday(now)) if calendar else OfficeFacts(None, None)


def types_of(cls: type, prefix: str = "") -> dict[str, type]:
    """Every fact that rules on this action may name, with its type."""
    out: dict[str, type] = {}
    for name, kind in get_type_hints(cls).items():
        if NoneType in get_args(kind):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        out |= types_of(kind, f"{prefix}{name}.") if _is_group(kind) else {prefix + name: kind}
    return out


def values_of(facts: Any, prefix: str = "") -> dict[str, Any]:
    """The known facts under their flat names. Whatever is None is left out: unknown, never false or zero."""
    out: dict[str, Any] = {}
    for each in fields(facts):
        value = getattr(facts, each.name)
        if _is_group(type(value)):
            out |= values_of(value, f"{prefix}{each.name}.")
        elif value is not None:
            out[prefix + each.name] = value
    return out


def _is_group(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not Money
