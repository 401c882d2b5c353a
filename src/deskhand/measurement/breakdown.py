"""Tickets told apart by procedure, channel or language, and day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deskhand.measurement.metrics import quantile
from deskhand.measurement.tickets_seen import By, Seen

FEW = 5  # tickets of a day below which no share is drawn


@dataclass(frozen=True)
class Group:
    """`alone` and `escalated` are numbers of tickets; `wait` is the median of seconds to the first reply."""

    name: str
    tickets: int
    alone: int
    escalated: int
    wait: float | None


@dataclass(frozen=True)
class Days:
    """One value for each day, oldest first; None where there is too little to tell."""

    days: Sequence[date]
    tickets: Sequence[float | None]
    alone: Sequence[float | None]
    escalated: Sequence[float | None]
    wait: Sequence[float | None]


def breakdown(seen: Iterable[Seen], by: By) -> list[Group]:
    """The largest first."""
    found: dict[str, list[Seen]] = {}
    for one in seen:
        for name in one.groups(by):
            found.setdefault(name, []).append(one)
    groups = [_group(name, tickets) for name, tickets in found.items()]
    return sorted(groups, key=lambda one: (-one.tickets, one.name))


def days(seen: Iterable[Seen], last: date, count: int) -> Days:
    """Each ticket on the day (UTC) it came up."""
    wanted = [last - timedelta(days=count - 1 - place) for place in range(count)]
    found: dict[date, list[Seen]] = {}
    for one in seen:
        found.setdefault(one.began.date(), []).append(one)
    groups = [_group(str(day), found.get(day, [])) for day in wanted]
    told = [one if one.tickets >= FEW else None for one in groups]
    return Days(
        days=wanted,
        tickets=[float(one.tickets) for one in groups],
        alone=[100 * one.alone / one.tickets if one else None for one in told],
        escalated=[100 * one.escalated / one.tickets if one else None for one in told],
        wait=[one.wait if one else None for one in told],
    )


def _group(name: str, tickets: Sequence[Seen]) -> Group:
    waits = [one.wait for one in tickets if one.wait is not None]
    alone, escalated = sum(one.alone for one in tickets), sum(one.escalated for one in tickets)
    return Group(name, len(tickets), alone, escalated, quantile(waits, 0.5))
