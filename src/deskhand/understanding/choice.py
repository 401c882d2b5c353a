"""An answer to "this or that?": the first, the second, both, or a part of a title."""

import re
from collections.abc import Sequence

FEW = 8  # words; a longer message says more than which
STEM = 5  # letters that words of one root share

FIRST = re.compile(
    r"first|1st|1|former|erste[nrs]?|premi(?:er|ère)|primer[oa]?|primo|primeir[oa]|eerste|første|första|pierwsz[aey]"
    r"|ensimmäi\w*|první"
)
SECOND = re.compile(
    r"second|2nd|2|latter|zweite[nrs]?|deuxième|second[eoa]|segund[oa]|tweede|anden|andet|andra|drug[aie]|toinen|toista"
    r"|druh[áýéou]{1,2}"
)
BOTH = re.compile(r"both|beide[ns]?|ambos|ambas|entramb[ie]|allebei|begge|båda|oba|obie|oboje|obě|obojí|molemmat")
OTHER = re.compile(
    r"other|ander[en]{1,2}|anderes|autre|otr[oa]|altr[oa]|outr[oa]|anden|andet|andra|drug[aie]|toinen|toista|druh[áýéou]{1,2}"
)
# Words that may stand around a choice without saying anything else.
AROUND = frozenset(
    "the one it its is it's i mean meant think would say that this please pls option number no nr about of them "
    "rather probably yes ok sorry thanks actually a an to for das der die den es ist ich meine bitte um le la les c "
    "est je veux dire el lo los es quiero decir por favor il i è per o a os as é het de dat ik bedoel den det er jeg "
    "mener är jag menar to ta ten chodzi o se to je prosím proszę tack tak merci danke".split()
)
SOON = re.compile(r"\b(?:a|one) second\b(?! one)", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
COMMON = frozenset(
    "the a an of for or and to in on is it that this your you my i me with was were about something from one".split()
)


def choice(text: str, titles: Sequence[str]) -> tuple[int, ...]:
    """Which of two titles are meant, by their places; empty when it cannot be told."""
    words = [word.lower() for word in WORD.findall(text[:400])]
    if not words or len(words) > FEW:
        return ()
    telling = [word for word in words if word not in AROUND]
    if len(telling) == 1 and not SOON.search(text):
        first, second = FIRST.fullmatch(telling[0]), SECOND.fullmatch(telling[0])
        if first or second:
            return (0,) if first else (1,)
        if BOTH.fullmatch(telling[0]):
            return (0, 1)
    return _by_title(telling, titles)


def other_one(text: str) -> bool:
    """Whether the other one of two is meant."""
    telling = [word for word in map(str.lower, WORD.findall(text[:400])) if word not in AROUND]
    return len(telling) == 1 and OTHER.fullmatch(telling[0]) is not None


def _by_title(telling: Sequence[str], titles: Sequence[str]) -> tuple[int, ...]:
    """The title that the words are taken from, when they are of one of them only."""
    said = {word[:STEM] for word in telling if word not in COMMON}
    held = [{word[:STEM] for word in map(str.lower, WORD.findall(title)) if word not in COMMON} for title in titles]
    apart = [own - set().union(*(other for other in held if other is not own)) for own in held]
    fits = [place for place, own in enumerate(apart) if said & own]
    strange = said - set().union(*held)
    return (fits[0],) if len(fits) == 1 and len(strange) < len(said & held[fits[0]]) + 1 else ()
