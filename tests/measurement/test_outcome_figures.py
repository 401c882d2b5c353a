"""The figures of a history of some thousand tickets, against a computation that shares nothing with them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.measurement.histories import START, History, mixed

from deskhand.domain.journal_line import JournalLine
from deskhand.entrypoints.cli.report.metrics import told
from deskhand.measurement.outcome_figures import outcomes
from deskhand.measurement.shares import share

WINDOW = timedelta(days=7)
TICKETS = 4_000
PACKET = {"queue": "support", "reason": "asked", "completeness": 1.0, "blank": []}


@dataclass
class Plan:
    """What is meant to become of one ticket, said in the words of the definitions and not in those of the journal."""

    name: str
    customer: str
    known: bool
    handler: str
    ending: str  # "good", "asked" or "nothing": what the customer has when it closes
    reminded: bool
    closed: datetime | None
    solved: datetime | None = None
    back: list[tuple[datetime, bool]] = field(default_factory=list)  # (when, whether about the same)

    def state(self, now: datetime) -> str:
        assert self.closed is not None
        over = self.closed + WINDOW
        if any(same and when < over for when, same in self.back):
            return "recontacted"
        if self.solved and self.solved < over and self.ending != "nothing":
            return "confirmed"
        if self.ending != "good":
            return "abandoned"
        return "verified" if self.known and now >= over else "contained"


def planned(random: Random, number: int) -> Plan:
    closed = START + timedelta(minutes=random.randrange(60 * 24 * 40))
    handler = random.choice(["assistant"] * 4 + ["assisted", "human"])
    ending = "good" if handler == "human" else random.choice(["good"] * 4 + ["asked", "nothing"])
    return Plan(
        name=f"desk:ticket:{number}",
        customer=f"crm:customer:{number}",
        known=random.random() < 0.8,
        handler=handler,
        ending=ending,
        reminded=ending == "asked" and random.random() < 0.5,
        closed=closed if random.random() < 0.95 else None,
    )


def events(random: Random, plan: Plan) -> Iterator[tuple[datetime, str, str, dict[str, Any]]]:
    """(at, kind, ticket, body), in order; what happens after closing is noted on the plan."""
    at = (plan.closed or START + timedelta(days=50)) - timedelta(hours=80)

    def message(
        at: datetime, ticket: str, name: str, **more: Any
    ) -> Iterator[tuple[datetime, str, str, dict[str, Any]]]:
        body: dict[str, Any] = {"message": name, "outcome": "resolved", "stage": "autonomous", "procedures": ["refund"]}
        body |= {"customer": plan.customer, "verified": plan.known, "thanks": False, "automatic": False}
        body |= {"unknown": False, "actions": [], "citations": 0}
        yield at, "message.received", ticket, {"message": name, "channel": "email"}
        yield at + timedelta(seconds=9), "message.ended", ticket, body | more

    kinds: dict[str, dict[str, Any]] = {
        "good": {},
        "asked": {"outcome": "asked"},
        "nothing": {"outcome": "answered", "procedures": [], "unknown": True},
    }
    if plan.handler == "human":
        yield from message(at, plan.name, "1", outcome="handed_off", handoff=PACKET)
        sent = {"message": "a1", "sent_at": (at + timedelta(hours=1)).isoformat(), "meaningful": True}
        yield at + timedelta(hours=1), "agent.answered", plan.name, sent
    else:
        yield from message(at, plan.name, "1", **kinds[plan.ending])
    if plan.handler == "assisted":
        yield at + timedelta(hours=2), "suggestion.settled", plan.name, {"state": random.choice(["approved", "edited"])}
    if random.random() < 0.2:
        yield from message(at + timedelta(hours=3), plan.name, "thanks", outcome="asked", thanks=True, procedures=[])
    if plan.reminded:
        yield at + timedelta(hours=4), "conversation.followed_up", plan.name, {"by": "email"}
    early = plan.ending != "nothing" and random.random() < 0.2
    if early:
        plan.solved = at + timedelta(hours=5)
        yield plan.solved, "solved.said", plan.name, {"solved": True, "how": "button"}
    if plan.closed is None:
        return
    yield plan.closed, "ticket.closed", plan.name, {"by": "timer", "why": "", "waiting": False}
    after = sorted(
        plan.closed + timedelta(hours=random.randrange(1, 24 * 10)) for _ in range(random.choice([0, 0, 1, 2]))
    )
    for number, when in enumerate(after):
        what = random.choice(["solved", "same", "other", "not solved"])
        elsewhere = f"{plan.name}-{number}"
        if what == "solved":
            plan.solved = plan.solved or when
            yield when, "solved.said", plan.name, {"solved": True, "how": "button"}
        elif what == "not solved":
            plan.back.append((when, True))
            yield when, "solved.said", plan.name, {"solved": False, "how": "button"}
        else:
            told_at = when + timedelta(seconds=9)
            same = what == "same" or plan.ending == "nothing"  # nobody knows what that one was about
            plan.back.append((told_at, same))
            more = {} if what == "same" else {"procedures": ["address"]}
            yield from message(when, elsewhere, "1", **more)


@dataclass(frozen=True)
class World:
    plans: list[Plan]
    lines: list[JournalLine]
    now: datetime


@pytest.fixture(scope="module")
def world() -> World:
    random = Random(3)
    plans = [planned(random, number) for number in range(TICKETS)]
    every = [event for plan in plans for event in events(random, plan)]
    history = History()
    for at, kind, ticket, body in sorted(every, key=lambda event: event[0]):
        history.at = at
        history.add(kind, ticket, **body)
    return World(plans, history.lines, START + timedelta(days=60))


def test_every_cell_of_the_matrix_is_as_it_was_planned(world: World) -> None:
    for days in (20, 35, 60):
        now = START + timedelta(days=days)
        found = outcomes(world.lines, now, WINDOW)
        closed = [one for one in world.plans if one.closed and one.closed <= now]
        seen = [Plan(**{**vars(one), "back": [x for x in one.back if x[0] <= now]}) for one in closed]
        seen = [
            Plan(**{**vars(one), "solved": one.solved if one.solved and one.solved <= now else None}) for one in seen
        ]
        cells = Counter((one.handler, one.state(now)) for one in seen)
        assert {(who, state): n for who, row in found.matrix.items() for state, n in row.items() if n} == cells
        mature = [one for one in seen if one.closed and one.closed + WINDOW <= now]
        deflected = [
            one for one in mature if one.handler == "assistant" and one.state(now) in ("confirmed", "verified")
        ]
        contained = [
            n
            for (who, state), n in cells.items()
            if who == "assistant" and state in ("confirmed", "verified", "contained")
        ]
        assert (found.closed, found.deflection.n, found.deflection.of) == (len(closed), len(deflected), len(mature))
        assert (found.containment.n, found.containment.of) == (sum(contained), len(closed))
        assert found.maturing.n == len(closed) - len(mature)
        assert sum(n for row in found.matrix.values() for n in row.values()) == found.closed


def test_reminders_are_counted_with_who_came_back(world: World) -> None:
    found = outcomes(world.lines, world.now, WINDOW).follow_ups
    reminded = [one for one in world.plans if one.reminded]
    back = [one for one in reminded if _back(one, world.lines)]
    assert (found.followed_up, found.back.n, found.back.of) == (len(reminded), len(back), len(reminded))


def _back(plan: Plan, lines: list[JournalLine]) -> bool:
    at = next(line.at for line in lines if line.ticket == plan.name and line.kind == "conversation.followed_up")
    return any(
        same and at < when < at + WINDOW for when, same in plan.back if (when, same) not in _buttons(plan, lines)
    )


def _buttons(plan: Plan, lines: list[JournalLine]) -> list[tuple[datetime, bool]]:
    return [(line.at, True) for line in lines if line.ticket == plan.name and line.kind == "solved.said"]


def test_the_order_in_which_lines_of_different_tickets_arrive_does_not_matter(world: World) -> None:
    assert outcomes(world.lines, world.now, WINDOW) == outcomes(mixed(world.lines, Random(5)), world.now, WINDOW)


def test_a_period_holds_the_tickets_that_closed_in_it(world: World) -> None:
    since = START + timedelta(days=30)
    found = outcomes(world.lines, world.now, WINDOW, since)
    assert found.closed == sum(bool(one.closed and one.closed >= since) for one in world.plans)


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(0, 0, None, None), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (98, 100, 0.9300, 0.9945)],
)
def test_the_interval_is_wilsons(n: int, of: int, low: float | None, high: float | None) -> None:
    found = share(n, of)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_no_share_is_told_without_its_number(world: World) -> None:
    lines = list(told(outcomes(world.lines, world.now, WINDOW)))
    assert all(" of " in line and "95 % interval" in line for line in lines if " %" in line)
    assert any("nothing to measure" in line for line in told(outcomes([], START, WINDOW)))
