"""The figures of the ledger of outcomes: who handled tickets, and how they ended. Definitions: docs/outcomes.md."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.ledger_of_outcomes import Told, ledger, tickets
from deskhand.measurement.outcomes import Handler, TicketOutcome, outcome
from deskhand.measurement.shares import Share, share

DEFINITION = 1  # raised when a rule changes, so that figures of two versions are never compared unawares
LONG = timedelta(days=30)
GOOD = (TicketOutcome.CONFIRMED, TicketOutcome.VERIFIED)


@dataclass(frozen=True)
class FollowUps:
    """Conversations in which we asked for something that we need. `abandoned`: closed as such; `followed_up`: those
    that got one reminder, and `back`: those of them whose customer wrote again within the window after it."""

    abandoned: int
    followed_up: int
    back: Share


@dataclass(frozen=True)
class Outcomes:
    """Of the tickets that closed since `since` (None: ever). `matrix` is handler by state. `maturing`: those whose
    window runs still, of all closed ones. `deflection`: confirmed or verified by the assistant alone, of the mature
    ones. `containment`: confirmed, verified or contained by the assistant alone, of all closed ones. `any_contact`:
    those whose customer wrote again within the window on whatever, the strictest rate of all. `refused`: of those
    confirmed or verified, where policy refused something. `left_out`: what is no ticket, by reason."""

    definition: int
    window_days: float
    since: datetime | None
    closed: int
    matrix: Mapping[str, Mapping[str, int]]
    closed_by: Mapping[str, int]
    maturing: Share
    deflection: Share
    containment: Share
    recontacted: Share
    any_contact: Share
    refused: Share
    open: int
    open_over_30_days: int
    left_out: Mapping[str, int]
    follow_ups: FollowUps


def outcomes(lines: Iterable[JournalLine], now: datetime, window: timedelta, since: datetime | None = None) -> Outcomes:
    """In one pass over the journal; the order of lines of different tickets does not matter."""
    made = ledger(lines, now)
    every = list(tickets(made, window))
    left = Counter(one.no_ticket for one in made.every() if one.no_ticket)
    closed = [one for one in every if (at := one.facts.closed_at) and (since is None or at >= since)]
    ended = [(one, outcome(one.facts, now, window)) for one in closed]
    cells = Counter((one.stretch.handler, state) for one, state in ended)
    alone = Counter({state: count for (handler, state), count in cells.items() if handler is Handler.ASSISTANT})
    mature = [one for one in closed if _mature(one, now, window)]
    good = [one for one, state in ended if state in GOOD]
    waiting = [one for one in every if one.facts.closed_at is None]
    deflected = sum(
        one.stretch.handler is Handler.ASSISTANT and state in GOOD and _mature(one, now, window) for one, state in ended
    )
    return Outcomes(
        definition=DEFINITION,
        window_days=window / timedelta(days=1),
        since=since,
        closed=len(closed),
        matrix={str(who): {str(state): cells[who, state] for state in TicketOutcome} for who in Handler},
        closed_by=dict(sorted(Counter(one.stretch.closed_by for one in closed).items())),
        maturing=share(len(closed) - len(mature), len(closed)),
        deflection=share(deflected, len(mature)),
        containment=share(sum(alone[state] for state in (*GOOD, TicketOutcome.CONTAINED)), len(closed)),
        recontacted=share(sum(state is TicketOutcome.RECONTACTED for _, state in ended), len(closed)),
        any_contact=share(sum(one.wrote_at is not None for one in closed), len(closed)),
        refused=share(sum(one.stretch.refused for one in good), len(good)),
        open=len(waiting),
        open_over_30_days=sum(now - one.stretch.opened_at > LONG for one in waiting),
        left_out=dict(sorted(left.items())),
        follow_ups=_follow_ups(every, [one for one, state in ended if state is TicketOutcome.ABANDONED]),
    )


def _mature(one: Told, now: datetime, window: timedelta) -> bool:
    return one.facts.closed_at is not None and one.facts.closed_at + window <= now


def _follow_ups(every: list[Told], abandoned: list[Told]) -> FollowUps:
    reminded = [one for one in every if one.stretch.followed_up_at]
    return FollowUps(
        abandoned=sum(one.stretch.asked for one in abandoned),
        followed_up=len(reminded),
        back=share(sum(one.back_at is not None for one in reminded), len(reminded)),
    )
