"""What a score is worth: the share that was right where the score was like this one (Platt 1999)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ROUNDS = 50
TINY = 1e-6  # the farthest a score may lie from 0 and 1
FIRM = 0.3  # as if a third of an example had said that scores are right as they are: a handful cannot bend them far


@dataclass(frozen=True)
class Calibration:
    """A rising curve from scores between 0 and 1 to the probability of being right, `unsure` away from certainty."""

    slope: float
    offset: float
    unsure: float

    def __call__(self, scores: Numbers) -> Numbers:
        said = _sigmoid(self.slope * _logit(scores) + self.offset)
        return np.asarray(said.clip(self.unsure, 1 - self.unsure))


def calibrated(scores: Numbers, right: NDArray[np.bool_]) -> Calibration:
    """Fitted to what is known to be right: maximum likelihood by Newton's method, towards Platt's smoothed targets."""
    rows = np.c_[_logit(scores), np.ones(len(scores))]
    hits, misses = int(right.sum()), int((~right).sum())
    aim = np.where(right, (hits + 1) / (hits + 2), 1 / (misses + 2))
    curve = np.array([1.0, 0.0])
    for _ in range(ROUNDS):
        said = _sigmoid(rows @ curve)
        steepness = (rows * (said * (1 - said))[:, None]).T @ rows + FIRM * np.eye(2)
        step = np.linalg.solve(steepness, rows.T @ (aim - said) - FIRM * (curve - [1.0, 0.0]))
        curve = curve + np.clip(step, -1, 1)
    # A falling curve would turn the order of scores around, which no handful of examples can justify.
    return Calibration(max(float(curve[0]), 0.0), float(curve[1]), 1 / (len(scores) + 2))


def _logit(scores: Numbers) -> Numbers:
    held = np.clip(scores, TINY, 1 - TINY)
    return np.asarray(np.log(held / (1 - held)))


def _sigmoid(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -500, 500))))
