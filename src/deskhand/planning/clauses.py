"""Clauses, and whether one says the opposite of others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deskhand.planning.light import NEGATIONS, OPPOSITES
from deskhand.planning.stems import TOKEN, content, spelt

JOINT = re.compile(
    r"[,;:.()|\n]|\b(?:but|because|although|though|while|whereas|so that|if|when|unless|until|and then|which)\b"
)
CONDITION = re.compile(
    r"\b(?:if|when|once|unless|in case|until|as long as|whether)\b[^,.;:]{0,200}|^should\b[^,.;:]{0,200}", re.IGNORECASE
)
CONTRAST = re.compile(r"(?:,| and| but) not [^,.;:]{1,40}", re.IGNORECASE)  # "this, not that" states this
QUESTION = re.compile(r"(?<![^.!?\n])[^.!?\n]*+\?")
POLES = frozenset(word for pair in OPPOSITES for word in pair)
ORDER = ("before", "after")
ALIKE = 0.5  # how much two clauses must share before one can deny the other
FEWER = 0.75  # how much less like a clause may be that says the same than one that says the opposite
TWICE = 2  # "no plan except" states something
AGREEING = 0.8  # how much like it one must be that denies another word of it
AGREED = 0.6  # how much like it a clause must be that denies the same


@dataclass(frozen=True)
class Clause:
    """`words` are stems of all but grammar, `denied` those that it denies; `poles` holds words like"
    " before and after."""

    words: frozenset[str]
    denied: frozenset[str]
    poles: frozenset[str]


def clauses(text: str) -> Iterator[Clause]:
    """Each stretch between two joints."""
    for part in JOINT.split(spelt(text)):
        words = TOKEN.findall(part)
        denied = () if sum(word in NEGATIONS for word in words) == TWICE else _denied(words)
        yield Clause(content(words), frozenset(denied), frozenset(_poles(words)))


def source_clauses(text: str) -> Iterator[Clause]:
    """Those of a source: its questions state nothing, and of "ends by itself and needs no card" each half counts."""
    told = QUESTION.sub(" ", text)
    halves = [clause for half in re.split(r"\band\b", told) for clause in clauses(half)]
    yield from dict.fromkeys(clause for clause in (*clauses(told), *halves) if clause.words)


def reply_clauses(sentence: str) -> Iterator[Clause]:
    """Those of a sentence that state something: not what it makes a condition."""
    found = list(clauses(CONTRAST.sub(" ", CONDITION.sub(" , ", sentence))))
    return iter([one for one in found if len(one.words) > 1] or found)


def turned(clause: Clause, others: Iterable[Clause]) -> bool:
    """Whether a clause much like this one denies what it states, or states what it denies, and none agrees with it."""
    same = other_way = 0.0
    for other in others:
        shared = clause.words & other.words
        if not shared or (clause.denied and not clause.denied & shared):
            continue
        likeness = 2 * len(shared) / (len(clause.words) + len(other.words))
        if likeness >= AGREED and clause.denied and clause.denied <= other.denied:
            return False
        if clause.denied and other.denied and likeness >= AGREEING:  # whatever word the denial stands beside
            same = max(same, likeness)
            continue
        opposite = _opposite(clause, other)
        if opposite or bool(clause.denied & shared) != bool(other.denied & shared):
            other_way = max(other_way, likeness if opposite or len(shared) > 1 else 0.0)
        elif likeness >= ALIKE:
            same = max(same, likeness)
    return other_way >= ALIKE and same < FEWER * other_way


def _poles(words: list[str]) -> Iterator[str]:
    """Words that have an opposite; before and after with what they speak of."""
    for place, word in enumerate(words):
        if word in ORDER:
            yield f"{word} {next(iter(sorted(content(words[place + 1 : place + 4]))), '')}"
        elif word in POLES:
            yield word


def _opposite(clause: Clause, other: Clause) -> bool:
    """Whether they differ in one of two words like before and after."""
    if clause.denied or other.denied or not clause.poles or not other.poles:
        return False
    mine, theirs = clause.poles - other.poles, other.poles - clause.poles
    first, second = ORDER
    turned_round = {one.replace(first, second) if one.startswith(first) else one.replace(second, first) for one in mine}
    if any(one.partition(" ")[0] in ORDER and one in theirs for one in turned_round):
        return True
    return any((a in mine and b in theirs) or (b in mine and a in theirs) for a, b in OPPOSITES)


def _denied(words: list[str]) -> Iterator[str]:
    """What a negation reaches: the first word behind it that is not grammar, or the last one before it."""
    last, open_ = "", False
    for word in words:
        if word in NEGATIONS:
            open_ = True
        elif stem := next(iter(content([word])), ""):
            if open_:
                yield stem
            last, open_ = stem, False
    if open_ and last:
        yield last
