"""Lines through what was measured: how cost grows with size, and memory with messages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression


@dataclass(frozen=True)
class Line:
    """y = `start` + `slope` * x; `error` is the standard error of the slope, 0 where two points leave none."""

    start: float
    slope: float
    error: float


def line(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """By ordinary least squares: slope = Sxy / Sxx, with the standard error sqrt(RSS / (n - 2) / Sxx) (NIST/SEMATECH
    e-Handbook of Statistical Methods, 4.1.4.1). No two x may be the same."""
    slope, start = linear_regression(xs, ys)
    middle = sum(xs) / len(xs)
    spread = sum((x - middle) ** 2 for x in xs)
    rest = sum((y - start - slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    error = math.sqrt(rest / (len(xs) - 2) / spread) if len(xs) > 2 else 0.0
    return Line(start, slope, error)


def power(sizes: Sequence[float], costs: Sequence[float]) -> Line:
    """cost = a * size ** b is a straight line in logarithms, ln cost = ln a + b * ln size: `start` is ln a, `slope` the
    exponent b. All of them have to be positive."""
    return line([math.log(one) for one in sizes], [math.log(one) for one in costs])
