"""A share with its number and its interval: none is printed without them."""

from dataclasses import dataclass
from math import sqrt

NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Share:
    """`n` of `of`; `low` and `high` are the 95 % interval of Wilson. None where there is nothing to measure."""

    n: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def share(n: int, of: int) -> Share:
    if of == 0:
        return Share(0, 0, None, None, None)
    part, z2 = n / of, NORMAL_95**2
    middle = (part + z2 / (2 * of)) / (1 + z2 / of)
    half = NORMAL_95 * sqrt(part * (1 - part) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Share(n, of, part, max(0.0, middle - half), min(1.0, middle + half))
