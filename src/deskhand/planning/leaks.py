"""No reply repeats our instructions to a model: what is long enough to be no accident is found word by word."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

RUN = 8  # words in a row: people who write about the same thing do not share so many by chance
WORD = re.compile(r"[^\W_]+")


def leaks(reply: str, hidden: Sequence[str]) -> tuple[str, ...]:
    """Stretches of the reply that stand in one of the hidden texts, as sentences; empty when all is well.

    Letter case, punctuation, mark-up and characters that nobody sees make no difference. A translation does: that is
    for whoever wrote the instructions to forbid, and for them to hold nothing secret.
    """
    spoken = words(reply)
    known = _runs(tuple(hidden))
    starts = [place for place in range(len(spoken) - RUN + 1) if tuple(spoken[place : place + RUN]) in known]
    return tuple(f'repeats our instructions: "{" ".join(spoken[a:b])}"' for a, b in _stretches(starts))


def words(text: str) -> list[str]:
    """As they are compared."""
    return WORD.findall("".join(c for c in text if c.isprintable() or c.isspace()).casefold())


@lru_cache(maxsize=8)
def _runs(hidden: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every run of words in these texts; they are the same for every message."""
    told = [words(text) for text in hidden]
    return frozenset(tuple(one[place : place + RUN]) for one in told for place in range(len(one) - RUN + 1))


def _stretches(starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs that overlap are one stretch."""
    begin = None
    for place, here in enumerate(starts):
        begin = here if begin is None else begin
        if place + 1 == len(starts) or starts[place + 1] > here + RUN:
            yield begin, here + RUN
            begin = None
