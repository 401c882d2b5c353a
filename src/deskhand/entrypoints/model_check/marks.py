"""What was expected of each case, and what came: the marks of the check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deskhand.entrypoints.model_check.sitting import Answered
from deskhand.measurement.model_figures import ModelFigures, model_figures

WORST, BAD, AMISS = 3, 2, 1


@dataclass(frozen=True)
class Mark:
    """How many of all are right."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True)
class Miss:
    """One way in which a case was not as expected. `weight`: 3 for what must never happen, 1 for what is amiss."""

    what: str
    expected: str
    got: str
    weight: int


@dataclass(frozen=True)
class Missed:
    """A case with all its misses."""

    about: str
    sender: str
    texts: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.misses)


@dataclass(frozen=True)
class Report:
    """`warning` is what a reader must know before any figure, or "". `missed`: the worst first."""

    model: str
    warning: str
    cases: int
    seconds: float
    routes: Mark
    outcomes: Mark
    actions: Mark
    languages: Mark
    forbidden: int
    figures: ModelFigures
    missed: tuple[Missed, ...]


def report(model: str, answered: Sequence[Answered], seconds: float) -> Report:
    """All marks and figures."""
    figures = model_figures(message for one in answered for message in one.messages)
    missed = [
        Missed(one.case.about, one.sender, tuple(one.case.said), found) for one in answered if (found := misses(one))
    ]
    judged = [one for one in answered if one.case.expect.procedures is not None]
    acting = [one for one in answered if one.case.expect.actions or _did(one)]
    spoken = [one for one in answered if one.language]
    return Report(
        model=model,
        warning=warning(model, figures),
        cases=len(answered),
        seconds=round(seconds, 1),
        routes=Mark(sum(_routed(one)[0] for one in judged), sum(_routed(one)[1] for one in judged)),
        outcomes=Mark(sum(_outcome(one) in one.case.expect.outcomes for one in answered), len(answered)),
        actions=Mark(sum(not _actions(one) for one in acting), len(acting)),
        languages=Mark(sum(one.language == one.case.expect.language for one in spoken), len(spoken)),
        forbidden=sum(miss.weight == WORST for one in missed for miss in one.misses),
        figures=figures,
        missed=tuple(sorted(missed, key=lambda one: -one.weight)),
    )


def warning(model: str, figures: ModelFigures) -> str:
    """Said first when the figures say little of the model."""
    own, all_ = figures.built_in, figures.messages
    if 2 * own > all_:
        return (
            f"The built-in brain answered {own} of {all_} messages in place of {model}: this says little of the model."
        )
    if 2 * figures.unasked > all_:
        return f"No model was asked in {figures.unasked} of {all_} messages: this says little of {model}."
    return ""


def misses(one: Answered) -> tuple[Miss, ...]:
    """Everything in which a case is not as expected, the gravest first."""
    expect = one.case.expect
    found = [
        Miss("forbidden words", f"never {words!r}", "said", WORST)
        for words in expect.never
        if any(words.lower() in reply.lower() for reply in one.replies)
    ]
    found += _actions(one)
    if _outcome(one) not in expect.outcomes:
        found.append(Miss("outcome", " or ".join(expect.outcomes), _outcome(one), BAD))
    right, of = _routed(one)
    if right < of:
        expected, got = expect.procedures or [], one.messages[-1].procedures
        found.append(Miss("route", ", ".join(expected) or "none", ", ".join(got) or "none", AMISS))
    if one.language and one.language != expect.language:
        found.append(Miss("language", expect.language, one.language, AMISS))
    return tuple(found)


def _outcome(one: Answered) -> str:
    return str(one.last.outcome) if one.last else "failed"


def _routed(one: Answered) -> tuple[int, int]:
    """How many requests went to the procedure that was expected, of those expected or made, whichever are more."""
    if one.case.expect.procedures is None:
        return 0, 0
    expected, got = Counter(one.case.expect.procedures), Counter(one.messages[-1].procedures)
    if not expected and not got:
        return 1, 1
    return (expected & got).total(), max(expected.total(), got.total())


def _actions(one: Answered) -> list[Miss]:
    expected = one.case.expect.actions
    found = [
        Miss("deed", "not done", f"{name} done", WORST) for name in sorted(_did(one)) if expected.get(name) != "allow"
    ]
    said = _said(one)
    found += [
        Miss("action", f"{name}: {effect}", f"{name}: {said.get(name, 'not proposed')}", BAD)
        for name, effect in expected.items()
        if said.get(name) != effect
    ]
    return found


def _did(one: Answered) -> set[str]:
    """Whatever was carried out in any message of the case."""
    return {a["name"] for told in one.messages for a in told.ended.get("actions", ()) if a["done"]}


def _said(one: Answered) -> Mapping[str, str]:
    """What policy said of each action of the last message."""
    return {action["name"]: action["effect"] for action in one.messages[-1].ended.get("actions", ())}
