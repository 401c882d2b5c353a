"""All streams of a desk, and the budget of false alarms that they share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import log

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.observed import KINDS as OBSERVED
from deskhand.measurement.drift.observed import Observation, Tickets
from deskhand.measurement.drift.stream import Change, Stream

# False alarms a month that a desk may have, by the bound. A tenth of what is promised at the most: days that go worse
# for no reason are told from two to four weeks, so that how much worse they go is itself a guess.
BUDGET = 0.05
ALARMED, HANDLED = "drift.alarmed", "drift.handled"
KINDS = OBSERVED | {HANDLED}
Key = tuple[str, str]


@dataclass(frozen=True)
class Alarm:
    """`at`: when it was raised, by the line `seq`."""

    procedure: str
    signal: str
    at: datetime
    seq: int
    change: Change
    threshold: float


@dataclass
class Watch:
    """Folded from the journal, line by line; folded in parts it is the same as at once. `changed`: streams that are not
    what they were, for who keeps them."""

    streams: dict[Key, Stream] = field(default_factory=dict)
    tickets: Tickets = field(default_factory=Tickets)
    changed: set[Key] = field(default_factory=set)
    settled: int = 0

    def __post_init__(self) -> None:
        self.settled = sum(one.settled for one in self.streams.values())

    def take(self, line: JournalLine) -> list[Alarm]:
        if line.kind == HANDLED:
            key = str(line.body["procedure"]), str(line.body["signal"])
            if stream := self.streams.get(key):
                self.settled -= stream.settled
                stream.handled(normal=bool(line.body["normal"]))
                self.settled += stream.settled
                self.changed.add(key)
            return []
        return [alarm for one in self.tickets.observe(line) if (alarm := self.observe(one))]

    def take_all(self, lines: Iterable[JournalLine]) -> list[Alarm]:
        return [alarm for line in lines for alarm in self.take(line)]

    def observe(self, one: Observation) -> Alarm | None:
        key = one.procedure, one.signal
        stream = self.streams.get(key)
        if stream is None:
            stream = self.streams[key] = Stream(one.procedure, one.signal)
        self.changed.add(key)
        before = stream.settled
        due = stream.take(one)
        self.settled += stream.settled - before
        if not due:
            return None
        most = self.threshold(stream)
        change = stream.look(most)
        if change is None:
            return None
        stream.open = True
        return Alarm(one.procedure, one.signal, one.at, one.seq, stream.began(change), most)

    def threshold(self, stream: Stream) -> float:
        """How strong the evidence must be: each look of each stream has an equal part of the budget of its month."""
        return threshold(self.settled, stream.looks_a_month)


def threshold(streams: int, looks: float, budget: float = BUDGET) -> float:
    """By the bound of Bonferroni over streams and the looks of a month at each. Over the stretches of one look it needs
    none: the largest of their likelihood ratios comes about as rarely as one alone is allowed to (Siegmund and
    Venkatraman, 1995), as the simulation confirms (`deskhand bench drift`)."""
    return log(max(1, streams) * max(1.0, looks) / budget)
