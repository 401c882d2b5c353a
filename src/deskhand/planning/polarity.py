"""Whether a sentence states what the source most like it denies, or denies what that states.

Each part between two joints is compared with the parts of the sources: by how often it denies something, whatever the
words. Limits are left out, their numbers are compared elsewhere.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from deskhand.planning.light import NEGATIONS
from deskhand.planning.meaning import Similarity
from deskhand.planning.stems import content, spelt, tokens

JOINT = re.compile(r"[;:|(),]|\b(?:and|but|because|while|whereas|so that)\b")
CONDITION = re.compile(
    r"\b(?:if|when|once|in case|as long as|whether)\b[^,.;:]{0,200}|^should\b[^,.;:]{0,200}", re.IGNORECASE
)
NUMBER = re.compile(r"\d")
LIMIT = re.compile(
    r"\b(?:limit\w*|maximum|up to|at most|no more than|(?:more|less|fewer) than|over)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(  # denies something, but not what the part is about
    r"\b(?:that|which|who|nobody) (?:\w+ )??(?:(?:is|was|were|are|has|have|had|be) )?"
    r"(?:(?:not|never|been|has|have) )*\w+"
    r"|\bwithout (?:you|me|us)\b|\bno (?:obstacle|problem|matter)\b|\bif not\b",
    re.IGNORECASE,
)
# An advice, or what is true of this customer only: a source tells both of what is so and of what is not.
CASE = re.compile(
    r"^(?:please )?(?:do not|don't|never)\b"
    r"|^(?:yes,? |so )?(?:i|your (?:\w+ )*(?:account|export|subscription|payment)|if|without)\b",
    re.IGNORECASE,
)
DENIAL = (NEGATIONS - {"apart"}) | frozenset("unless stop stops block blocks blocked exclude excludes disabled".split())
ALIKE = 0.7  # from here on two parts speak of the same
NEARER = 0.05  # how much more like a part must be the one that says the opposite than one that says the same
NEAREST = 24  # parts of the sources that are compared
SHORTEST = 2  # words that state something, unless no part has more


def contradicted(sentence: str, sources: Iterable[str], similarity: Similarity) -> bool:
    """Whether a source says the opposite of a part of this, and none says the same. `similarity` is asked only where
    sources that speak of it deny what it states, or state what it denies."""
    parts = [part for part in _parts(sentence) if not NUMBER.search(part)]
    parts = [part for part in parts if len(_words(part)) >= SHORTEST] if len(JOINT.split(sentence)) > 1 else parts
    known = dict.fromkeys(part for one in sources for part in _parts(one)) if parts else {}
    return any(_opposed(part, list(known), similarity) for part in parts)


def _opposed(part: str, known: list[str], similarity: Similarity) -> bool:
    words, denied = _words(part), denies(part)
    near = sorted((one for one in known if words & _words(one)), key=lambda one: -len(words & _words(one)))[:NEAREST]
    others = [one for one in near if denies(one) != denied and not CASE.search(one)]
    opposite = max((similarity(part, one) for one in others), default=0.0)
    if opposite < ALIKE:
        return False
    return opposite > NEARER + max((similarity(part, one) for one in near if denies(one) == denied), default=0.0)


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[str, ...]:
    """What stands between two joints and states something, without limits and questions."""
    if sentence.rstrip().endswith("?"):
        return ()
    parts = (CONDITION.sub(" ", part).strip() for part in JOINT.split(sentence))
    return tuple(part for part in parts if _words(part) and not LIMIT.search(part) and not part.startswith("not "))


@lru_cache(maxsize=4096)
def _words(part: str) -> frozenset[str]:
    return content(tokens(part))


@lru_cache(maxsize=4096)
def denies(part: str) -> bool:
    return sum(word in DENIAL for word in tokens(ASIDE.sub(" ", spelt(part)))) % 2 == 1
