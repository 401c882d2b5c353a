"""What a line of the journal says about a procedure: the observations that streams are made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.signals import DESK
from deskhand.measurement.stretch import DECIDED, TESTS
from deskhand.measurement.tickets_seen import UNWRITTEN

# The journal's lines that observations come from.
KINDS = frozenset(
    {
        "csat.given",
        "message.considered",
        "message.ended",
        "message.received",
        "run.failed",
        "solved.said",
        "suggestion.settled",
    }
)
# Of these, what must be known of a ticket's past to read the others.
PAST = frozenset({"message.considered", "message.ended", "message.received"})
SOLVED = frozenset({"resolved", "answered"})
ABSTAINED = frozenset({"no_source", "unforeseen"})
SATISFIED = 4  # of 5, the least


@dataclass(frozen=True)
class Observation:
    """`value`: 1 or 0 for a rate, how much for a level, which one for a mix. `procedure` is empty for the whole
    desk."""

    procedure: str
    signal: str
    value: float | str
    at: datetime
    seq: int
    ticket: str


@dataclass
class _Ticket:
    """`procedure` of its last message, empty where that has none or several. `solved`: procedures that an answer of
    ours went out about."""

    test: bool = False
    procedure: str = ""
    considered: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    solved: set[str] = field(default_factory=set)
    suggestions: dict[str, str] = field(default_factory=dict)


@dataclass
class Tickets:
    """What is known of tickets so far; lines of one ticket are taken in the order of the journal."""

    known: dict[str, _Ticket] = field(default_factory=dict)

    def observe(self, line: JournalLine) -> list[Observation]:
        """What this line says, and remember it. Operators' own tries say nothing, nor does a message told of again; and
        a message about several procedures tells of none of them, since nobody knows which one it was."""
        if line.kind not in KINDS:
            return []
        one = self.known.setdefault(line.ticket, _Ticket())
        if line.kind == "message.received":
            one.test = one.test or line.body.get("channel") in TESTS
            return []
        seen = list(_observed(line, one))
        if one.test:
            return []
        return [
            Observation(procedure, signal, value, line.at, line.seq, line.ticket) for procedure, signal, value in seen
        ]

    def remember(self, lines: Iterable[JournalLine]) -> None:
        for line in lines:
            self.observe(line)


Seen = tuple[str, str, float | str]


def _observed(line: JournalLine, one: _Ticket) -> Iterator[Seen]:
    body = line.body
    match line.kind:
        case "message.considered":
            yield from _considered(body, one)
        case "message.ended":
            yield from _ended(body, one)
        case "suggestion.settled" if body["state"] in DECIDED:
            if procedure := one.suggestions.pop(str(body["suggestion"]), ""):
                yield procedure, "rejections", float(body["state"] == "rejected")
                yield procedure, "edits", float(body["state"] == "edited")
        case "csat.given" if one.procedure:
            yield one.procedure, "unsatisfied", float(int(body["score"]) < SATISFIED)
        case "solved.said" if one.procedure and not body["solved"]:
            yield one.procedure, "returns", 1.0
        case "run.failed":
            yield DESK, "failures", 1.0
            if one.procedure:
                yield one.procedure, "failures", 1.0
        case _:
            pass


def _considered(body: Mapping[str, Any], one: _Ticket) -> Iterator[Seen]:
    message = str(body["message"])
    if message in one.considered:
        return
    one.considered.add(message)
    asked = body["requests"]
    procedure = _only({str(ask["procedure"]) for ask in asked if ask["procedure"]})
    if not procedure:
        return
    yield procedure, "upset", float(body["sentiment"] != "calm")
    yield procedure, "ungrounded", float(bool(body.get("refused")))
    sure = [float(ask["confidence"]) for ask in asked if ask["procedure"]]
    if sure and procedure != UNWRITTEN:
        yield procedure, "confidence", min(sure)


def _ended(body: Mapping[str, Any], one: _Ticket) -> Iterator[Seen]:
    message, reason = str(body["message"]), str(body.get("handoff", {}).get("reason", ""))
    names, outcome = {str(name) for name in body["procedures"]}, str(body["outcome"])
    again = message in one.ended
    one.ended.add(message)
    one.procedure = _only(names)
    if "suggestion" in body and one.procedure:
        one.suggestions[str(body["suggestion"])] = one.procedure
    returned = one.procedure in one.solved
    if outcome in SOLVED and one.procedure:
        one.solved.add(one.procedure)
    if again or body.get("thanks") or body.get("automatic"):
        return
    lost = bool(body.get("unknown")) or reason in ABSTAINED or not names
    yield DESK, "unknown", float(lost)
    yield DESK, "failures", float(reason == "failure")
    yield DESK, "topics", one.procedure or "several"
    if body.get("language"):
        yield DESK, "languages", str(body["language"])
    if not one.procedure:
        return
    yield from _of_procedure(body, one.procedure, reason, returned=returned, lost=lost and bool(names))


def _of_procedure(
    body: Mapping[str, Any], procedure: str, reason: str, *, returned: bool, lost: bool
) -> Iterator[Seen]:
    yield procedure, "escalations", float(body["outcome"] == "handed_off")
    yield procedure, "failures", float(reason == "failure")
    yield procedure, "returns", float(returned)
    if procedure != UNWRITTEN:
        yield procedure, "unknown", float(lost)
    if body.get("language"):
        yield procedure, "languages", str(body["language"])
    took, model = body.get("timings_ms", {}), body.get("model", {})
    if "total" in took:
        yield procedure, "own_ms", float(took["total"]) - float(took.get("model", 0.0))
    if model.get("calls"):
        if "model" in took:
            yield procedure, "model_ms", float(took["model"])
        if model.get("cost") is not None:
            yield procedure, "cost", float(model["cost"])


def _only(names: set[str]) -> str:
    """The one procedure of a message, `UNWRITTEN` where it follows none, "" where there are several."""
    return next(iter(names), UNWRITTEN) if len(names) < 2 else ""
