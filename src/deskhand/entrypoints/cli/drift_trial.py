"""How soon planted drift is found, and how often an alarm comes where nothing has changed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

from deskhand.entrypoints.cli.drift_world import START, Planted, World
from deskhand.measurement.drift.observed import Tickets
from deskhand.measurement.drift.signals import DESK
from deskhand.measurement.drift.watch import Alarm, Watch

LEARNED = 35  # days until every busy stream knows what is normal
PATIENCE = 28  # days that a planted drift is waited for
MONTH = 30
WEEK = 7  # days after which the tickets of the made-up desk are over

BUSY = "duplicate-charge"
# What is planted, by signal, and how large: more of a share, so many times a level, less confidence.
KINDS: Mapping[str, tuple[float, ...]] = {
    "rejections": (0.05, 0.10, 0.25, 0.40),
    "edits": (0.05, 0.10, 0.25, 0.40),
    "ungrounded": (0.03, 0.05, 0.10, 0.25),
    "unsatisfied": (0.10, 0.20, 0.40, 0.60),
    "upset": (0.05, 0.10, 0.25, 0.40),
    "returns": (0.05, 0.10, 0.25, 0.40),
    "escalations": (0.05, 0.10, 0.25, 0.40),
    "failures": (0.03, 0.05, 0.10, 0.25),
    "unknown": (0.05, 0.10, 0.20, 0.30),
    "topics": (0.05, 0.10, 0.20, 0.30),
    "confidence": (0.03, 0.05, 0.10, 0.20),
    "languages": (0.05, 0.10, 0.20, 0.40),
    "own_ms": (1.25, 1.5, 2.0, 3.0),
    "model_ms": (1.25, 1.5, 2.0, 3.0),
    "cost": (1.25, 1.5, 2.0, 3.0),
}
EVERYWHERE = frozenset({"unknown", "topics"})  # these are planted for the whole desk


@dataclass(frozen=True)
class Found:
    """`tickets` of the procedure (of the desk, where it is planted there) and `hours` from the start of the drift to
    its alarm, None where none came; `elsewhere`: alarms of other procedures that step them back."""

    tickets: int | None
    hours: float | None
    elsewhere: int


@dataclass(frozen=True)
class Stable:
    """Months of a desk on which nothing changes, learning apart, and the alarms that came all the same."""

    months: float
    alarms: tuple[Alarm, ...]

    @property
    def rate(self) -> float:
        return len(self.alarms) / self.months

    @property
    def bound(self) -> float:
        """The upper end of the one-sided 95 % interval of the rate (exact, Poisson)."""
        low, high, n = 0.0, 10.0 + 4.0 * len(self.alarms), len(self.alarms)
        while high - low > 1e-9:
            mean = (low + high) / 2
            below = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(n + 1))
            low, high = (mean, high) if below > 0.05 else (low, mean)
        return high / self.months


def stable(seed: int, months: int, *, speed: float = 1.0) -> Stable:
    """An alarm is handled at once, as one about nothing."""
    world, watch, alarms = World(seed, speed=speed), Watch(), list[Alarm]()
    for day in range(LEARNED + MONTH * months):
        for alarm in _day(world, watch, day):
            alarms.append(alarm)
            watch.streams[alarm.procedure, alarm.signal].handled(normal=False)
    return Stable(months, tuple(alarms))


def together(parts: Sequence[Stable]) -> Stable:
    return Stable(sum(one.months for one in parts), tuple(alarm for one in parts for alarm in one.alarms))


@dataclass(frozen=True)
class Learned:
    """A desk that has learned what is normal, to plant different things in."""

    world: World
    watch: Watch

    def plant(self, signal: str, size: float, *, hour: int = 12) -> Found:
        """From this hour of the next day on."""
        begins = START + timedelta(days=LEARNED, hours=hour)
        world, watch = deepcopy(self.world), deepcopy(self.watch)
        where = DESK if signal in EVERYWHERE else BUSY
        world.planted = Planted(signal, size, where or "new-matter", begins)
        seen, elsewhere = 0, 0
        for day in range(LEARNED, LEARNED + PATIENCE):
            for line in world.day(day):
                if line.at >= begins and line.kind == "message.considered":
                    named = [one["procedure"] for one in line.body["requests"]]
                    seen += where == DESK or where in named
                for alarm in watch.take(line):
                    if line.at < begins:
                        watch.streams[alarm.procedure, alarm.signal].handled(normal=False)
                    elif (alarm.procedure, alarm.signal) == (where, signal):
                        return Found(seen, (line.at - begins).total_seconds() / 3600, elsewhere)
                    elif alarm.procedure not in (where, DESK):
                        elsewhere += 1
        return Found(None, None, elsewhere)


def learned(seed: int, *, speed: float = 1.0) -> Learned:
    world, watch = World(seed, speed=speed), Watch()
    for day in range(LEARNED):
        for alarm in _day(world, watch, day):
            watch.streams[alarm.procedure, alarm.signal].handled(normal=False)
    watch.tickets = Tickets()
    return Learned(world, watch)


def _day(world: World, watch: Watch, day: int) -> Iterator[Alarm]:
    if day % WEEK == 0:
        watch.tickets = Tickets()
    for line in world.day(day):
        yield from watch.take(line)
