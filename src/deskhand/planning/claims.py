"""All that a text claims, each in a form that can be compared.

Numbers, days, money, ids and places are read in every language of `tongues/`; deeds, promises and deadlines in those
that the text is written in.
"""

from collections.abc import Callable
from functools import lru_cache

from deskhand.planning.claim import Claim, Of
from deskhand.planning.deeds import deeds, doers, grants, promises, states
from deskhand.planning.places import addresses, ids, paths, phones
from deskhand.planning.reading import plain, tongues_of
from deskhand.planning.sums import amounts, figures, percents
from deskhand.planning.times import dates, deadlines, durations, months, times

FACT = " \u00a7 "  # stands where an amount, a day, a time or an id stood
GAP = " \u00b6 "  # stands where a claim stood: what is left and right of it is not one number
STATED: tuple[Callable[[str], list[Claim]], ...] = (
    addresses,
    dates,
    months,
    amounts,
    percents,
    durations,
    times,
    ids,
    phones,
)
FACTS = (dates, amounts, times, ids)


def claims(text: str) -> list[Claim]:
    """All that a text claims."""
    tongues = tongues_of(text)
    read = plain(text)
    found = [
        *statements(text)[0],
        *paths(read),
        *doers(read),
        *deadlines(read, tuple(tongue.code for tongue in tongues)),
    ]
    return [*found, *deeds(read, tongues), *states(read, tongues), *promises(read, tongues), *grants(read, tongues)]


@lru_cache(maxsize=64)  # a reply is read for its claims, and once more for its sentences
def statements(text: str) -> tuple[tuple[Claim, ...], str]:
    """Numbers and what holds numbers, and the text with a gap for each of them but the figures. What is part of one
    claim is not told again as another."""
    rest = plain(text)
    found: list[Claim] = []
    for extract in STATED:
        told = extract(rest)
        for claim in sorted({claim.text for claim in told}, key=len, reverse=True):
            rest = rest.replace(claim, FACT if extract in FACTS else GAP)
        found += told
    return (*found, *figures(rest)), rest


__all__ = ["Claim", "Of", "claims", "statements"]
