"""What a run of golden tickets found, and what changed since another run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from deskhand.entrypoints.trials.simulated import Played
from deskhand.entrypoints.trials.trial import Tried

DETERMINISTIC = "No model is set, and the built-in brain is deterministic: the same ticket ends the same way each time."


@dataclass(frozen=True)
class Ticket:
    """One golden ticket over all its tries. `differences` are those of the first try that failed, in plain words.

    With a `manner` it is one conversation of a simulated customer instead: `said` is all of it, and `with_people`
    whether people have it in the end."""

    id: str
    file: str
    about: str
    tries: int
    passes: int
    outcomes: tuple[str, ...]
    differences: tuple[Mapping[str, str], ...]
    manner: str = ""
    with_people: bool = False
    said: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Every time: pass^k."""
        return self.passes == self.tries


@dataclass(frozen=True)
class Report:
    """`desk`: the digest of what was tried. `model`: names, or "" for the built-in brain. `note`: what a reader must
    know first, or "". `discarded`: conversations that tell nothing, because the simulated customer was at fault."""

    at: str
    desk: str
    model: str
    k: int
    seconds: float
    note: str
    tickets: tuple[Ticket, ...]
    discarded: tuple[Ticket, ...] = ()

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.tickets)

    @property
    def failed(self) -> int:
        return len(self.tickets) - self.passed

    def told(self) -> dict[str, Any]:
        """For scripts, and to keep."""
        tickets = [{**asdict(one), "passed": one.passed} for one in self.tickets]
        figures = {"passed": self.passed, "failed": self.failed, "pass_at_k": self.pass_at_k}
        return {**asdict(self), **figures, "tickets": tickets}

    @property
    def pass_at_k(self) -> float | None:
        """The share of golden tickets that passed every one of their k tries."""
        own = [one.passed for one in self.tickets if not one.manner]
        return round(sum(own) / len(own), 4) if own else None


@dataclass(frozen=True)
class Changes:
    """Since an earlier run, by id: `differently` failed then as now, and not in the same way."""

    since: str
    broken: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    differently: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        return not (self.broken or self.mended or self.added or self.gone or self.differently)


def tickets(every: Iterable[Tried]) -> tuple[Ticket, ...]:
    """By golden ticket, in the order in which they were tried first."""
    found: dict[str, list[Tried]] = {}
    for one in every:
        found.setdefault(one.golden.id, []).append(one)
    return tuple(_ticket(tries) for tries in found.values())


def _ticket(tries: Sequence[Tried]) -> Ticket:
    golden = tries[0].golden
    first = next((one for one in tries if not one.passed), None)
    return Ticket(
        id=golden.id,
        file=golden.file,
        about=golden.about,
        tries=len(tries),
        passes=sum(one.passed for one in tries),
        outcomes=tuple(dict.fromkeys(one.happened.outcomes[-1] for one in tries if one.happened.outcomes)),
        differences=tuple(asdict(one) for one in first.differences) if first else (),
    )


def conversation(one: Played) -> Ticket:
    """A simulated customer's conversation; what was the assistant's fault is told before what was the customer's."""
    faults = [("assistant", what) for what in one.found.assistant]
    faults += [("simulated customer", what) for what in one.found.simulator]
    said = []
    for place, line in enumerate(one.lines):
        said += [
            f"{one.manner}: {line.text}",
            *(f"reply: {reply}" for reply in one.replies[place : place + 1] if reply),
        ]
    return Ticket(
        id=f"{one.manner}/{one.goal}",
        file=one.file,
        about=f"{one.manner} customer with the wish of {one.goal}",
        tries=1,
        passes=int(one.found.passed),
        outcomes=one.outcomes[-1:],
        differences=tuple({"what": who, "expected": "no fault", "got": what} for who, what in faults),
        manner=str(one.manner),
        with_people=one.found.with_people,
        said=tuple(said),
    )


def changes(before: Mapping[str, Any], now: Report) -> Changes:
    """`before`: what `Report.told` gave of the earlier run."""
    then = {one["id"]: one for one in before["tickets"]}
    here = {one.id: one for one in now.tickets}
    manners = {one.manner for one in (*now.tickets, *now.discarded)}  # who did not write now is not gone
    both = [id for id in here if id in then]
    return Changes(
        since=str(before["at"]),
        broken=tuple(id for id in both if then[id]["passed"] and not here[id].passed),
        mended=tuple(id for id in both if not then[id]["passed"] and here[id].passed),
        added=tuple(id for id in here if id not in then),
        gone=tuple(id for id, one in then.items() if id not in here and one.get("manner", "") in manners),
        differently=tuple(
            id
            for id in both
            if not then[id]["passed"]
            and not here[id].passed
            and [dict(one) for one in here[id].differences] != then[id]["differences"]
        ),
    )
