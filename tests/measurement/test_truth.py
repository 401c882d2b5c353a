"""Every metric over 5,000 tickets with known truth, against plain loops that share nothing with what computes them."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from math import ceil, floor, log10
from random import Random

import pytest
from tests.measurement.histories import mixed
from tests.measurement.summed import sums_of
from tests.measurement.truth import START, Truth, history

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.entries import entries
from deskhand.measurement.entry import Entry
from deskhand.measurement.every_metric import METRICS, measured
from deskhand.measurement.metric import About, Costs, Value, When

WINDOW = timedelta(days=7)
NOW = START + timedelta(days=45)
COSTS = Costs(agent_hour=36.0, fixed_month=365.25)  # a cent a second; twelve dollars a day
ABOUT_DAYS = 45.0
Told = tuple[list[Truth], list[JournalLine], list[Entry], dict[str, Value]]


@pytest.fixture(scope="module")
def told() -> Told:
    truth, lines = history(5_000)
    found = [one for one in entries(lines, WINDOW, NOW) if not one.ticket.endswith("-again")]
    sums = sums_of(found, NOW, WINDOW)
    about = About(ABOUT_DAYS, sums["n"]["closed"], COSTS, cohort=sums)
    return [one for one in truth if one.came <= NOW], lines, found, measured(sums, about)


def state(one: Truth) -> str:
    assert one.closed is not None
    over = one.closed + WINDOW
    if any(same and when < over and when <= NOW for when, same in one.back):
        return "recontacted"
    if one.solved:
        return "confirmed"
    if one.last is None or one.asked:
        return "abandoned"
    return "verified" if one.known and over <= NOW else "contained"


def closed(truth: list[Truth]) -> list[Truth]:
    return [one for one in truth if one.closed and one.closed <= NOW and not one.left_out]


def tickets(truth: list[Truth]) -> list[Truth]:
    return [one for one in truth if not one.left_out]


def good(truth: list[Truth]) -> list[Truth]:
    return [one for one in closed(truth) if state(one) in ("confirmed", "verified")]


def mature(truth: list[Truth]) -> list[Truth]:
    return [one for one in closed(truth) if one.closed and one.closed + WINDOW <= NOW]


def quantile(seconds: list[float], q: float) -> float:
    """Nearest rank, of times to three digits."""
    rounded = []
    for one in seconds:
        ms = round(one * 1000)
        step = 100 if ms < 100_000 else 10 ** (floor(log10(ms)) - 2)
        rounded.append(round(ms / step) * step / 1000)
    return sorted(rounded)[ceil(q * len(rounded)) - 1]


def share(n: int, of: int) -> float:
    return 100 * n / of


def test_every_ticket_is_in_one_state_and_in_the_one_that_was_meant(told: Told) -> None:
    truth, _, found, _ = told
    cells = Counter((one.handler, str(one.state(WINDOW, over=one.mature(NOW, WINDOW)))) for one in found
                    if one.closed_at and not one.left_out)  # fmt: skip
    assert cells == Counter((one.handler, state(one)) for one in closed(truth))
    assert sum(cells.values()) == len(closed(truth)) > 3_500
    assert {name for _, name in cells} == {"confirmed", "verified", "contained", "abandoned", "recontacted"}


def behind(truth: list[Truth], handler: str) -> list[tuple[int, str]]:
    """Score and subject of each rating."""
    rated = [one for one in closed(truth) if one.score and one.closed and one.closed + timedelta(minutes=5) <= NOW]
    return [(one.score or 0, one.procedure or "answers") for one in rated if one.handler == handler]


def csat(truth: list[Truth], handler: str) -> float:
    scores = [score for score, _ in behind(truth, handler)]
    return share(sum(score >= 4 for score in scores), len(scores))


def csat_difference(truth: list[Truth]) -> float:
    whole = Counter(one.procedure or "answers" for one in closed(truth))
    found = 0.0
    for name, n in whole.items():
        arms = [[score for score, about in behind(truth, who) if about == name] for who in ("assistant", "human")]
        satisfied = [sum(score >= 4 for score in scores) / len(scores) for scores in arms]
        found += n * (satisfied[0] - satisfied[1]) / whole.total()
    return 100 * found


def escalation(truth: list[Truth]) -> float:
    turned = [one for one in tickets(truth) if one.turns]
    return share(sum(bool(one.reason) for one in turned), len(turned))


def cost(truth: list[Truth]) -> float:
    model = sum(sum(dollars or 0 for dollars in one.calls) for one in mature(truth))
    seconds = sum(min(one.review, 600) for one in mature(truth) if one.review)
    fixed = 12 * ABOUT_DAYS * len(mature(truth)) / len(closed(truth))
    solved = [one for one in mature(truth) if state(one) in ("confirmed", "verified")]
    return (model + seconds / 100 + fixed) / len(solved)


def productivity(truth: list[Truth]) -> float:
    days = {(one.acted.date(), one.agent) for one in closed(truth) if one.acted}
    return sum(bool(one.acted) for one in good(truth) if one.handler != "assistant") / len(days)


def without_people(truth: list[Truth]) -> float:
    alone = [one for one in tickets(truth) if one.handler == "assistant" and one.messages == 1 and not one.acted]
    return share(sum(not one.asked for one in alone), len(tickets(truth)))


def compliance(truth: list[Truth]) -> float:
    effects = [allowed for one in truth if one.left_out != "test" for allowed in one.effects]
    return share(sum(effects), len(effects))


def decided(truth: list[Truth]) -> float:
    return share(
        sum(one.decision == "approved" for one in tickets(truth)), sum(bool(one.decision) for one in tickets(truth))
    )


def deflection(truth: list[Truth]) -> float:
    base = [one for one in mature(truth) if one.arm != "hold-out"]
    solved = [one for one in base if one.handler == "assistant" and state(one) in ("confirmed", "verified")]
    return share(len(solved), len(base))


def containment(truth: list[Truth]) -> float:
    states = ("confirmed", "verified", "contained")
    return share(sum(one.handler == "assistant" and state(one) in states for one in closed(truth)), len(closed(truth)))


def of_tickets(flag: Callable[[Truth], bool], among: Callable[[Truth], bool]) -> Callable[[list[Truth]], float]:
    def told(truth: list[Truth]) -> float:
        base = [one for one in tickets(truth) if among(one)]
        return share(sum(map(flag, base)), len(base))

    return told


EXPECTED: dict[str, Callable[[list[Truth]], float | None]] = {
    "tickets": lambda truth: len(tickets(truth)),
    "deflection": deflection,
    "containment": containment,
    "alone": without_people,
    "recontacted": lambda truth: share(sum(state(one) == "recontacted" for one in closed(truth)), len(closed(truth))),
    "first_response": lambda truth: quantile([one.response for one in tickets(truth) if one.response is not None], 0.5),
    "resolution_time": lambda truth: quantile([one.last or 0 for one in good(truth)], 0.5) / 60,
    "escalation": escalation,
    "handoff_context": lambda truth: (
        100 * mean([one.context for one in tickets(truth) if one.context is not None])
    ),
    "repeat_questions": of_tickets(lambda one: bool(one.asked_again), lambda one: one.asked_again is not None),
    "csat_assistant": lambda truth: csat(truth, "assistant"),
    "csat_people": lambda truth: csat(truth, "human"),
    "csat_difference": csat_difference,
    "accuracy": of_tickets(lambda one: one.grade == "right", lambda one: bool(one.grade)),
    "hallucination": of_tickets(lambda one: one.invented, lambda one: bool(one.grade)),
    "caught": of_tickets(lambda one: one.caught, lambda one: bool(one.drafts)),
    "compliance": compliance,
    "unedited": decided,
    "cost_per_resolution": cost,
    "model_cost": lambda truth: sum(call or 0 for one in tickets(truth) for call in one.calls) / len(tickets(truth)),
    "productivity": productivity,
    "retention": lambda truth: None,
    "knowledge_gap": of_tickets(lambda one: one.reason == "no_source", lambda one: True),
    "own_work": lambda truth: sorted(
        one.own for one in tickets(truth) for _ in range(one.messages)
    )[ceil(sum(one.messages for one in tickets(truth)) / 2) - 1],
}  # fmt: skip


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize("key", [one.key for one in METRICS])
def test_every_metric_is_what_a_plain_loop_over_the_truth_finds(told: Told, key: str) -> None:
    truth, _, _, values = told
    expected = EXPECTED[key](truth)
    assert values[key].value == (None if expected is None else pytest.approx(expected, rel=1e-9))
    assert values[key].n > 0 or expected is None


def test_what_stands_beside_the_metrics_is_true_as_well(told: Told) -> None:
    truth, _, _, values = told
    first, resolution = values["first_response"].parts, values["resolution_time"].parts
    responses = [one.response for one in tickets(truth) if one.response is not None]
    assert first["p95"] == quantile(responses, 0.95)
    assert first["mean"] == pytest.approx(mean(responses))
    assert first["never answered"] == sum(one.response is None for one in tickets(truth))
    waited = sum(one.waited for one in good(truth))
    assert resolution["waiting for the customer, %"] == pytest.approx(
        100 * waited / sum(one.last or 0 for one in good(truth)), rel=1e-6
    )
    escalated = values["escalation"].parts
    reasons = Counter(one.reason for one in tickets(truth) if one.reason)
    assert {name.removeprefix("because: "): n for name, n in escalated.items() if "because" in name} == reasons
    assert escalated["asked for a person"] == sum(one.wants for one in tickets(truth))
    drafted = sum(one.drafted for one in tickets(truth))
    changed = 100 * sum(one.changed for one in tickets(truth)) / drafted
    assert values["unedited"].parts["changed of drafted characters, %"] == pytest.approx(changed)
    assert values["handoff_context"].parts["corrections a handoff"] == pytest.approx(
        sum(one.corrections for one in tickets(truth)) / sum(one.context is not None for one in tickets(truth))
    )


def test_the_order_of_lines_of_different_tickets_does_not_matter(told: Told) -> None:
    truth, lines, _, _ = told
    some = {one.name for one in truth[:800]}
    part = [line for line in lines if line.ticket.removesuffix("-again") in some]
    key = lambda one: (one.ticket, one.number)  # noqa: E731  (said once, used twice)
    again = sorted(entries(mixed(part, Random(1)), WINDOW, NOW), key=key)
    assert again == sorted(entries(part, WINDOW, NOW), key=key)
    by_clock = sorted(mixed(part, Random(2)), key=lambda line: (line.at, line.seq))
    assert sorted(entries(by_clock, WINDOW, NOW), key=key) == again


def test_the_tickets_behind_a_figure_are_those_that_it_counts(told: Told) -> None:
    _, _, found, values = told
    whose = {one.key: one for one in METRICS}
    when = When(NOW, WINDOW)
    for key in ("deflection", "containment", "alone", "recontacted", "repeat_questions", "knowledge_gap"):
        behind = [one for one in found if not one.left_out and whose[key].behind(one, when)]
        held_out = sum(one.held_out for one in behind) if key == "deflection" else 0
        assert len(behind) - held_out == values[key].parts["cases"], key
