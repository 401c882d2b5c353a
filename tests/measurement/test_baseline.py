"""How it was before the assistant, over an imported history of known truth: reductions equal those of plain loops."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest
from tests.measurement.summed import sums_of
from tests.measurement.test_truth import cost, good, mature, quantile, share, tickets
from tests.measurement.truth import START, Truth, history

from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket
from deskhand.measurement.baseline import baseline
from deskhand.measurement.entries import entries
from deskhand.measurement.every_metric import BY_KEY, measured
from deskhand.measurement.metric import About, Costs, Value
from deskhand.measurement.sums import Sums
from deskhand.measurement.weekly import lines
from deskhand.understanding.courtesies import says_something

WINDOW, NOW = timedelta(days=7), START + timedelta(days=45)
ADA = Requester("Ada", "ada@example.com", verified=True)
COSTS = Costs(agent_hour=36.0, fixed_month=365.25, minutes_before=11.0)
HELD = ("first_response", "resolution_time", "cost_per_resolution")


@dataclass(frozen=True)
class Past:
    """One imported ticket as it was meant: seconds from the customer's message to the first and the last answer."""

    first: float | None
    last: float | None
    solved: bool


def imported(number: int, random: Random) -> tuple[Ticket, Past | None]:
    """None where it tells nothing of people before the assistant."""
    came = START - timedelta(days=random.randrange(1, 300), seconds=random.randrange(86_400))
    fate = random.choices(("answered", "unanswered", "ours", "nobody", "later"), (20, 2, 1, 1, 1))[0]
    if fate == "later":
        came = START + timedelta(days=1)
    told: list[tuple[float, Author, bool, str]] = [(0, Author.CUSTOMER, fate != "nobody", "Where is my invoice?")]
    answers: list[float] = []
    if fate in ("answered", "later"):
        told.append((60, Author.AGENT, True, "Hello!"))  # a greeting answers nothing
        told.append((90, Author.AGENT, False, "Note: look at the ledger."))
        answers = sorted(random.choice((1200.5, 3600.0, 15_120.0, 67_320.0)) * step for step in range(1, 3))
        told += [(after, Author.AGENT, True, "It went out on 3 March.") for after in answers]
    if fate == "ours":
        told.append((5, Author.ASSISTANT, True, "It went out on 3 March."))
    status = random.choice((Status.SOLVED, Status.CLOSED, Status.OPEN))
    messages = tuple(
        Message(str(place), who, public=public, text=text, sent_at=came + timedelta(seconds=after))
        for place, (after, who, public, text) in enumerate(told, 1)
    )
    ref = Ref("desk", "ticket", str(number))
    ticket = Ticket(ref, "Export", status, "email", ADA, frozenset(), "v1", came, messages)
    if fate not in ("answered", "unanswered"):
        return ticket, None
    first, last = (answers[0], answers[-1]) if answers else (None, None)
    return ticket, Past(first, last, bool(answers) and status is not Status.OPEN)


def past(count: int, seed: int = 3) -> tuple[Sums, list[Past]]:
    random = Random(seed)
    both = [imported(number, random) for number in range(count)]
    return baseline((one for one, _ in both), START, says_something), [meant for _, meant in both if meant]


@pytest.fixture(scope="module")
def now() -> tuple[list[Truth], Sums]:
    truth, journal = history(1_200, 5)
    found = [one for one in entries(journal, WINDOW, NOW) if not one.ticket.endswith("-again")]
    return [one for one in truth if one.came <= NOW], sums_of(found, NOW, WINDOW)


def values(sums: Sums, before: Sums | None, costs: Costs = COSTS) -> dict[str, Value]:
    return measured(sums, About(45.0, sums["n"]["closed"], costs, before=before))


def reduction(now: float, before: float) -> float:
    return 100 * (now / before - 1)


def test_reductions_are_those_of_plain_loops_over_the_truth(now: tuple[list[Truth], Sums]) -> None:
    truth, sums = now
    before, meant = past(600)
    solved = [one for one in meant if one.solved]
    was = {
        "first_response": quantile([one.first for one in meant if one.first is not None], 0.5),
        "resolution_time": quantile([one.last for one in solved if one.last is not None], 0.5) / 60,
        "cost_per_resolution": 36.0 * 11 / 60 * len(meant) / len(solved),
    }
    # Of `cost`, with its fixed costs of twelve dollars a day and a cent a second.
    is_now = {
        "first_response": quantile([one.response for one in tickets(truth) if one.response is not None], 0.5),
        "resolution_time": quantile([one.last or 0 for one in good(truth)], 0.5) / 60,
        "cost_per_resolution": cost(truth),
    }
    found = values(sums, before)
    assert share(len(mature(truth)), len(truth)) > 50, "enough of them are over"
    for key in HELD:
        parts = found[key].parts
        assert parts["before the assistant"] == pytest.approx(was[key], rel=1e-9), key
        assert parts["change, %"] == pytest.approx(reduction(is_now[key], was[key]), rel=1e-9), key
    assert found["resolution_time"].parts["cases before"] == len(solved)


@pytest.mark.parametrize("before", [None, 10])
def test_without_history_or_with_a_handful_of_it_the_change_is_unknown(
    now: tuple[list[Truth], Sums], before: int | None
) -> None:
    found = values(now[1], past(before)[0] if before else None)
    for key in HELD:
        assert found[key].value is not None
        assert found[key].parts["change, %"] is None, key


def test_without_what_an_agent_spent_on_a_ticket_only_the_cost_before_is_unknown(now: tuple[list[Truth], Sums]) -> None:
    found = values(now[1], past(600)[0], Costs(agent_hour=36.0, fixed_month=365.25))
    assert found["cost_per_resolution"].parts["before the assistant"] is None
    assert found["resolution_time"].parts["change, %"] is not None


def test_the_week_tells_what_a_resolution_cost_before(now: tuple[list[Truth], Sums]) -> None:
    before, _ = past(600)
    found = values(now[1], before)
    by_key = {one.metric.key: one for one in lines(found, found, measured(before, About(0, 0, COSTS)))}
    told = by_key["cost_per_resolution"].past
    assert told is not None
    assert told.value == found["cost_per_resolution"].parts["before the assistant"]
    assert told.n >= BY_KEY["cost_per_resolution"].needs


def test_a_model_without_a_price_leaves_a_cost_at_least(now: tuple[list[Truth], Sums]) -> None:
    truth, sums = now
    known = values(sums, None)["cost_per_resolution"].value
    unpriced = {**sums, "n": {**sums["n"], "mature unpriced": 2, "unpriced": 2}}
    found = values(unpriced, None)
    assert found["cost_per_resolution"].value is None
    assert found["cost_per_resolution"].parts["at least"] == pytest.approx(known)
    assert found["model_cost"].parts["at least"] == pytest.approx(
        sum(call or 0 for one in tickets(truth) for call in one.calls) / len(tickets(truth))
    )
    assert BY_KEY["cost_per_resolution"].met(found["cost_per_resolution"]) is None


def test_when_a_ticket_came_decides_whether_it_was_before() -> None:
    ticket, _ = imported(1, Random(1))
    came: datetime = ticket.created_at
    assert baseline([ticket], came + timedelta(seconds=1), says_something)
    assert not baseline([ticket], came, says_something)
