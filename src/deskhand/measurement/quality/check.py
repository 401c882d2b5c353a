"""A rule of quality: an id, a version, a definition, and what it finds in a conversation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from deskhand.measurement.quality.talk import ASSISTANT, Reply, Talk, Turn


@dataclass(frozen=True)
class Remark:
    """What a rule found. `message`: as `Reply.message`; `by`: who wrote it. `quote`: the words, for people who may
    read the conversation; the journal gets none of them."""

    message: str
    by: str
    quote: str


@dataclass(frozen=True)
class Check:
    """`version` goes up with every change of what it finds: then history is checked again. `definition`: one sentence,
    for people."""

    id: str
    version: int
    definition: str
    find: Callable[[Talk], Iterable[Remark]]


def replies(talk: Talk, by: str = "") -> Iterable[tuple[Turn, Reply]]:
    """Each reply with the turn it answers; only those of the assistant, or of people, where `by` says so."""
    return ((turn, one) for turn in talk.turns for one in turn.replies if by in ("", one.by))


def of_assistant(talk: Talk) -> Iterable[tuple[Turn, Reply]]:
    return replies(talk, ASSISTANT)


def remark(reply: Reply, quote: str) -> Remark:
    return Remark(reply.message, reply.by, quote)
