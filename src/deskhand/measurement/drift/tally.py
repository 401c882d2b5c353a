"""How many observations there were and what they came to, told apart by the time of the week."""

from dataclasses import dataclass, field
from datetime import datetime

HOURS = 4  # of a part of a day
PARTS = 24 // HOURS
SLOTS = 2 * PARTS  # the parts of a day (UTC), on working days and on weekends


def slot(at: datetime) -> int:
    return PARTS * (at.weekday() >= 5) + at.hour // HOURS


@dataclass
class Tally:
    """Some observations that follow each other. `sums`: by category how many, or under "" the sum of a level; `seq` and
    `at` are those of the first. `told` and `expected` are derived, for who compares: what came, and what was normal, by
    the categories of a reference."""

    at: datetime
    seq: int
    n: int = 0
    slots: list[int] = field(default_factory=lambda: [0] * SLOTS)
    sums: dict[str, float] = field(default_factory=dict)
    told: list[float] = field(default_factory=list, compare=False)
    expected: list[float] = field(default_factory=list, compare=False)

    def add(self, at: datetime, category: str, amount: float = 1.0) -> None:
        self.n += 1
        self.slots[slot(at)] += 1
        self.sums[category] = self.sums.get(category, 0.0) + amount

    def joined(self, later: "Tally") -> "Tally":
        both = Tally(self.at, self.seq, self.n + later.n, list(map(sum, zip(self.slots, later.slots, strict=True))))
        for part in (self, later):
            for name, amount in part.sums.items():
                both.sums[name] = both.sums.get(name, 0.0) + amount
        both.told = list(map(sum, zip(self.told, later.told, strict=True)))
        both.expected = list(map(sum, zip(self.expected, later.expected, strict=True)))
        return both
