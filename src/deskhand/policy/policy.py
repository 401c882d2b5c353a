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

TABLES = ("limit.", "within.")  # names from the policy's own tables: they are no facts


class RuleEffect(StrEnum):
    """What a rule does when it fires. All but ALLOW restrict."""

    ALLOW = "allow"
    APPROVE = "approve"
    CONFIRM = "confirm"
    DENY = "deny"
    ESCALATE = "escalate"


BUILT_IN = "built in"  # the file of a rule that stands in no file


@dataclass(frozen=True)
class Condition:
    line: int
    expression: Expression


@dataclass(frozen=True)
class Rule:
    """`who` is the role of an `approve`, the queue of an `escalate`, else empty; `count` people of it must approve.

    `four_eyes`: whoever asked for the action is none of them.
    """

    id: str
    file: str
    line: int
    effect: RuleEffect
    when: tuple[Condition, ...]
    require: tuple[Condition, ...]
    say: str
    who: str
    count: int = 1
    four_eyes: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self.when + self.require


@dataclass(frozen=True)
class Chapter:
    """The rules on one action, in the order in which they are asked, and the language they are written in."""

    language: Language
    rules: tuple[Rule, ...]
    limits: Mapping[str, Mapping[str, Money]]
    windows: Mapping[str, timedelta]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What its conditions speak of, in order: facts, limits and windows."""
        return tuple(
            dict.fromkeys(name for rule in self.rules for one in rule.conditions for name in one.expression.names)
        )

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """The facts among them."""
        return tuple(name for name in self.names if not name.startswith(TABLES))


@dataclass(frozen=True)
class Policy:
    """Made by `loading.load_policies`, which refuses any text that has a fault. `notes` are worth a look.

    `texts`, by file name, are what `digest` covers.
    """

    digest: str
    texts: Mapping[str, str]
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
    """`facts` is the JSON of every fact that was given: with the policy's text and what `decide` was told besides, the
    decision can be taken again."""

    verdict: Verdict
    facts: Mapping[str, Any]
    policy_digest: str
    trace: tuple[TraceLine, ...]
    action: str
    currency: str | None
    approved: tuple[str, ...]
    own: str
