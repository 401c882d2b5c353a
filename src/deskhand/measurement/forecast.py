"""How good predictions were: what was said of tickets, against what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, sqrt

DECILES = 10
REVIEWED = 0.1  # the share of tickets that people can look at
NORMAL_95 = 1.96


@dataclass(frozen=True)
class Scored:
    """A prediction after one message, and whether people got the ticket behind it; `at_once`: with that message."""

    ticket: str
    probability: float
    person: bool
    at_once: bool = False


@dataclass(frozen=True)
class Decile:
    """A tenth of the messages, by probability: what was said of them on average, and how many ended with a person."""

    low: float
    high: float
    messages: int
    said: float
    was: float


@dataclass(frozen=True)
class Ranked:
    """How well they are put in order. Each is None where there are not both kinds to tell apart.

    `auroc` is over messages, `auroc_low` and `auroc_high` its 95 % interval with tickets as the units. A ticket stands
    where its highest prediction puts it: `recall_top` is the share of the tickets that people got which is among the
    first tenth of all tickets, and `recall_best` what the best order would reach.
    """

    messages: int
    tickets: int
    people: int
    auroc: float | None
    auroc_low: float | None
    auroc_high: float | None
    recall_top: float | None
    recall_best: float | None


@dataclass(frozen=True)
class Forecast:
    """`ahead` leaves out the messages that gave their ticket away at once: what it says could still be used.

    `brier` is the mean square of what was missed by; `brier_base` what the share of tickets with people alone, said of
    every message, would have; `calibration_error` is the mean distance of the deciles, by messages.
    """

    all: Ranked
    ahead: Ranked
    brier: float | None
    brier_base: float | None
    calibration_error: float | None
    deciles: tuple[Decile, ...]


def forecast(scored: Sequence[Scored]) -> Forecast:
    """The order of `scored` does not matter."""
    deciles = _deciles(scored)
    count = len(scored)
    base = sum(one.person for one in scored) / count if count else 0.0
    return Forecast(
        all=ranked(scored),
        ahead=ranked([one for one in scored if not one.at_once]),
        brier=sum((one.probability - one.person) ** 2 for one in scored) / count if count else None,
        brier_base=base * (1 - base) if count else None,
        calibration_error=sum(one.messages * abs(one.said - one.was) for one in deciles) / count if count else None,
        deciles=deciles,
    )


def ranked(scored: Sequence[Scored]) -> Ranked:
    """Of these messages, and of the tickets they are on."""
    area, low, high = _auroc(scored)
    tickets: dict[str, tuple[float, bool]] = {}
    for one in scored:
        highest, person = tickets.get(one.ticket, (0.0, False))
        tickets[one.ticket] = (max(highest, one.probability), person or one.person)
    people = sum(person for _, person in tickets.values())
    room = ceil(REVIEWED * len(tickets))
    return Ranked(
        messages=len(scored),
        tickets=len(tickets),
        people=people,
        auroc=area,
        auroc_low=low,
        auroc_high=high,
        recall_top=_first(list(tickets.values()), room) / people if people else None,
        recall_best=min(room, people) / people if people else None,
    )


def _first(tickets: Sequence[tuple[float, bool]], room: int) -> float:
    """How many that people got are among the first `room`; of equals at the end, the share that has room."""
    found, left = 0.0, float(room)
    for _, same in groupby(sorted(tickets, reverse=True), key=lambda one: one[0]):
        group = [person for _, person in same]
        share = min(1.0, left / len(group))
        found += share * sum(group)
        left -= share * len(group)
        if left <= 0:
            break
    return found


def _auroc(scored: Sequence[Scored]) -> tuple[float | None, float | None, float | None]:
    """How often a message of a ticket that people got stands above one of another; of equals one half.

    The interval is the sandwich of DeLong's components, summed by ticket (Obuchowski 1997): messages of one ticket are
    no independent evidence.
    """
    hits, misses = sum(one.person for one in scored), sum(not one.person for one in scored)
    if not hits or not misses:
        return None, None, None
    above: list[float] = [0.0] * len(scored)  # the share of the other kind that stands on the right side of each
    order = sorted(range(len(scored)), key=lambda place: scored[place].probability)
    hits_below = misses_below = 0
    for _, same in groupby(order, key=lambda place: scored[place].probability):
        group = list(same)
        hits_here = sum(scored[place].person for place in group)
        misses_here = len(group) - hits_here
        for place in group:
            below, here, of = (
                (misses_below, misses_here, misses)
                if scored[place].person
                else (hits - hits_below - hits_here, hits_here, hits)
            )
            above[place] = (below + here / 2) / of
        hits_below, misses_below = hits_below + hits_here, misses_below + misses_here
    area = sum(above[place] for place, one in enumerate(scored) if one.person) / hits
    parts: dict[str, float] = {}
    for place, one in enumerate(scored):
        part = (above[place] - area) / (hits if one.person else misses)
        parts[one.ticket] = parts.get(one.ticket, 0.0) + part
    error = NORMAL_95 * sqrt(len(parts) / max(1, len(parts) - 1) * sum(part**2 for part in parts.values()))
    return area, max(0.0, area - error), min(1.0, area + error)


def _deciles(scored: Sequence[Scored]) -> tuple[Decile, ...]:
    """Ten parts of the same size, but equals are never parted: with few different predictions there are fewer."""
    order = sorted(scored, key=lambda one: one.probability)
    found: list[Decile] = []
    part: list[Scored] = []
    for _, same in groupby(order, key=lambda one: one.probability):
        part += same
        done = sum(one.messages for one in found) + len(part)
        if done >= (len(found) + 1) * len(order) / DECILES or done == len(order):
            found.append(_decile(part))
            part = []
    return tuple(found)


def _decile(part: Sequence[Scored]) -> Decile:
    return Decile(
        low=part[0].probability,
        high=part[-1].probability,
        messages=len(part),
        said=sum(one.probability for one in part) / len(part),
        was=sum(one.person for one in part) / len(part),
    )
