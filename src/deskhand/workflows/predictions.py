"""What was predicted while tickets ran, against what became of them: from the journal alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.prediction import RULES, Prediction, Reason
from deskhand.escalation.prediction.past_tickets import PastTicket, past_tickets
from deskhand.escalation.prediction.predictor import Predictor, predictor_from
from deskhand.escalation.prediction.rules import rules
from deskhand.measurement.forecast import Forecast, Scored, forecast
from deskhand.workflows.predict import PREDICTED, TRAINED

CLOSE = 2e-6  # what is written is rounded to a millionth


@dataclass(frozen=True)
class Waiting:
    """The newest prediction on a ticket that may still go either way."""

    ticket: str
    message: str
    at: datetime
    prediction: Prediction


@dataclass(frozen=True)
class Predictions:
    """`recorded`: messages with a prediction, the first of each; `judged`: those of them on tickets that have ended,
    which `forecast` is about. `versions`: how many each predictor made. `differing` come out otherwise when they are
    computed again, and `lost` cannot be, since their predictor is not in the journal. `waiting` has the likeliest
    first."""

    recorded: int
    judged: int
    versions: Mapping[str, int]
    differing: int
    lost: int
    forecast: Forecast
    waiting: tuple[Waiting, ...]


def predictions(lines: Iterable[JournalLine]) -> Predictions:
    """In one pass over the journal."""
    told: dict[tuple[str, str], JournalLine] = {}
    kept: dict[str, Predictor] = {}
    tickets = {one.ticket: one for one in past_tickets(_noted(lines, told, kept))}
    judged = [line for line in told.values() if (one := tickets.get(line.ticket)) and one.ended]
    again = [_computed(line.body, kept) for line in told.values()]
    said = [line.body["probability"] for line in told.values()]
    return Predictions(
        recorded=len(told),
        judged=len(judged),
        versions=Counter(line.body["version"] for line in told.values()),
        differing=sum(now is not None and abs(now - was) > CLOSE for now, was in zip(again, said, strict=True)),
        lost=again.count(None),
        forecast=forecast([_scored(line, tickets[line.ticket]) for line in judged]),
        waiting=_waiting(told.values(), tickets),
    )


def prediction_in(body: Mapping[str, Any]) -> Prediction:
    """As the line `escalation.predicted` holds it."""
    reasons = tuple(Reason(one["sign"], one["words"], one["points"]) for one in body["reasons"])
    return Prediction(body["probability"], body["by"], body["version"], body["why"], reasons)


def _noted(
    lines: Iterable[JournalLine], told: dict[tuple[str, str], JournalLine], kept: dict[str, Predictor]
) -> Iterator[JournalLine]:
    """The same lines; the first prediction of each message and every predictor are noted on the way."""
    for line in lines:
        if line.kind == PREDICTED:
            told.setdefault((line.ticket, line.body["message"]), line)
        elif line.kind == TRAINED and isinstance(one := predictor_from(line.body), Predictor):
            kept[one.version] = one
        yield line


def _scored(line: JournalLine, ticket: PastTicket) -> Scored:
    message = line.body["message"]
    at_once = any(one.message == message and one.given_at_once for one in ticket.messages)
    return Scored(line.ticket, line.body["probability"], ticket.person_after(line.seq), at_once)


def _computed(body: Mapping[str, Any], kept: Mapping[str, Predictor]) -> float | None:
    """The probability from the signs of the line; None when its predictor is not known any more."""
    by_rules = rules(body["why"])
    predictor = by_rules if body["by"] == RULES else kept.get(body["version"])
    return None if predictor is None or predictor.version != body["version"] else predictor.probability(body["signs"])


def _waiting(told: Iterable[JournalLine], tickets: Mapping[str, PastTicket]) -> tuple[Waiting, ...]:
    newest = {line.ticket: line for line in sorted(told, key=lambda one: one.seq)}
    open_ones = [line for name, line in newest.items() if name in tickets and not tickets[name].ended]
    found = [Waiting(one.ticket, one.body["message"], one.at, prediction_in(one.body)) for one in open_ones]
    return tuple(sorted(found, key=lambda one: (-one.prediction.probability, one.ticket)))
