"""A policy as checked values, and what it says of one action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from deskhand.domain.errors import Fault
from deskhand.domain.expression import Expression, Language
from deskhand.domain.money import Money
from deskhand.domain.verdict import Verdict


class RuleEffect(StrEnum):
    """What a rule does when it fires. All but ALLOW restrict."""

    ALLOW = "allow"
    APPROVE = "approve"
    CONFIRM = "confirm"
    DENY = "deny"
    ESCALATE = "escalate"


@dataclass(frozen=True)
class Condition:
    line: int
    expression: Expression


@dataclass(frozen=True)
class Rule:
    """`who` is the role of an `approve`, the queue of an `escalate`, else empty."""

    id: str
    file: str
    line: int
    effect: RuleEffect
    when: tuple[Condition, ...]
    require: tuple[Condition, ...]
    say: str
    who: str


@dataclass(frozen=True)
class Chapter:
    """The rules on one action, in the order in which they are asked, and the language they are written in."""

    language: Language
    rules: tuple[Rule, ...]
    limits: Mapping[str, Mapping[str, Money]]
    windows: Mapping[str, timedelta]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every fact, limit and window that its rules look at."""
        conditions = (one for rule in self.rules for one in (*rule.when, *rule.require))
        return frozenset(name for one in conditions for name in one.expression.names)


@dataclass(frozen=True)
class Policy:
    """Made by `loading.load_policies`, which refuses any text that has a fault. `notes` are worth a look."""

    digest: str
    chapters: Mapping[str, Chapter]
    roles: frozenset[str]
    queues: frozenset[str]
    notes: tuple[Fault, ...]


@dataclass(frozen=True)
class Because:
    """One condition as it was found: `holds` is true, false, or why it cannot be told; `values` as people read them."""

    line: int
    condition: str
    holds: bool | str
    values: Mapping[str, str]


@dataclass(frozen=True)
class TraceLine:
    """A rule that fired, or an `allow` that did not."""

    rule: str
    file: str
    line: int
    effect: str
    fired: bool
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Decision:
    """`facts` is the JSON of every fact that was given: with the policy's text, the decision can be taken again."""

    verdict: Verdict
    facts: Mapping[str, Any]
    policy_digest: str
    trace: tuple[TraceLine, ...]
