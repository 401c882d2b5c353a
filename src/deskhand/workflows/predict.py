"""How likely this ticket is to end with a person, told after each message and before anything is decided on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.domain.case import Case
from deskhand.domain.heard import Heard
from deskhand.domain.prediction import Prediction
from deskhand.escalation.prediction.moment import EARLIER, moment_now, past_of
from deskhand.escalation.prediction.predictor import Predictor, Unusable, predictor_from
from deskhand.escalation.prediction.rules import UNTRAINED, rules
from deskhand.escalation.prediction.signs import Signs, signs_of
from deskhand.policy.facts import office_at
from deskhand.ports.store import Transaction
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_over import ASSISTANT

TRAINED = "escalation.trained"  # the predictor itself, so that every worker has it, and every number stays computable
PREDICTED = "escalation.predicted"


@dataclass(frozen=True)
class Foretold:
    """`line`: the body of its line in the journal."""

    made: Prediction
    line: Mapping[str, object]


def predict(desk: Desk, heard: Heard, case: Case, missing: Sequence[str]) -> Foretold | None:
    """The probability with its reasons; its line is written with what was considered. None when people have the ticket.

    `missing`: the systems that did not answer. Call it when the message was heard and the customer is known, before
    policy decides on the message: nothing of what comes later is looked at.
    """
    with desk.store.look() as tx:
        if tx.tickets.owner(heard.ticket) != ASSISTANT:
            return None
        failed = sum(effect.state == "declined" for effect in tx.ledger.of_ticket(heard.ticket))
        past = past_of(tx.journal.of_ticket(heard.ticket, EARLIER), heard.message)
        office = office_at(desk.calendar, case.now)
        signs = signs_of(moment_now(heard, case, failed=failed, missing=len(missing), office=office), past)
        made = predictor_of(tx).predict(signs)
    return Foretold(made, told(heard.message, made, signs))


def predictor_of(tx: Transaction) -> Predictor:
    """The newest that was kept; the rules where there is none, or none that this version can read."""
    line = tx.journal.newest(TRAINED)
    return standing(line.body) if line else rules(UNTRAINED)


def standing(kept: Mapping[str, Any]) -> Predictor:
    """The predictor in the body of a journal line; where it cannot be used, the rules, which say why."""
    match predictor_from(kept):
        case Unusable(why):
            return rules(f"the model that was kept cannot be used: {why}")
        case predictor:
            return predictor


def told(message: str, made: Prediction, signs: Signs) -> dict[str, object]:
    """The body of a line: with the signs and the predictor of that version, the number can be computed again."""
    return {
        "message": message,
        "probability": made.probability,
        "by": made.by,
        "version": made.version,
        "why": made.why,
        "signs": dict(signs),
        "reasons": [{"sign": one.sign, "words": one.words, "points": one.points} for one in made.reasons],
    }
