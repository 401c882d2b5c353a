"""How far two who graded the same agree beyond chance: Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from deskhand.measurement.shares import NORMAL_95


@dataclass(frozen=True)
class Agreement:
    """`n` pairs, of which `same` say the same. `kappa` is None where there is nothing to tell it by: no pair, or all of
    them of one kind on both sides. `low` and `high` are its 95 % interval by Fleiss, Cohen and Everitt."""

    n: int
    same: int
    kappa: float | None
    low: float | None
    high: float | None

    def reaches(self, bar: float, pairs: int) -> bool:
        """Whether so many pairs show at least so much of it."""
        return self.kappa is not None and self.n >= pairs and self.kappa >= bar


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Of what one and the other said of each."""
    said = list(pairs)
    n, same = len(said), sum(one == other for one, other in said)
    rows, columns = Counter(one for one, _ in said), Counter(other for _, other in said)
    kinds = sorted(rows.keys() | columns.keys())
    if not n:
        return Agreement(0, 0, None, None, None)
    seen, chance = same / n, sum(rows[kind] * columns[kind] for kind in kinds) / n**2
    if chance == 1:
        return Agreement(n, same, None, None, None)
    kappa = (seen - chance) / (1 - chance)
    half = NORMAL_95 * _error(said, kinds, rows, columns, kappa, chance)
    return Agreement(n, same, kappa, max(-1.0, kappa - half), min(1.0, kappa + half))


def _error(
    said: Sequence[tuple[str, str]],
    kinds: Sequence[str],
    rows: Counter[str],
    columns: Counter[str],
    kappa: float,
    chance: float,
) -> float:
    """The standard error for large samples; with few pairs the interval is too narrow."""
    n, cells = len(said), Counter(said)
    on = sum(cells[kind, kind] / n * (1 - (rows[kind] + columns[kind]) / n * (1 - kappa)) ** 2 for kind in kinds)
    off = sum(
        count / n * ((columns[one] + rows[other]) / n) ** 2 for (one, other), count in cells.items() if one != other
    )
    variance = (on + (1 - kappa) ** 2 * off - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    return sqrt(max(variance, 0.0))
