"""Whether a sentence says in other words what a source does, or what is said to everybody.

Measured in tests/planning/test_fabrications.py: without a number in common, sentences that mean the same are more alike
than those that share only their subject; a number in common makes it likely that they speak of the same thing.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from deskhand.planning.claims import FACT, GAP
from deskhand.planning.courtesy import SAID_TO_ALL, SAYS_SOMETHING
from deskhand.planning.stems import content, tokens
from deskhand.planning.times import durations, single

ALIKE = 0.6  # from here on two sentences mean the same
ANCHORED = 0.4  # the same, when both tell the same number, or one tells what a system said
COURTEOUS = 0.46  # from here on a sentence is one of those that are said to everybody
POLITE = 0.38  # the same, when it is nearer to those than to what says something
BRIEF = 18  # words that such a sentence has at most
NEAREST = 80  # sentences of the sources that are compared, those with the most words in common first
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


def courteous(sentence: str, gapped: str, similarity: Similarity) -> bool:
    """Whether this belongs to the conversation and states nothing."""
    if any(mark.strip() in gapped for mark in (FACT, GAP)) or len(sentence.split()) > BRIEF:
        return False
    near = max(similarity(sentence, one) for one in SAID_TO_ALL)
    return near >= COURTEOUS or (near >= POLITE and near > max(similarity(sentence, one) for one in SAYS_SOMETHING))


@lru_cache(maxsize=4096)
def _numbers(text: str) -> frozenset[tuple[object, ...]]:
    """Lengths of time in one unit, and all other numbers."""
    others = (int(number.replace(",", "")) for number in NUMBER.findall(text))
    return frozenset(claim.value for claim in durations(text)) | {(number,) for number in others}
