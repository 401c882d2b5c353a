"""The simulation of growth: it keeps its books, and names the bottleneck that was put there."""

from dataclasses import replace

import pytest
from benchmarks.scaling import SCALES, Costs, Plan, Prices, demand, planned, simulate


@pytest.mark.parametrize("tickets", SCALES)
def test_what_is_planned_bears_the_day(tickets: int) -> None:
    found = simulate(tickets, Costs(), Prices())
    assert max(found.used.values()) <= 0.71
    assert found.left <= 0.001 * tickets * Costs().messages_per_ticket


@pytest.mark.parametrize("station", list(demand(Costs())))
def test_a_station_that_is_too_small_is_named_and_its_messages_wait(station: str) -> None:
    costs = replace(Costs(), database_cpu_s=0.4)  # so that no station stands in another's shadow
    enough = planned(1_000_000, costs)
    field = {"lock": "databases", "database": "database_cores", "workers": "worker_cores", "models": "models"}[station]
    plan = replace(enough, **{field: max(1, getattr(enough, field) // 3)})
    found = simulate(1_000_000, costs, Prices(), plan)
    assert found.bottleneck == station
    assert found.waiting_s_p99 > 60


def test_one_database_bears_what_its_lock_lets_through_and_no_more() -> None:
    plan = Plan(1, 10_000, 10_000, 1_000_000)
    assert simulate(400_000, Costs(), Prices(), plan).waiting_s_p99 < 60
    assert simulate(3_000_000, Costs(), Prices(), plan).bottleneck == "lock"
    assert simulate(3_000_000, Costs(), Prices(), plan).left > 0


def test_the_same_seed_gives_the_same_day() -> None:
    assert simulate(10_000, Costs(), Prices()) == simulate(10_000, Costs(), Prices())
