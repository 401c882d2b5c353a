"""A made-up desk's journal, month after month, of which it is known what changes when: nothing, or one planted thing.

Noise is as on a real desk: fewer tickets by night and on weekends, and then others; days that go worse than the day
before for no reason; a model's server that is slow for some hours; heavy tails; few ratings.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, exp, log, pi
from typing import Any

from deskhand.domain.journal_line import JournalLine

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
# Tickets a day, of the procedures of one desk.
VOLUMES: Mapping[str, float] = {
    "duplicate-charge": 130.0,
    "refund-status": 100.0,
    "cancel-plan": 60.0,
    "address-change": 30.0,
    "invoice-copy": 15.0,
    "answers": 60.0,
}
ASSISTED = frozenset({"duplicate-charge", "refund-status", "invoice-copy"})
RATES: Mapping[str, float] = {
    "rejections": 0.04,
    "edits": 0.10,
    "ungrounded": 0.03,
    "unsatisfied": 0.12,
    "upset": 0.18,
    "returns": 0.08,
    "escalations": 0.10,
    "failures": 0.01,
    "unknown": 0.05,
}
RATED = 0.25  # of the tickets
LANGUAGES: Mapping[str, float] = {"en": 0.7, "de": 0.2, "fr": 0.1}
BY_NIGHT: Mapping[str, float] = {"en": 0.8, "de": 0.13, "fr": 0.07}
UNEVEN = 0.15  # deviation of a day's logarithm of a rate
SLOW_HOURS, SLOWNESS = 4.0, 0.12  # how long a server stays as it is, and the deviation of its logarithm
QUARTERS = 24 * 4  # of an hour: for so long it is the same


Told = tuple[datetime, str, str, dict[str, Any]]


@dataclass(frozen=True)
class Planted:
    """From `at` on `signal` of `procedure` is another one: a rate or a share is `size` more, a level so many times as
    large; a confidence is `size` less."""

    signal: str
    size: float
    procedure: str
    at: datetime


@dataclass
class World:
    """Lines of one desk, the same for the same seed. `volumes`: tickets a day of its procedures; `speed`: of all of
    them; `assisted`: where agents decide on suggestions."""

    seed: int
    planted: Planted | None = None
    speed: float = 1.0
    volumes: Mapping[str, float] = field(default_factory=lambda: VOLUMES)
    assisted: frozenset[str] = ASSISTED
    seq: int = 0
    number: int = 0
    _day: dict[str, float] = field(default_factory=dict)
    _slow: list[float] = field(default_factory=lambda: [0.0])
    _later: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def day(self, number: int) -> Iterator[JournalLine]:
        """The lines of one day, in order."""
        dice, start = self._dice, START + timedelta(days=number)
        self._day = {name: exp(dice.gauss(0, UNEVEN)) for name in RATES}
        self._slow = self._slowness(self._slow[-1])
        weekend = start.weekday() >= 5
        told = self._later
        for procedure, volume in {**self.volumes, "new-matter": 0.0}.items():
            share = volume * self.speed * (0.4 if weekend else 1.2)
            if procedure == "new-matter" and self.planted and self.planted.signal in ("unknown", "topics"):
                share = self.planted.size * sum(self.volumes.values()) * self.speed
            for _ in range(_poisson(share, dice)):
                at = start + timedelta(hours=_hour(dice))
                if procedure != "new-matter":
                    self._ticket(procedure, at, told)
                elif self.planted and at >= self.planted.at:
                    self._ticket("answers" if self.planted.signal == "unknown" else "topic-new", at, told)
        told.sort(key=lambda one: one[0])
        ends = start + timedelta(days=1)
        self._later = [one for one in told if one[0] >= ends]
        for at, kind, ticket, body in told[: len(told) - len(self._later)]:
            self.seq += 1
            yield JournalLine(self.seq, at, kind, ticket, body, "")

    def _slowness(self, slow: float) -> list[float]:
        """Of the model's server, through a day that follows such a moment: it is slow for hours, whoever asks."""
        keep, day = exp(-24 / QUARTERS / SLOW_HOURS), list[float]()
        for _ in range(QUARTERS):
            slow = keep * slow + self._dice.gauss(0, SLOWNESS * (1 - keep * keep) ** 0.5)
            day.append(slow)
        return day

    def _ticket(self, procedure: str, at: datetime, told: list[Told]) -> None:
        self.number += 1
        ticket, message, dice = f"zendesk:ticket:{self.number}", f"{self.number}-1", self._dice
        names = [] if procedure == "answers" else [procedure]
        night = at.hour < 7 or at.hour >= 21
        told.append((at, "message.received", ticket, {"message": message, "channel": "zendesk"}))
        if self._chance("returns", procedure, at, night):
            before = {"message": f"{self.number}-0", "outcome": "answered", "procedures": names, "thanks": True}
            told.append((at, "message.ended", ticket, before))
        considered = {
            "message": message,
            "sentiment": "frustrated" if self._chance("upset", procedure, at, night) else "calm",
            "refused": [["figures"]] if self._chance("ungrounded", procedure, at, night) else [],
            "requests": [{"procedure": names[0] if names else None, "confidence": self._sure(procedure, at)}],
            "turn": {"policy": "p1"},
        }
        told.append((at, "message.considered", ticket, considered))
        ended: dict[str, Any] = {
            "message": message,
            "outcome": "resolved",
            "procedures": names,
            "language": self._language(procedure, at, night),
            "unknown": bool(names) and self._chance("unknown", procedure, at, night),
            "cited": [{"source": f"{procedure}.md", "article": self._article(procedure, at)}],
            **self._costs(procedure, at),
        }
        if self._chance("failures", procedure, at, night):
            ended |= {"outcome": "handed_off", "handoff": {"reason": "failure", "queue": "support"}}
        elif self._chance("escalations", procedure, at, night):
            ended |= {"outcome": "handed_off", "handoff": {"reason": "policy", "queue": "support"}}
        elif procedure in self.assisted:
            ended |= {"outcome": "awaiting_approval", "suggestion": f"s{self.number}"}
            decided = at + timedelta(minutes=dice.expovariate(1 / 40))
            draw, rejected = dice.random(), self._rate("rejections", procedure, decided, night)
            state = "rejected" if draw < rejected else "approved"
            if rejected <= draw < rejected + self._rate("edits", procedure, decided, night):
                state = "edited"
            told.append((decided, "suggestion.settled", ticket, {"suggestion": f"s{self.number}", "state": state}))
        told.append((at + timedelta(seconds=3), "message.ended", ticket, ended))
        if dice.random() < RATED:
            later = at + timedelta(hours=1 + dice.expovariate(1 / 4))
            low = self._chance("unsatisfied", procedure, later, night)
            told.append((later, "csat.given", ticket, {"score": 2 if low else 5, "owner": "assistant"}))

    def _is(self, signal: str, procedure: str, at: datetime) -> bool:
        one = self.planted
        return one is not None and one.signal == signal and one.procedure == procedure and at >= one.at

    def _rate(self, signal: str, procedure: str, at: datetime, night: bool) -> float:
        more = self.planted.size if self.planted and self._is(signal, procedure, at) else 0.0
        return min(0.95, RATES[signal] * self._day[signal] * (1.25 if night else 1.0) + more)

    def _chance(self, signal: str, procedure: str, at: datetime, night: bool) -> bool:
        return self._dice.random() < self._rate(signal, procedure, at, night)

    def _sure(self, procedure: str, at: datetime) -> float:
        less = self.planted.size if self.planted and self._is("confidence", procedure, at) else 0.0
        return max(0.0, self._dice.betavariate(18, 3) - less)

    def _language(self, procedure: str, at: datetime, night: bool) -> str:
        if self.planted and self._is("languages", procedure, at) and self._dice.random() < self.planted.size:
            return "pl"
        shares = BY_NIGHT if night else LANGUAGES
        return self._dice.choices(list(shares), list(shares.values()))[0]

    def _article(self, procedure: str, at: datetime) -> str:
        return "second" if self._is("returns", procedure, at) else "first"

    def _costs(self, procedure: str, at: datetime) -> dict[str, Any]:
        dice, slow = self._dice, self._slow[4 * at.hour + at.minute // 15]
        own, model = dice.lognormvariate(log(25), 0.4), dice.lognormvariate(log(2500), 0.5) * exp(slow)
        cost = dice.lognormvariate(log(0.02), 0.5)
        for signal in ("own_ms", "model_ms", "cost"):
            if self.planted and self._is(signal, procedure, at):
                own *= self.planted.size if signal == "own_ms" else 1
                model *= self.planted.size if signal == "model_ms" else 1
                cost *= self.planted.size if signal == "cost" else 1
        return {"timings_ms": {"total": own + model, "model": model}, "model": {"calls": 2, "cost": cost}}


def _hour(dice: random.Random) -> float:
    """Of a day: most come in the afternoon, few by night (UTC)."""
    while True:
        hour = 24 * dice.random()
        if dice.random() < 0.55 - 0.45 * cos(2 * pi * (hour - 2) / 24):
            return hour


def _poisson(mean: float, dice: random.Random) -> int:
    count, until = 0, dice.expovariate(1.0)
    while until < mean:
        count, until = count + 1, until + dice.expovariate(1.0)
    return count
