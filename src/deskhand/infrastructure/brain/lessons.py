"""What former suggestions teach the built-in planner: what not to offer again, and an agent's better words."""

import re
from collections.abc import Iterable

from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.example import Example, Judged, sentences
from deskhand.infrastructure.search.stop_words import STOP

LONGEST = 2000  # characters of an agent's wording
NUMBER = re.compile(r"\d+(?:[.,]\d+)*+")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*+")
OPENERS = frozenset(  # words that sentences begin with; every one more is one less that could be a name
    "i i'm i'll i've i'd you'll please sorry thanks thank yes sure here now then next first second finally after "
    "before once only also every each all both no note go open click choose select enter use ask try check see sign "
    "log press add remove change make start type look find read set save keep wait tell send give let".split()
)


def rejected_for(procedure: str, examples: Iterable[Example]) -> Example | None:
    """The nearest rejection of a suggestion that followed this procedure."""
    return next((one for one in _judged(examples, Judged.REJECTED) if procedure in one.procedures), None)


def rejected_words(text: str, examples: Iterable[Example]) -> Example | None:
    """The nearest rejection of a suggestion that said a sentence of this text."""
    said = sentences(text)
    return next((one for one in _judged(examples, Judged.REJECTED) if said & sentences(one.suggested)), None)


def reworded(text: str, article: str, examples: Iterable[Example]) -> Example | None:
    """The nearest edit of exactly this answer whose wording stands on its own."""
    said = sentences(text)
    for one in _judged(examples, Judged.EDITED):
        same = said and not one.procedures and not one.about and said == sentences(one.suggested)
        if same and stands_alone(one.instead, article):
            return one
    return None


def why_not_again(example: Example, dossier: Dossier) -> str:
    """What people are told when a rejection keeps a message from the assistant. The agent's reason may speak of the
    customer it was about: it is told on the tickets of that one only, and kept with the example for all others."""
    known = dossier.identity.customer.ref if isinstance(dossier.identity, Matched) and dossier.verified else None
    if not example.reason:
        reason = " and gave no reason"
    elif known is not None and str(known) == example.customer:
        reason = f": {example.reason}"
    else:
        reason = f"; the reason, about another ticket, is kept with example {example.id}"
    return f"an agent rejected a suggestion for a message like this one{reason}"


def stands_alone(wording: str, article: str) -> bool:
    """Whether this may be said to another customer: a sentence at least, nothing masked, no place to fill, no number,
    and no name or other word in capitals that the article does not hold itself. Grounding looks at the rest."""
    if not sentences(wording) or len(wording) > LONGEST or any(mark in wording for mark in "[]{}@"):
        return False
    if not set(NUMBER.findall(wording)) <= set(NUMBER.findall(article)):
        return False
    known = {word.lower() for word in WORD.findall(article)} | STOP | OPENERS
    return all(word.lower() in known for word in WORD.findall(wording) if word != word.lower())


def _judged(examples: Iterable[Example], how: Judged) -> Iterable[Example]:
    return (one for one in examples if one.judged is how)
