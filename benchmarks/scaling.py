"""`python -m benchmarks.scaling`: a day of many tickets through queues whose costs were measured, and its price.

A simulation in minutes, not a test: arrivals by a Poisson process over a day's profile, four stations in a row, each
with a capacity a minute; what does not fit waits. Costs are read from `Costs`, whose comments say where they come from.
"""

import argparse
import json
import math
import random
from dataclasses import asdict, dataclass, replace

DAY, HOUR = 1440, 60  # minutes
SCALES = (10_000, 100_000, 1_000_000, 10_000_000)
FULL = 0.7  # share of a station's capacity that is planned for at the busiest hour
# Share of a day's tickets in each hour, in one time zone; the busiest is 2.2 times the mean.
PROFILE = (6, 4, 3, 3, 4, 8, 16, 34, 62, 84, 92, 88, 76, 78, 86, 84, 74, 60, 44, 34, 26, 20, 14, 9)


@dataclass(frozen=True)
class Costs:
    """Of one message unless it says otherwise. [M] measured here, [R] read in a vendor's pages, [B] believed."""

    messages_per_ticket: float = 1.5  # [B]
    worker_cpu_s: float = 0.056  # [M] docs/performance.md, with a model's adapter, without its time
    database_cpu_s: float = 0.014  # [M] 10 ms for the engine's ten entries; [B] 4 ms for our forty statements
    locked_cpu_s: float = 0.017  # [M] docs/scaling.md: in nine transactions, while they hold the lock
    locked_statements: float = 35  # [B] in them
    round_trip_s: float = 0.0003  # [B] of one statement, to a database beside the worker
    kilobytes: float = 20  # [M] 18 kept for a message, docs/performance.md; [B] 2 for its model calls
    model_calls: float = 2  # [M] docs/performance.md
    model_s: float = 4  # [B] of one call
    input_tokens: float = 5960  # [M] of both calls, a hundred procedures
    output_tokens: float = 600  # [B]


@dataclass(frozen=True)
class Prices:
    """US dollars, all assumed: give your own on the command line."""

    vcpu_hour: float = 0.05
    database_vcpu_hour: float = 0.14
    gigabyte_month: float = 0.12
    million_input: float = 0.40
    million_output: float = 1.60


@dataclass(frozen=True)
class Plan:
    """What is set up for a day: databases, cores and calls of models at a time."""

    databases: int
    worker_cores: int
    database_cores: int
    models: int


@dataclass(frozen=True)
class Found:
    tickets: int
    plan: Plan
    bottleneck: str  # the station that is used most in the busiest hour
    used: dict[str, float]  # share of each station's capacity in the busiest hour
    waiting_s_p99: float  # until a message has passed all stations, their own work left out
    left: int  # messages that had not passed when the day ended
    gigabytes_a_year: float
    dollars_a_day: dict[str, float]
    dollars_a_ticket: float


def demand(costs: Costs) -> dict[str, float]:
    """Seconds of each station that one message takes; of the lock, of one database's."""
    return {
        "lock": costs.locked_cpu_s + costs.locked_statements * costs.round_trip_s,
        "database": costs.database_cpu_s,
        "workers": costs.worker_cpu_s,
        "models": costs.model_calls * costs.model_s,
    }


def planned(tickets: int, costs: Costs) -> Plan:
    """Enough for the busiest hour at `FULL`. A desk lives on one database: more of them are more desks."""
    peak = tickets * costs.messages_per_ticket * max(PROFILE) / sum(PROFILE) / 3600
    need = {name: math.ceil(peak * seconds / FULL) for name, seconds in demand(costs).items()}
    return Plan(max(1, need["lock"]), max(1, need["workers"]), max(need["lock"], need["database"], 1), need["models"])


def capacity(plan: Plan) -> dict[str, int]:
    return {
        "lock": plan.databases,
        "database": plan.database_cores,
        "workers": plan.worker_cores,
        "models": plan.models,
    }


def simulate(tickets: int, costs: Costs, prices: Prices, plan: Plan | None = None, seed: int = 0) -> Found:
    """One day. Without a plan, the one that fits."""
    plan, rng = plan or planned(tickets, costs), random.Random(seed)
    seconds, servers = demand(costs), capacity(plan)
    passes = {name: 60 * servers[name] / seconds[name] for name in seconds}
    queues, done, waits = dict.fromkeys(seconds, 0.0), 0.0, []
    arrived = 0
    for minute in range(DAY):
        mean = tickets * costs.messages_per_ticket * PROFILE[minute // HOUR] / sum(PROFILE) / HOUR
        came = float(max(0, round(rng.gauss(mean, math.sqrt(mean)))))
        arrived += int(came)
        waited = 0.0
        for name in seconds:
            queues[name] += came
            came = min(queues[name], passes[name])
            queues[name] -= came
            waited += 60 * queues[name] / passes[name]
        done += came
        waits.append((waited, came))
    peak = tickets * costs.messages_per_ticket * max(PROFILE) / sum(PROFILE) / HOUR
    used = {name: round(peak / passes[name], 3) for name in seconds}
    money = dollars(tickets, costs, prices, plan)
    return Found(
        tickets=tickets,
        plan=plan,
        bottleneck=max(used, key=lambda name: used[name]),
        used=used,
        waiting_s_p99=round(_p99(waits), 1),
        left=max(0, round(arrived - done)),
        gigabytes_a_year=round(365 * tickets * costs.messages_per_ticket * costs.kilobytes / 1e6, 1),
        dollars_a_day={name: round(value, 2) for name, value in money.items()},
        dollars_a_ticket=round(sum(money.values()) / tickets, 5),
    )


def dollars(tickets: int, costs: Costs, prices: Prices, plan: Plan) -> dict[str, float]:
    """A day's; storage is that of a year's tickets."""
    messages = tickets * costs.messages_per_ticket
    tokens = costs.input_tokens * prices.million_input + costs.output_tokens * prices.million_output
    return {
        "workers": 24 * plan.worker_cores * prices.vcpu_hour,
        "databases": 24 * max(2 * plan.databases, plan.database_cores) * prices.database_vcpu_hour,
        "storage": 365 * messages * costs.kilobytes / 1e6 * prices.gigabyte_month / 30,
        "models": messages * tokens / 1e6,
    }


def _p99(waits: list[tuple[float, float]]) -> float:
    """Of messages, not of minutes."""
    limit, seen = 0.99 * sum(count for _, count in waits), 0.0
    for waited, count in sorted(waits):
        seen += count
        if seen >= limit:
            return waited
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    for given in (Costs(), Prices()):
        for name, value in asdict(given).items():
            parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=value)
    parser.add_argument("--tickets", type=int, action="append", help="a day; may be given again")
    told = vars(parser.parse_args())
    costs = replace(Costs(), **{name: told[name] for name in asdict(Costs())})
    prices = replace(Prices(), **{name: told[name] for name in asdict(Prices())})
    found = [simulate(tickets, costs, prices) for tickets in told["tickets"] or SCALES]
    print(json.dumps([asdict(one) for one in found], indent=2))


if __name__ == "__main__":
    main()
