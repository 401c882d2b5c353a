"""Numbers as people write them: groups of digits with blanks, dots, dashes or a line end between."""

import re
from collections.abc import Iterator
from typing import NamedTuple

RUN = re.compile(r"(?<!\d)\d++(?:[ \t.,/_\n-]{1,3}+\d++)*+")
GROUP = re.compile(r"\d+")
FEWEST = 8  # digits: what is shorter is no account of anybody
LONGEST = 19


class Group(NamedTuple):
    """`digits` stand at `start` to `end`."""

    start: int
    end: int
    digits: str


def runs(text: str) -> Iterator[list[Group]]:
    """Stretches of digits that may belong together, each as its groups."""
    for run in RUN.finditer(text):
        if run.end() - run.start() >= FEWEST:
            yield [Group(one.start(), one.end(), one[0]) for one in GROUP.finditer(text, run.start(), run.end())]


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or sign joins this number to something longer, as in SN-4455 and ch_42."""
    right = text[end : end + 2]
    follows = right[:1] == "_" or right[:1].isalnum() or (right[:1] == "-" and right[1:].isalnum())
    return not follows and not joined(text, start)


def joined(text: str, start: int) -> bool:
    """Whether what stands directly before makes it the end of something longer, or the number of something."""
    left = text[max(0, start - 2) : start]
    return left[-1:] in ("#", "_") or left[-1:].isalnum() or (left[-1:] in ("-", ".", "/") and left[:-1].isalnum())
