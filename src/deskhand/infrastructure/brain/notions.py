"""What a text speaks of, whatever words it uses: customers say "graph", "tier" and "coworker", articles do not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from deskhand.infrastructure.brain.lists import words
from deskhand.infrastructure.brain.spelling import distance
from deskhand.infrastructure.search.stop_words import STOP
from deskhand.infrastructure.search.wordpiece import vocabulary

WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
ENDINGS = ("'s", "ing", "ed", "es", "s", "e")
MOST_WORDS = 4  # of one synonym
COMMON, RARE = 2_500, 11_500  # BERT numbers whole words by how common they are
LIGHT, HEAVY = 0.4, 1.2


@dataclass(frozen=True)
class Notion:
    """A word that says something of the subject. `names`: its stem and the notions that it may stand for."""

    word: str
    names: frozenset[str]

    @property
    def key(self) -> str:
        return min(self.names)

    @property
    def weight(self) -> float:
        """Rare words tell more."""
        return _weight(self.word)


@lru_cache(8192)
def notions(text: str) -> tuple[Notion, ...]:
    """Each notion once, in the order of the text."""
    found: dict[str, Notion] = {}
    for spoken, names in _read(_tokens(text)):
        if names:
            one = Notion(spoken[0], names)
            found.setdefault(one.key, one)
    return tuple(found.values())


@lru_cache(8192)
def named(text: str) -> frozenset[str]:
    """All names of what the text speaks of."""
    return frozenset().union(*(one.names for one in notions(text)))


def holds(names: frozenset[str], one: Notion) -> bool:
    """Whether it is among them; in a longer word that is none of English, a slip of one letter is forgiven."""
    if names & one.names:
        return True
    slip = stem(one.word)
    return (
        len(slip) > 4
        and one.word not in vocabulary()
        and any(
            abs(len(name) - len(slip)) < 2 and name[0] == slip[0] and distance(name, slip) < 2
            for name in names
            if len(name) > 4
        )
    )


@lru_cache(8192)
def formal(text: str) -> str:
    """The same text in the words that articles use; just as it is when it uses no others."""
    said: list[str] = []
    other = False
    for spoken, names in _read(_tokens(text)):
        heads = names & _heads()
        if heads and _stemmed(" ".join(spoken)) not in _stemmed_heads():
            said, other = [*said, min(heads)], True
        else:
            said += spoken
    return " ".join(said) if other else text


def stem(word: str) -> str:
    """Enough to bring "invoices" to "invoice" and "connecting" to "connect"."""
    for end in ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


def _tokens(text: str) -> tuple[str, ...]:
    short = words("short_forms")
    plain = (one.lower() for one in WORD.findall(text.replace("\u2019", "'")))
    return tuple(WORD.findall(" ".join(short.get(one, one) for one in plain)))


def _read(tokens: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Stretches of words with the names of each; none for a word that says nothing of the subject."""
    stems = [stem(word) for word in tokens]
    at = 0
    while at < len(tokens):
        for size in range(min(MOST_WORDS, len(tokens) - at), 1, -1):
            phrase = " ".join(stems[at : at + size])
            if phrase in _synonyms():
                yield tokens[at : at + size], _synonyms()[phrase] | {phrase}
                at += size
                break
        else:
            word = tokens[at]
            said = word not in STOP and word not in _empty() and (len(word) > 1 or word.isdigit())
            own = _synonyms().get(stems[at], frozenset()) | {stems[at]}
            yield (word,), own if said else frozenset()
            at += 1


@lru_cache(8192)
def _weight(word: str) -> float:
    rank = vocabulary().get(word) or vocabulary().get(stem(word)) or RARE
    return LIGHT + (HEAVY - LIGHT) * min(1.0, max(0.0, (rank - COMMON) / (RARE - COMMON)))


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    """By a stemmed word or phrase, the notions that it may stand for."""
    found: dict[str, set[str]] = {}
    for head, said in _lines():
        for phrase in (head, *(one.strip() for one in said.split(","))):
            if head != "~" and phrase:
                found.setdefault(_stemmed(phrase), set()).add(head)
    return {phrase: frozenset(heads) for phrase, heads in found.items()}


@cache
def _heads() -> frozenset[str]:
    return frozenset(head for head, _ in _lines())


@cache
def _stemmed_heads() -> frozenset[str]:
    return frozenset(map(_stemmed, _heads()))


@cache
def _empty() -> frozenset[str]:
    """Words that say nothing of the subject."""
    return frozenset(word for head, said in _lines() if head == "~" for word in said.split())


def _stemmed(phrase: str) -> str:
    return " ".join(stem(word) for word in WORD.findall(phrase.lower()))


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    lines = (files(__package__) / "synonyms.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return tuple((head.strip(), said.strip()) for head, _, said in pairs)
