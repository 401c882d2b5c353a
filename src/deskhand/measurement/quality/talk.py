"""A conversation as the rules of quality read it: turns of the customer, each with what was written back."""

import re
from dataclasses import dataclass

ASSISTANT, PEOPLE = "assistant", "people"
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


@dataclass(frozen=True)
class Claimed:
    """What a reply claims: a deed, a promise or an entitlement, as it stands there. `deed`: an English participle;
    `ours`: whether it is said that we did it, or will."""

    of: str
    text: str
    deed: str = ""
    ours: bool = True


@dataclass(frozen=True)
class Asked:
    """One request of a message. `about`: words that an answer to it would hold, in lower case."""

    quote: str
    procedure: str = ""
    about: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reply:
    """What was written to the customer. `message`: the customer's message that it answers when the assistant wrote it,
    its own id when a person did. `languages`: those it is written in, empty where nothing tells."""

    message: str
    by: str
    text: str
    languages: frozenset[str] = frozenset()
    claims: tuple[Claimed, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in SENTENCE.split(self.text) if one.strip())

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in WORD.findall(self.text))


@dataclass(frozen=True)
class Turn:
    """A message of the customer with every reply to it before their next one.

    `outcome`, `citations`, `procedures`, `allowed` and `denied` (actions) are of what the assistant made of it; `done`
    are the English participles of what was done for this customer up to its end. `people`: it went to people.
    """

    message: str
    text: str
    language: str = "und"
    asked: tuple[Asked, ...] = ()
    wants_person: bool = False
    angry: bool = False
    outcome: str = ""
    people: bool = False
    citations: int = 0
    procedures: tuple[str, ...] = ()
    allowed: int = 0
    denied: int = 0
    done: frozenset[str] = frozenset()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Talk:
    """One ticket, in order. `complete`: its help desk could be read; otherwise only the assistant's part is known."""

    ticket: str
    turns: tuple[Turn, ...]
    complete: bool = True
