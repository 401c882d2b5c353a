"""What a message is about, as far as rules can tell whether another message is about the same."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.understanding import Kind, Understanding

NEAR = 0.8  # of all words of two texts: so many both must have
NUMBER = re.compile(r"\w*\d\w*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Matter:
    """The procedures that were asked for, what was named for them, and the other questions in their (masked) words."""

    procedures: tuple[str, ...]
    named: Mapping[str, str]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """This message is the one that gets the full answer to its matter; from people, when it went to their `queue`."""

    customer: str
    ticket: str
    message: str
    channel: str
    matter: Matter
    queue: str
    at: datetime


def matter_of(understanding: Understanding) -> Matter | None:
    """None for a message that asks for nothing."""
    wanted = [one for one in understanding.requests if one.kind is not Kind.SMALL_TALK]
    if not wanted:
        return None
    return Matter(
        procedures=tuple(sorted({one.procedure for one in wanted if one.procedure})),
        named={name: value for one in wanted for name, value in one.slots.items()},
        questions=tuple(one.quote for one in wanted if not one.procedure),
    )


def covers(first: Matter, second: Matter) -> bool:
    """Whether the second asks for nothing that the first does not: the same procedures about the same objects, and
    questions in nearly the same words. In doubt it is another matter, and is answered."""
    same_things = all(first.named.get(name) == value for name, value in second.named.items())
    asked = set(second.procedures) <= set(first.procedures)
    return same_things and asked and all(_nearly_one_of(one, first.questions) for one in second.questions)


def _nearly_one_of(text: str, others: Collection[str]) -> bool:
    return any(nearly_same(text, one) for one in others)


def nearly_same(one: str, other: str) -> bool:
    """By their words, and with the very same numbers."""
    first, second = (frozenset(WORD.findall(text.casefold())) for text in (one, other))
    numbers = [frozenset(word for word in words if NUMBER.fullmatch(word)) for words in (first, second)]
    both = first & second
    return numbers[0] == numbers[1] and bool(both) and len(both) >= NEAR * len(first | second)
