"""Is one of two versions better? A test that may be looked at after every case, and stopped at any of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True)
class Compared:
    """`a` and `b`: (successes, cases). `pairs`: how many of each were compared, in order; the rest waits for cases of
    the other version. `e` is the evidence against "no difference", `peak` the most that it ever was."""

    a: tuple[int, int]
    b: tuple[int, int]
    pairs: int
    e: float
    peak: float
    alpha: float

    @property
    def differs(self) -> bool:
        """Once found, a difference stays found: what the error is bounded for is that it was ever said."""
        return self.peak >= 1 / self.alpha

    @property
    def better(self) -> str:
        """ "a", "b", or "" while nothing is known."""
        if not self.differs:
            return ""
        return "b" if self.b[0] * self.a[1] > self.a[0] * self.b[1] else "a"


def compare(outcomes: Iterable[tuple[str, bool]], alpha: float) -> Compared:
    """`outcomes`: version ("a" or "b") and whether it was a success, in the order in which they were known.

    The k-th case of A is paired with the k-th of B. With p and q guessed from the pairs before (Beta(1, 1) each) and
    m = (p + q) / 2, the evidence is multiplied by [p or 1-p] * [q or 1-q] / ([m or 1-m] * [m or 1-m]), each as the case
    came out. When both versions succeed equally often, at whatever rate r, a factor is 1 or less on average: it is
    f(p) f(q) with f(x) = r x/m + (1-r) (1-x)/(1-m), and f(p) + f(q) = 2, so that f(p) f(q) <= 1. The product is
    therefore a nonnegative supermartingale from 1, and by Ville's inequality the chance that it ever reaches 1/alpha
    is at most alpha, however often one looks. (Turner, Ly, Gruenwald: Generic E-variables for exact sequential
    k-sample tests that allow for optional stopping, 2021; Ville, 1939.)
    """
    got: dict[str, list[bool]] = {"a": [], "b": []}
    for version, success in outcomes:
        got[version].append(success)
    pairs = min(len(got["a"]), len(got["b"]))
    e = peak = 1.0
    wins_a = wins_b = 0
    for k, (one, other) in enumerate(zip(islice(got["a"], pairs), islice(got["b"], pairs), strict=True)):
        p, q = (wins_a + 1) / (k + 2), (wins_b + 1) / (k + 2)
        m = (p + q) / 2
        e *= _chance(p, one) * _chance(q, other) / (_chance(m, one) * _chance(m, other))
        peak = max(peak, e)
        wins_a, wins_b = wins_a + one, wins_b + other
    a, b = ((sum(got[name]), len(got[name])) for name in ("a", "b"))
    return Compared(a, b, pairs, e, peak, alpha)


def _chance(rate: float, success: bool) -> float:
    return rate if success else 1 - rate
