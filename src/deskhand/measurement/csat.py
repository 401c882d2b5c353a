"""How satisfied customers say they are, by who handled the ticket and by how it ended, and who does not answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement import ledger_of_outcomes
from deskhand.measurement.ledger_of_outcomes import Ledger, tickets
from deskhand.measurement.outcomes import outcome
from deskhand.measurement.shares import Share, share

ASKED, GIVEN = "csat.asked", "csat.given"
KINDS = ledger_of_outcomes.KINDS | {ASKED, GIVEN}
BUTTONS = frozenset({"widget", "chat"})  # channels whose own page asks at the end
SATISFIED = 4  # and above
ENOUGH = 30  # ratings below which nothing is said
Place = tuple[str, int]  # ticket and stretch


@dataclass(frozen=True)
class Rated:
    """`answered`: of those who were asked. `satisfied`: scores of 4 and 5, of those who answered."""

    answered: Share
    satisfied: Share

    @property
    def enough(self) -> bool:
        return self.satisfied.of >= ENOUGH


@dataclass(frozen=True)
class Csat:
    """Of tickets that closed in a time. Who answers is not like who does not: so both stand beside each other, by
    handler and by how the ticket ended. `not_asked`: closed without a question."""

    closed: int
    not_asked: int
    all: Rated
    by_handler: Mapping[str, Rated]
    by_outcome: Mapping[str, Rated]


@dataclass
class _Group:
    asked: int = 0
    scores: list[int] = field(default_factory=list)

    def rated(self) -> Rated:
        satisfied = sum(one >= SATISFIED for one in self.scores)
        return Rated(share(len(self.scores), self.asked), share(satisfied, len(self.scores)))


def csat(lines: Iterable[JournalLine], now: datetime, window: timedelta, since: datetime | None = None) -> Csat:
    """In one pass. A rating belongs to the stretch that was open or had closed last when it came; the newest of
    several counts. By buttons everybody is asked who is still there, so every closed ticket of a chat counts as
    asked."""
    made, asked, given = Ledger(), set[Place](), dict[Place, int]()
    for line in lines:
        if line.kind in (ASKED, GIVEN):
            last = made.last(line.ticket)
            place = (line.ticket, int(line.body.get("stretch") or (last.number if last else 1)))
            if line.kind == ASKED:
                asked.add(place)
            else:
                given[place] = int(line.body["score"])
        else:
            made.take(line)
    handlers: dict[str, _Group] = defaultdict(_Group)
    outcomes: dict[str, _Group] = defaultdict(_Group)
    whole, closed, left = _Group(), 0, 0
    for told in tickets(made, window):
        stretch = told.stretch
        if stretch.closed_at is None or (since is not None and stretch.closed_at < since):
            continue
        closed += 1
        place = (stretch.ticket, stretch.number)
        if place not in asked and place not in given and stretch.channel not in BUTTONS:
            left += 1
            continue
        state = outcome(told.facts, now, window)
        for group in (whole, handlers[str(stretch.handler)], outcomes[str(state)]):
            group.asked += 1
            if place in given:
                group.scores.append(given[place])
    return Csat(
        closed,
        left,
        whole.rated(),
        {name: one.rated() for name, one in sorted(handlers.items())},
        {name: one.rated() for name, one in sorted(outcomes.items())},
    )
