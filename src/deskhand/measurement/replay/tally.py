"""Counts what a replay of past tickets found, in one pass; of each ticket a few numbers are kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from deskhand.domain.money import Money
from deskhand.domain.replayed import ALONE, REPLIED, Agreement, Replayed, WouldBe
from deskhand.measurement.metrics import quantile
from deskhand.measurement.replay.reading_list import ReadingList
from deskhand.measurement.replay.suggestion import suggested
from deskhand.measurement.shares import share
from deskhand.rollout.evidence import Gates

Json = dict[str, object]
SATISFIED = 4  # ratings from here on


@dataclass
class Agreeing:
    """How often our reply agrees with the agents', each over the tickets where it can be told."""

    actions: Counter[bool] = field(default_factory=Counter)
    facts: Counter[bool] = field(default_factory=Counter)
    whole: Counter[bool] = field(default_factory=Counter)
    named: int = 0
    shared: int = 0
    similar: list[float] = field(default_factory=list)

    def add(self, one: Agreement) -> None:
        for counter, value in ((self.actions, one.actions), (self.facts, one.facts), (self.whole, one.same)):
            if value is not None:
                counter[value] += 1
        self.named, self.shared = self.named + one.named, self.shared + one.shared
        if one.similarity is not None:
            self.similar.append(one.similarity)

    def told(self) -> Json:
        return {
            "same": of(self.whole),
            "same_actions": of(self.actions),
            "same_facts": of(self.facts),
            "facts_named": self.named,
            "facts_shared": self.shared,
            "similarity": spread(self.similar, 4),
        }


@dataclass
class OfProcedure:
    outcomes: Counter[str] = field(default_factory=Counter)
    whole: Counter[bool] = field(default_factory=Counter)


class Tally:
    """Add every row, then ask for the report; the rows' order changes nothing but which of two equals is listed."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.agreeing = Agreeing()
        self.reading = ReadingList()
        self._procedures: dict[str, OfProcedure] = {}
        self._money: dict[tuple[str, str, str], list[int]] = {}
        self._deeds: Counter[tuple[str, str]] = Counter()
        self._response, self._resolution, self._ms = list[float](), list[float](), list[float]()
        self._rated, self._satisfied, self._rated_alone, self._satisfied_alone = 0, 0, 0, 0
        self._calls, self._in, self._out, self._dollars, self._unpriced = 0, 0, 0, 0.0, 0
        self._first = self._last = ""
        self._languages: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def add(self, one: Replayed) -> None:
        self.outcomes[one.outcome] += 1
        self.agreeing.add(one.agreement)
        self.reading.add(one)
        self._languages[one.language or "und"] += 1
        if one.outcome is WouldBe.HANDED_OFF:
            self._reasons[one.reason] += 1
        for name in one.procedures:
            of_it = self._procedures.setdefault(name, OfProcedure())
            of_it.outcomes[one.outcome] += 1
            if one.agreement.same is not None:
                of_it.whole[one.agreement.same] += 1
        for deed in one.actions:
            self._deeds[deed.name, deed.effect] += 1
            if deed.amount:
                money = Money.parse(deed.amount)
                sums = self._money.setdefault((deed.name, money.currency, deed.effect), [0, 0])
                sums[0], sums[1] = sums[0] + 1, sums[1] + money.minor
        self._of_agents(one)
        self._cost(one)
        at = one.at.isoformat()
        self._first, self._last = min(self._first or at, at), max(self._last, at)

    def report(self, gates: Gates) -> Json:
        """All but what hangs on the moment and the machine; `timing` tells that. A stage is suggested by `gates`."""
        tickets = sum(self.outcomes.values())
        alone = sum(self.outcomes[one] for one in ALONE)
        replied = sum(self.outcomes[one] for one in REPLIED)
        return {
            "tickets": tickets,
            "outcomes": {str(one): self.outcomes[one] for one in WouldBe},
            "without_people": asdict(share(alone, tickets)),
            "replied": asdict(share(replied, tickets)),
            "period": {"first": self._first, "last": self._last},
            "languages": dict(sorted(self._languages.items())),
            "handoff_reasons": dict(sorted(self._reasons.items())),
            "agreement": self.agreeing.told(),
            "procedures": self._by_procedure(gates),
            "actions": [
                {"action": name, "verdict": effect, "n": n} for (name, effect), n in sorted(self._deeds.items())
            ],
            "money": [
                {
                    "action": name,
                    "currency": currency,
                    "verdict": effect,
                    "n": n,
                    "minor": minor,
                    "amount": str(Money(minor, currency)),
                }
                for (name, currency, effect), (n, minor) in sorted(self._money.items())
            ],
            "cost": {
                "model_calls": self._calls,
                "input_tokens": self._in,
                "output_tokens": self._out,
                "usd": None if self._unpriced else round(self._dollars, 6),
                "usd_per_ticket": None if self._unpriced or not tickets else round(self._dollars / tickets, 6),
            },
            "baseline": {
                "response_s": spread(self._response, 1),
                "resolution_s": spread(self._resolution, 1),
                "csat": asdict(share(self._satisfied, self._rated)),
                "csat_where_we_would_answer": asdict(share(self._satisfied_alone, self._rated_alone)),
            },
            "reading": self.reading.told(),
        }

    def timing(self) -> Json:
        """Our own milliseconds for a ticket, models' time included."""
        return spread(self._ms, 1)

    def _of_agents(self, one: Replayed) -> None:
        if one.response_s is not None:
            self._response.append(one.response_s)
        if one.resolution_s is not None:
            self._resolution.append(one.resolution_s)
        if one.csat is not None:
            good = one.csat >= SATISFIED
            self._rated, self._satisfied = self._rated + 1, self._satisfied + good
            if one.outcome in ALONE:
                self._rated_alone, self._satisfied_alone = self._rated_alone + 1, self._satisfied_alone + good

    def _cost(self, one: Replayed) -> None:
        self._ms.append(one.ms)
        self._calls += one.model.calls
        self._in, self._out = self._in + one.model.input_tokens, self._out + one.model.output_tokens
        if one.model.cost is None:
            self._unpriced += 1
        else:
            self._dollars += one.model.cost

    def _by_procedure(self, gates: Gates) -> list[Json]:
        found: list[Json] = []
        for name, one in sorted(self._procedures.items()):
            tickets = sum(one.outcomes.values())
            comparable, same = sum(one.whole.values()), one.whole[True]
            stage, why = suggested(comparable, same, gates)
            found.append(
                {
                    "procedure": name,
                    "tickets": tickets,
                    "outcomes": {str(each): one.outcomes[each] for each in WouldBe},
                    "without_people": asdict(share(sum(one.outcomes[each] for each in ALONE), tickets)),
                    "agreement": asdict(share(same, comparable)),
                    "suggested_stage": stage,
                    "because": why,
                }
            )
        return found


def tally(rows: Iterable[Replayed]) -> Tally:
    """All of these rows."""
    found = Tally()
    for one in rows:
        found.add(one)
    return found


def of(counter: Counter[bool]) -> Json:
    """How many were so, with the interval."""
    return asdict(share(counter[True], sum(counter.values())))


def spread(values: Sequence[float], digits: int) -> Json:
    """n, mean and quantiles; None where nothing was measured."""

    def told(value: float | None) -> float | None:
        return None if value is None else round(value, digits)

    mean = sum(sorted(values)) / len(values) if values else None  # sorted: the same sum in whatever order they came
    quantiles = {f"p{int(100 * at)}": told(quantile(values, at)) for at in (0.5, 0.9, 0.95)}
    return {"n": len(values), "mean": told(mean), **quantiles}
