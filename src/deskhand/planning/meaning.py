"""Whether a sentence says in other words what a source does, or nothing that needs one, or binds the company.

Measured in tests/planning/test_fabrications.py: without a number in common, sentences that mean the same are more alike
than those that share only their subject; a number in common makes it likely that they speak of the same thing.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from deskhand.planning.claims import FACT, GAP
from deskhand.planning.stems import content, tokens
from deskhand.planning.times import durations, single
from deskhand.ports.tone import Hear

ALIKE = 0.6  # from here on two sentences mean the same
ANCHORED = 0.4  # the same, when both tell the same number, or one tells what a system said
TALK = -0.5  # log-odds from which on a sentence is small talk
BINDS = 1.0  # log-odds from which on a sentence binds the company
BRIEF = 18  # words that such a sentence has at most
NEAREST = 80  # sentences of the sources that are compared, those with the most words in common first
CLAIMED = re.compile(rf"[\d{FACT.strip()}{GAP.strip()}]")
NUMBER = re.compile(r"\d+(?:,\d{3})*")
Similarity = Callable[[str, str], float]


def meant(
    sentence: str,
    gapped: str,
    sources: Iterable[str],
    similarity: Similarity,
    alike: float = ALIKE,
    anchored: float = ANCHORED,
) -> bool:
    """Whether a source means this. `gapped`: the same with marks where its claims stood, each of which is true."""
    words, fact = content(tokens(sentence)), FACT.strip() in gapped
    numbers = _numbers(sentence) | {claim.value for claim in single(sentence)}
    nearest = sorted(_stating(sources), key=lambda one: len(words & content(tokens(one))), reverse=True)
    return any(
        similarity(sentence, one) >= (anchored if fact or numbers & _numbers(one) else alike)
        for one in nearest[:NEAREST]
    )


def _stating(sources: Iterable[str]) -> Iterable[str]:
    """Each once, without questions."""
    return dict.fromkeys(one for one in sources if not one.endswith("?"))


def talk(sentence: str, gapped: str, hear: Hear) -> bool:
    """Whether this belongs to the conversation and states nothing."""
    if CLAIMED.search(gapped) or len(sentence.split()) > BRIEF:
        return False
    tone = hear(sentence)
    return tone.talk >= TALK and tone.talk > tone.binding


def binds(sentence: str, gapped: str, hear: Hear) -> bool:
    """Whether this sounds like a deed, a promise or a right, without anything that could be matched."""
    if CLAIMED.search(gapped):
        return False
    tone = hear(sentence)
    return tone.binding >= BINDS and tone.binding > tone.talk


@lru_cache(maxsize=4096)
def _numbers(text: str) -> frozenset[tuple[object, ...]]:
    """Lengths of time in one unit, and all other numbers."""
    others = (int(number.replace(",", "")) for number in NUMBER.findall(text))
    return frozenset(claim.value for claim in durations(text)) | {(number,) for number in others}
