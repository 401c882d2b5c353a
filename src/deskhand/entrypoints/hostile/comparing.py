"""Puts the same facts to the loaded policy and to the oracle: whoever answers otherwise is told."""

import random
from collections import Counter
from dataclasses import dataclass, field

from deskhand.domain.verdict import Allow, Approve, Confirm
from deskhand.entrypoints.hostile.fact_sets import Asked, asked
from deskhand.entrypoints.hostile.rules import oracle
from deskhand.policy.decide import decide, dump
from deskhand.policy.policy import Policy

EXAMPLES = 10  # of each parcel: a policy that lacks a rule differs in thousands of cases


@dataclass
class Compared:
    """`answers`: how often the policy gave which, by action; `told` are the first differences, as sentences."""

    decided: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def add(self, other: "Compared") -> None:
        self.decided.update(other.decided)
        self.different.update(other.different)
        self.answers.update(other.answers)
        self.told += other.told


def compare(policy: Policy, seed: int, number: int, sets: int) -> Compared:
    """So many sets of facts, the same for the same seed and number."""
    dice, result = random.Random(f"facts/{seed}/{number}"), Compared()
    for _ in range(sets):
        question = asked(dice)
        said, right = by_policy(policy, question), by_oracle(question)
        result.decided[question.action] += 1
        result.answers[question.action, said] += 1
        if said != right:
            result.different[question.action] += 1
            if len(result.told) < EXAMPLES:
                result.told.append(_sentence(question, said, right))
    return result


def by_policy(policy: Policy, question: Asked) -> str:
    """In the oracle's words."""
    verdict = decide(
        policy,
        question.action,
        question.facts,
        currency=question.currency,
        approved=question.approved,
        own=question.own,
    ).verdict
    match verdict:
        case Allow():
            return oracle.RUNS
        case Approve(by=roles):
            return oracle.wanted(roles)
        case Confirm():
            return oracle.CUSTOMER
        case _:
            return oracle.NOBODY


def by_oracle(question: Asked) -> str:
    return oracle.answer(question.action, question.facts, question.currency, question.approved, question.own)


def _sentence(question: Asked, said: str, right: str) -> str:
    facts = ", ".join(f"{name} = {value}" for name, value in sorted(dump(question.facts).items()))
    approved = ", ".join(repr(role) for role in question.approved) or "nobody"
    return (
        f"{question.action}: the policy says {said!r}, the rules say {right!r}; currency {question.currency}, "
        f"approved by {approved}, asked for by {question.own or 'nobody'!r}, facts: {facts}"
    )
