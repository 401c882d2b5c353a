"""Logistic regression with a penalty on large weights, by Newton's method; calibrated on what came later."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from deskhand.infrastructure.brain.calibration import calibrated
from deskhand.ports.fitting import Fitted

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
ROUNDS = 50
ENOUGH = 1e-8  # a smaller step changes nothing that is kept
LONGEST = 5.0  # of a step in one weight: keeps separable data from running away
PENALTIES = (1.0, 10.0, 100.0)
DIGITS = 6  # of what is kept: sums of other processors differ far behind them


def fit(
    rows: Sequence[Sequence[float]],
    truth: Sequence[bool],
    blocks: Sequence[int],
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Fitted:
    """See `ports.fitting.Fit`."""
    columns, hits, parts = np.array(rows, dtype=float), np.array(truth, dtype=bool), np.array(blocks)
    later = [one for one in sorted(set(blocks)) if _both(hits[parts < one])]
    of = len(PENALTIES) * len(later) + 1
    foreseen: list[tuple[float, float, Numbers]] = []
    seen = np.isin(parts, later)
    for number, penalty in enumerate(PENALTIES):
        odds = np.zeros(len(hits))
        for place, block in enumerate(later):
            offset, weights = _newton(columns[parts < block], hits[parts < block], penalty)
            odds[parts == block] = offset + columns[parts == block] @ weights
            told(number * len(later) + place + 1, of)
        foreseen.append((_loss(odds[seen], hits[seen]), penalty, odds[seen]))
    _, penalty, odds = min(foreseen, key=lambda one: one[:2])
    curve = calibrated(_sigmoid(odds), hits[seen])
    offset, weights = _newton(columns, hits, penalty)
    told(of, of)
    return Fitted(
        round(offset, DIGITS),
        tuple(round(float(one), DIGITS) for one in weights),
        round(curve.slope, DIGITS),
        round(curve.offset, DIGITS),
        penalty,
    )


def _newton(rows: Numbers, hits: Flags, penalty: float) -> tuple[float, Numbers]:
    """Offset and weights in the units of the columns. The penalty is on columns of mean 0 and spread 1, so that it does
    not matter in which unit something is counted; a column that never changes gets no weight."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    still = spread < 1e-9
    scale = np.where(still, 1.0, spread)
    even = np.c_[np.ones(len(rows)), np.where(still, 0.0, (rows - mean) / scale)]
    held = penalty * np.eye(even.shape[1])
    held[0, 0] = 1e-6  # the offset is free; a trace of it keeps the system solvable
    weights = np.zeros(even.shape[1])
    for _ in range(ROUNDS):
        said = _sigmoid(even @ weights)
        steepness = (even * (said * (1 - said))[:, None]).T @ even + held
        step = np.linalg.solve(steepness, even.T @ (hits - said) - held @ weights)
        weights = weights + np.clip(step, -LONGEST, LONGEST)
        if np.abs(step).max() < ENOUGH:
            break
    own = weights[1:] / scale
    return float(weights[0] - own @ np.where(still, 0.0, mean)), own


def _both(hits: Flags) -> bool:
    return bool(hits.any() and not hits.all())


def _loss(odds: Numbers, hits: Flags) -> float:
    """Of log-likelihood, by message; rounded, so that processors agree on the smallest."""
    return round(float(np.logaddexp(0.0, np.where(hits, -odds, odds)).mean()), DIGITS) if len(odds) else 0.0


def _sigmoid(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))))
