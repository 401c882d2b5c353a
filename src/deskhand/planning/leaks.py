"""No reply repeats our instructions to a model, nor a whisper: what is no accident is found word by word."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

RUN = 8  # words in a row: people who write about the same thing do not share so many by chance
WHISPERED = 5  # a whisper is short
WORD = re.compile(r"[^\W_]+")


def leaks(reply: str, hidden: Sequence[str]) -> tuple[str, ...]:
    """Stretches of the reply that stand in one of the hidden texts, as sentences; empty when all is well.

    Letter case, punctuation, mark-up and characters that nobody sees make no difference. A translation does: that is
    for whoever wrote the instructions to forbid, and for them to hold nothing secret.
    """
    return tuple(f'repeats our instructions: "{found}"' for found in _found(reply, _runs(tuple(hidden), RUN), RUN))


def tells_on(text: str, whispers: Sequence[str], told: Sequence[str]) -> tuple[str, ...]:
    """Stretches of the text that stand in an agent's whisper and in nothing that was `told` anyway, as sentences."""
    private = _runs(tuple(whispers), WHISPERED) - _runs(tuple(told), WHISPERED)
    return tuple(f'repeats what an agent said in private: "{found}"' for found in _found(text, private, WHISPERED))


def words(text: str) -> list[str]:
    """As they are compared."""
    return WORD.findall("".join(c for c in text if c.isprintable() or c.isspace()).casefold())


def _found(text: str, known: frozenset[tuple[str, ...]], run: int) -> Iterator[str]:
    spoken = words(text)
    starts = [place for place in range(len(spoken) - run + 1) if tuple(spoken[place : place + run]) in known]
    for begin, end in _stretches(starts, run):
        yield " ".join(spoken[begin:end])


@lru_cache(maxsize=8)
def _runs(texts: tuple[str, ...], run: int) -> frozenset[tuple[str, ...]]:
    """Every run of words in these texts; our instructions are the same for every message."""
    told = [words(text) for text in texts]
    return frozenset(tuple(one[place : place + run]) for one in told for place in range(len(one) - run + 1))


def _stretches(starts: Sequence[int], run: int) -> Iterator[tuple[int, int]]:
    """Runs that overlap are one stretch."""
    begin = None
    for place, here in enumerate(starts):
        begin = here if begin is None else begin
        if place + 1 == len(starts) or starts[place + 1] > here + run:
            yield begin, here + run
            begin = None
