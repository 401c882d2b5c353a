"""What a desk does and how it stands, in the text format of Prometheus (0.0.4)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from deskhand.bootstrap import BOUNDS, DAYS, Standing, Tally
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.metric import Metric, Unit

TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Base units: by how much a value of ours is multiplied, and how its name ends.
UNITS = {
    Unit.PERCENT: (0.01, "_ratio"),
    Unit.POINTS: (0.01, "_ratio"),
    Unit.SECONDS: (1.0, "_seconds"),
    Unit.MINUTES: (60.0, "_seconds"),
    Unit.MILLISECONDS: (0.001, "_seconds"),
    Unit.DOLLARS: (1.0, "_dollars"),
    Unit.TICKETS: (1.0, "_tickets"),
    Unit.COUNT: (1.0, ""),
}
Labels = Mapping[str, str]


def exposition(tally: Tally, now: Standing, at: datetime) -> str:
    """Everything; nothing of a customer stands in it."""
    return "".join([*_counted(tally), *_standing(now, at), *_systems(now), *_figures(now)])


def _counted(tally: Tally) -> Iterator[str]:
    received = [({"channel": name}, n) for name, n in tally.received.items()]
    yield _family("messages_received_total", "counter", "Messages that came in.", received)
    endings = [({"outcome": how, "procedure": which}, n) for (how, which), n in tally.endings.items()]
    told = "How messages ended, under each of their procedures; again when a person decided on one."
    yield _family("message_endings_total", "counter", told, endings)
    handoffs = [({"reason": name}, n) for name, n in tally.handoffs.items()]
    yield _family("handoffs_total", "counter", "Messages that were handed to people.", handoffs)
    effects = [({"action": name}, n) for name, n in tally.effects.items()]
    yield _family("effects_total", "counter", "Effects done outside, replies and notes among them.", effects)
    calls = [({"purpose": purpose, "failure": why}, n) for (purpose, why), n in tally.calls.items()]
    yield _family("model_calls_total", "counter", "Calls of language models.", calls)
    tokens = [({"direction": name}, n) for name, n in tally.tokens.items()]
    yield _family("model_tokens_total", "counter", "Tokens that went to language models, and came back.", tokens)
    yield _family(
        "model_cost_dollars_total", "counter", "Cost of the calls whose price is known.", [({}, tally.dollars)]
    )
    told = "Calls whose price is not known: their cost is in no sum."
    yield _family("model_calls_unpriced_total", "counter", told, [({}, tally.unpriced)])
    yield _family(
        "runs_failed_total", "counter", "Runs that ended in an error; people have their tickets.", [({}, tally.failed)]
    )
    yield _work(tally)


def _work(tally: Tally) -> str:
    name = "deskhand_message_own_work_seconds"
    sums = list(accumulate(tally.work[place] for place in range(len(BOUNDS) + 1)))
    rows = [f'{name}_bucket{{le="{bound:g}"}} {n}' for bound, n in zip(BOUNDS, sums, strict=False)]
    rows += [f'{name}_bucket{{le="+Inf"}} {sums[-1]}', f"{name}_sum {tally.work_s!r}", f"{name}_count {sums[-1]}"]
    told = "Our own time on a message each time it ended, without that of models."
    return f"# HELP {name} {told}\n# TYPE {name} histogram\n" + "\n".join(rows) + "\n"


def _standing(now: Standing, at: datetime) -> Iterator[str]:
    runs = [({"state": name}, n) for name, n in now.runs.items()]
    yield _family(
        "runs", "gauge", "Runs that wait for their turn or their time, are under way, or ended in an error.", runs
    )
    told = "How long the oldest run waits for its turn; 0 when none does."
    yield _family("queue_oldest_seconds", "gauge", told, [({}, _age(now.queued_since, at))])
    waiting = [({"queue": name}, n) for name, n in now.waiting.items()]
    yield _family("tickets_waiting", "gauge", "Tickets in the queues of the workspace.", waiting)
    told = "How long the oldest suggestion waits for a person; 0 when none does."
    yield _family("suggestion_oldest_seconds", "gauge", told, [({}, _age(now.decide_since, at))])
    yield _family("drift_alarms_open", "gauge", "Drift alarms that nobody has handled.", [({}, now.alarms)])
    yield _family("pauses", "gauge", "Pauses that stand.", [({}, now.pauses)])
    yield _family("workers", "gauge", "Workers that are alive, in all processes.", [({}, now.workers)])
    yield _family("state_free_bytes", "gauge", "Room where the desk's state lies.", [({}, now.free_bytes)])
    told = "Tickets that are open for over 30 days and so have no outcome."
    yield _family("tickets_open_over_30_days", "gauge", told, [({}, now.open_over_30_days)])
    yield _family("journal_lines_total", "counter", "Lines of the journal.", [({}, now.lines)])
    yield _family("rollup_lines_behind", "gauge", "Lines of the journal that no figure counts yet.", [({}, now.behind)])


def _systems(now: Standing) -> Iterator[str]:
    calls = [({"system": name}, n) for name, n in now.calls.items()]
    yield _family("connector_calls_total", "counter", "Calls that a connected system answered.", calls)
    errors = [({"system": name, "kind": kind}, n) for (name, kind), n in now.errors.items()]
    yield _family("connector_errors_last_hour", "gauge", "Calls of the last hour that failed.", errors)
    resting = [({"system": name}, seconds) for name, seconds in now.resting.items()]
    told = "For how long a system is still not asked, since it did not answer."
    yield _family("connector_resting_seconds", "gauge", told, resting)


def _figures(now: Standing) -> Iterator[str]:
    """Those that are told: a gap says that there is too little to tell."""
    for one in METRICS:
        value = now.figures[one.key]
        if value.value is not None and one.enough(value):
            times, _ = UNITS[one.unit]
            told = f"{one.name}, of the last {DAYS} days."
            yield _family(figure(one), "gauge", told, [({}, times * value.value)])
    cases = [({"figure": one.key}, now.figures[one.key].n) for one in METRICS]
    yield _family("figure_cases", "gauge", f"Cases behind each figure of the last {DAYS} days.", cases)


def figure(one: Metric) -> str:
    """Its name, behind "deskhand_"."""
    _, ending = UNITS[one.unit]
    return f"figure_{one.key}{'' if one.key.endswith(ending) else ending}"


def _family(name: str, kind: str, told: str, samples: Sequence[tuple[Labels, float]]) -> str:
    full = f"deskhand_{name}"
    rows = [f"{full}{_labels(labels)} {value!r}" for labels, value in samples]
    return "\n".join([f"# HELP {full} {told}", f"# TYPE {full} {kind}", *rows]) + "\n"


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _age(since: datetime | None, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds()) if since else 0.0
