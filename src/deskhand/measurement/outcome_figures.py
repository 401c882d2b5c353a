"""The figures of the ledger of outcomes: who handled tickets, and how they ended. Definitions: docs/outcomes.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.entries import entries
from deskhand.measurement.metric import VERSION
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.shares import Share, share
from deskhand.measurement.sums import GOOD, Sums, add, came, closed, number

LONG = timedelta(days=30)


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
    every = entries(lines, window, now)
    ever: Sums = {}
    ended: Sums = {}
    for one in every:
        add(ever, came(one))
        if one.closed_at and (since is None or one.closed_at >= since):
            add(ended, closed(one, window, mature=one.mature(now, window)))
    old = sum(not one.left_out and one.closed_at is None and now - one.came_at > LONG for one in every)
    return outcomes_of(ever, ended, window, since, old)


def outcomes_of(ever: Sums, ended: Sums, window: timedelta, since: datetime | None, old: int) -> Outcomes:
    """From what tickets come to: all that ever came up, and those that closed since then. `old`: how many are open for
    over 30 days."""
    cells, n = ended.get("matrix", {}), number(ended, "closed")
    matrix = {str(who): {str(state): cells.get(f"{who} {state}", 0) for state in TicketOutcome} for who in Handler}
    alone = matrix[str(Handler.ASSISTANT)]
    reminded = number(ever, "followed up")
    return Outcomes(
        definition=VERSION,
        window_days=window / timedelta(days=1),
        since=since,
        closed=n,
        matrix=matrix,
        closed_by=dict(sorted(ended.get("closed by", {}).items())),
        maturing=share(n - number(ended, "mature"), n),
        deflection=share(number(ended, "deflected"), number(ended, "mature, not held out")),
        containment=share(sum(alone[state] for state in (*GOOD, TicketOutcome.CONTAINED)), n),
        recontacted=share(sum(row[TicketOutcome.RECONTACTED] for row in matrix.values()), n),
        any_contact=share(number(ended, "wrote again"), n),
        refused=share(number(ended, "good, refused"), number(ended, "good")),
        open=number(ever, "open"),
        open_over_30_days=old,
        left_out=dict(sorted(ever.get("left out", {}).items())),
        follow_ups=FollowUps(number(ended, "abandoned, asked"), reminded, share(number(ever, "back"), reminded)),
    )
