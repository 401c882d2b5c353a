"""Decisions as the journal keeps them: written down in full, and taken again from what was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.expression import fits
from deskhand.domain.money import Money
from deskhand.domain.verdict import Approve, Escalate, Verdict
from deskhand.policy.decide import decide
from deskhand.policy.policy import TABLES, Decision, Policy


@dataclass(frozen=True)
class Answer:
    """A verdict as it can be compared: `who` are the roles still wanted, or the queue."""

    effect: str
    rule: str
    who: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.effect} by {self.rule}" + (f" ({', '.join(self.who)})" if self.who else "")


@dataclass(frozen=True)
class Record:
    """All that a decision was made of. `facts` are JSON; `policy` is the digest of the text that decided."""

    action: str
    facts: Mapping[str, Any]
    currency: str | None
    approved: tuple[str, ...]
    own: str
    policy: str
    answer: Answer


@dataclass(frozen=True)
class Again:
    """A recorded decision taken once more. `unread`: recorded facts that this policy does not know or cannot read;
    `unrecorded`: facts that its rules ask for and the record lacks, so that they count as unknown."""

    decision: Decision
    unread: tuple[str, ...]
    unrecorded: tuple[str, ...]

    @property
    def answer(self) -> Answer:
        return answer(self.decision.verdict)


def answer(verdict: Verdict) -> Answer:
    match verdict:
        case Approve(rule, by):
            return Answer("approve", rule, by)
        case Escalate(rule, to):
            return Answer("escalate", rule, (to,))
        case _:
            return Answer(verdict.effect, verdict.rule)


def record(decision: Decision) -> dict[str, object]:
    """The body of a journal line, from which `recorded` and `again` make the decision anew."""
    told = answer(decision.verdict)
    return {
        "action": decision.action,
        "effect": told.effect,
        "rule": told.rule,
        "who": told.who,
        "facts": decision.facts,
        "currency": decision.currency,
        "approved": decision.approved,
        "own": decision.own,
        "policy": decision.policy_digest,
    }


def recorded(body: Mapping[str, Any]) -> Record | None:
    """None when the line does not hold all that it takes; earlier versions kept less."""
    try:
        told = Answer(body["effect"], body["rule"], tuple(body["who"]))
        approved = tuple(body["approved"])
        return Record(body["action"], body["facts"], body["currency"], approved, body["own"], body["policy"], told)
    except (KeyError, TypeError):
        return None


def again(policy: Policy, one: Record) -> Again:
    """The same policy text gives the same decision; another one tells what it would have been."""
    facts, unread = read_facts(one.facts, fact_types(policy, one.action))
    chapter = policy.chapters.get(one.action)
    asked = chapter.asks if chapter else ()
    made = decide(policy, one.action, facts, currency=one.currency, approved=one.approved, own=one.own)
    return Again(made, unread, tuple(name for name in asked if name not in facts))


def fact_types(policy: Policy, action: str) -> Mapping[str, type]:
    """The facts of this action, by name; none for an action that the product does not know."""
    chapter = policy.chapters.get(action)
    types = chapter.language.types if chapter else {}
    return {name: kind for name, kind in types.items() if not name.startswith(TABLES)}


def read_facts(facts: Mapping[str, Any], types: Mapping[str, type]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The inverse of `decide.dump`, and the names of what is not declared or does not read as its type."""
    found: dict[str, Any] = {}
    unread = []
    for name, value in facts.items():
        try:
            found[name] = _read(value, types[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            unread.append(name)
    return found, tuple(unread)


def _read(value: Any, kind: type) -> Any:
    read: Any = value
    if kind is Money:
        amount = Money.parse(value.removeprefix("-") if isinstance(value, str) else "")
        read = Money(-amount.minor, amount.currency) if value.startswith("-") else amount
    elif kind is datetime:
        read = datetime.fromisoformat(value)
    elif kind is timedelta and type(value) in (int, float):
        read = timedelta(seconds=value)
    if not fits(read, kind):
        raise TypeError(f"{value!r} is no {kind}")
    return read
