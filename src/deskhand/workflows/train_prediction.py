"""Learns from a journal which tickets end with a person, and keeps what it learnt when that beats the rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.escalation.prediction.past_tickets import PastMessage, PastTicket, past_tickets
from deskhand.escalation.prediction.predictor import Predictor
from deskhand.escalation.prediction.rules import BY_RULES, rules
from deskhand.escalation.prediction.signs import FAMILIES, WORDS
from deskhand.measurement.forecast import Forecast, Scored, forecast
from deskhand.ports.fitting import Fit
from deskhand.ports.store import Store
from deskhand.workflows.pause import NO_TICKET
from deskhand.workflows.predict import TRAINED, predictor_of

# Below these the last quarter holds fewer than 50 tickets and about 10 of the rarer kind: the interval of its AUROC is
# then wider than 0.3, so nothing could be said of which is better.
TICKETS = 200
OF_EITHER_KIND = 40
HELD_OUT = 0.25
BLOCKS = 5  # parts of the past, in order of time: each is foreseen from those before it
SEEN = 20  # messages that must show a procedure, a tier, a channel or a language before it gets a weight

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Trained:
    """What came of it. `predictor` is None when nothing new is to be kept: `because` then says why, and what predicts.

    `ended`: tickets that have ended, `people` those of them that people got, `open` those that may still go either way.
    `model` and `by_rules` are figures on `held_out` tickets, the newest; the model they are of learnt from `learnt`
    tickets that had ended before the first of those began. None when there was too little to measure.
    """

    ended: int
    people: int
    open: int
    learnt: int
    held_out: int
    predictor: Predictor | None
    because: str
    model: Forecast | None = None
    by_rules: Forecast | None = None

    @property
    def enough(self) -> bool:
        return self.model is not None


def train(lines: Iterable[JournalLine], fit: Fit, told: Told, *, anyway: bool = False) -> Trained:
    """The same journal gives the same predictor. `anyway`: keep it also when the rules do better on held-out ones."""
    tickets = past_tickets(lines)
    ended = [one for one in tickets if one.ended]
    people = sum(bool(one.people) for one in ended)
    rest = Trained(len(ended), people, len(tickets) - len(ended), 0, 0, None, "")
    if few := too_few(len(ended), people):
        return replace(rest, predictor=rules(few), because=few)
    before, held = split(ended)
    rest = replace(rest, learnt=len(before), held_out=len(held))
    if few := _one_sided(before, held):
        return replace(rest, predictor=rules(few), because=few)
    half = _half(told)
    measured = forecast(scored(held, learn(before, fit, half(0))))
    by_rules = forecast(scored(held, BY_RULES))
    rest = replace(rest, model=measured, by_rules=by_rules)
    worse = worse_than(measured, by_rules)
    if worse and not anyway:
        return replace(rest, because=worse)
    figures = {"held_out_tickets": len(held), "model": figures_of(measured), "rules": figures_of(by_rules)}
    learnt = learn(ended, fit, half(1), figures)
    return replace(rest, predictor=learnt, because=worse)


def keep(store: Store, trained: Trained, now: datetime) -> bool:
    """Write the predictor into the journal, where every worker finds it. False when it stands there already, when there
    is none, or when rules would take the place of a model."""
    new = trained.predictor
    if new is None:
        return False
    with store.begin() as tx:
        stands = predictor_of(tx)
        if stands.version == new.version or (not trained.enough and stands.by != new.by):
            return False
        tx.journal.append(TRAINED, NO_TICKET, new.kept(), now)
    return True


def split(ended: Sequence[PastTicket]) -> tuple[list[PastTicket], list[PastTicket]]:
    """Tickets to learn from, and the newest ones to measure with. What was still running when the first of those began
    is in neither: how it ended was not known then."""
    held = list(ended[int(len(ended) * (1 - HELD_OUT)) :])
    return [one for one in ended[: len(ended) - len(held)] if one.last < held[0].messages[0].seq], held


def too_few(ended: int, people: int) -> str:
    """Why there is too little to learn from, or ""."""
    if ended < TICKETS:
        return f"only {ended} tickets have ended, and it takes {TICKETS}"
    if people < OF_EITHER_KIND:
        return f"only {people} of {ended} tickets ended with a person, and it takes {OF_EITHER_KIND}"
    if ended - people < OF_EITHER_KIND:
        return f"only {ended - people} of {ended} tickets ended without a person, and it takes {OF_EITHER_KIND}"
    return ""


def _one_sided(before: Sequence[PastTicket], held: Sequence[PastTicket]) -> str:
    for name, part in (("older", before), ("newest", held)):
        people = sum(bool(one.people) for one in part)
        if not 0 < people < len(part):
            return f"of the {len(part)} {name} tickets {people} ended with a person, so there is nothing to tell apart"
    return ""


def learn(tickets: Sequence[PastTicket], fit: Fit, told: Told, figures: dict[str, object] | None = None) -> Predictor:
    """A predictor from all messages of these tickets, which are in order of time."""
    examples = [(place, one, said) for place, one in enumerate(tickets) for said in one.messages]
    names = columns([said for _, _, said in examples])
    fitted = fit(
        [[said.signs.get(name, 0.0) for name in names] for _, _, said in examples],
        [one.person_after(said.seq) for _, one, said in examples],
        [place * BLOCKS // len(tickets) for place, _, _ in examples],
        told,
    )
    trained: dict[str, object] = {
        "tickets": len(tickets),
        "people": sum(bool(one.people) for one in tickets),
        "messages": len(examples),
        "first": examples[0][2].at.isoformat(),
        "last": max(said.at for _, _, said in examples).isoformat(),
        "penalty": fitted.penalty,
    }
    weights = {name: weight for name, weight in zip(names, fitted.weights, strict=True) if weight}
    return Predictor(fitted.offset, weights, fitted.slope, fitted.shift, trained=trained, figures=figures or {})


def columns(messages: Sequence[PastMessage]) -> list[str]:
    """The signs that are weighed: every fixed one that shows, and of the named ones those that show often enough."""
    counted = Counter(name for one in messages for name in one.signs)
    return sorted(
        name for name, count in counted.items() if name in WORDS or (name.startswith(tuple(FAMILIES)) and count >= SEEN)
    )


def scored(tickets: Sequence[PastTicket], predictor: Predictor) -> list[Scored]:
    """What it says of each message, with what became of it."""
    return [
        Scored(one.ticket, predictor.probability(said.signs), one.person_after(said.seq), said.given_at_once)
        for one in tickets
        for said in one.messages
    ]


def worse_than(model: Forecast, by_rules: Forecast) -> str:
    """In which way the model does worse than the rules on the same tickets, or ""."""
    order, rules_order = model.all.auroc, by_rules.all.auroc
    if order is not None and rules_order is not None and order < rules_order:
        return f"the rules put held-out tickets in a better order (AUROC {rules_order:.3f}, the model {order:.3f})"
    if model.brier is not None and by_rules.brier is not None and model.brier > by_rules.brier:
        return f"the rules miss by less on held-out tickets (Brier {by_rules.brier:.4f}, the model {model.brier:.4f})"
    return ""


def figures_of(measured: Forecast) -> dict[str, object]:
    """As they are kept with a predictor; rounded, so that the same journal gives the same text everywhere."""
    told = {
        "auroc": measured.all.auroc,
        "auroc_low": measured.all.auroc_low,
        "auroc_high": measured.all.auroc_high,
        "auroc_ahead": measured.ahead.auroc,
        "brier": measured.brier,
        "calibration_error": measured.calibration_error,
        "recall_top": measured.all.recall_top,
        "recall_best": measured.all.recall_best,
    }
    return {name: None if value is None else round(value, 4) for name, value in told.items()}


def _half(told: Told) -> Callable[[int], Told]:
    """Progress of the first (0) or the second (1) of two fits of the same length."""
    return lambda which: lambda done, of: told(which * of + done, 2 * of)
