"""A text to a procedure: kernel ridge regression, which can tell in closed form how sure it may be.

No test labels are needed: each example is predicted by all the others, and that sets temperature, thresholds, and what
a score is worth as a probability.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from deskhand.infrastructure.brain.calibration import calibrated
from deskhand.infrastructure.search.embedder import Vectors

SHARPNESS, RIDGE = 4.0, 0.1
TEMPERATURES = (1, 2, 3, 5, 7, 10, 14, 20, 30)
# The share that must be right: the first, or one of the first two. A held-out example lacks itself, which a message
# does not: 0.93 of the examples is 0.95 of the messages, on every set we have (docs/decisions/0005).
ACT, ASK = 0.93, 0.80
# The lowest place where a share reaches its target was chosen for reaching it, and flatters: whoever acts takes the
# share by half a standard error less. It matters where examples are few.
DOUBT = 0.5
LEAST = 6  # messages on which a threshold may rest
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Band(StrEnum):
    """Go on with the procedure, ask which one is meant, or leave it."""

    ACT = "act"
    ASK = "ask"
    LEAVE = "leave"


@dataclass(frozen=True)
class Route:
    """`ranked` are the likeliest three with their share; `strength` also counts how near the first one's examples are,
    and compares texts; `confidence` is what that is worth: the probability that the first one is right."""

    band: Band
    strength: float
    confidence: float
    ranked: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Report:
    """What the examples say of themselves: how many are right, how many would be acted upon, how many of those right.

    A promise about the examples, not about traffic.
    """

    accuracy: float
    coverage: float
    precision: float


class Router:
    """`examples` are vectors of texts by procedure; `background` those of texts that belong to none."""

    def __init__(self, examples: Mapping[str, Vectors], background: Vectors, act: float = ACT, ask: float = ASK):
        self._names = tuple(sorted(examples))
        parts = [*(examples[name] for name in self._names), background]
        self._owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        self._vectors = np.concatenate(parts)
        cosine, self._weights, held_out = _fitted(self._vectors, self._owner, len(parts))
        self._temperature = min(TEMPERATURES, key=lambda one: _log_loss(one * held_out, self._owner))
        np.fill_diagonal(cosine, -1)
        self._set_bands(held_out, cosine, act, ask)

    def taught(self, more: Mapping[str, Vectors]) -> "Router":
        """The same router with further examples of its procedures.

        How sure it may be stays judged by the first ones: the further ones are there because it had them wrong.
        """
        known = [(row, more[name]) for row, name in enumerate(self._names) if name in more]
        result = copy(self)
        result._owner = np.concatenate([self._owner, *(np.full(len(part), row) for row, part in known)])
        result._vectors = np.concatenate([self._vectors, *(part for _, part in known)])
        _, result._weights, _ = _fitted(result._vectors, result._owner, len(self._names) + 1)
        return result

    def __call__(self, vectors: Vectors) -> list[Route]:
        """One route for each row."""
        if not self._names:
            return [Route(Band.LEAVE, 0.0, 0.0, ())] * len(vectors)
        cosine = vectors.astype(np.float64) @ self._vectors.T
        scores = _kernel(cosine) @ self._weights
        order, probability, sure = self._judge(scores, cosine)
        worth = self._worth(sure)
        routes = []
        for row, foreign in enumerate(self._foreign(scores)):
            ranked = tuple((self._names[i], float(probability[row, i])) for i in order[row, :3])
            leave = foreign or sure[row] < self._ask
            band = Band.LEAVE if leave else Band.ACT if sure[row] >= self._act else Band.ASK
            routes.append(Route(band, float(sure[row]), float(worth[row]), ranked))
        return routes

    def nearest(self, vector: Vectors, limit: int) -> tuple[str, ...]:
        """The likeliest procedures for one row, however unlikely they are."""
        if not self._names:
            return ()
        scores = _kernel(vector.astype(np.float64) @ self._vectors.T) @ self._weights
        order = np.argsort(-scores[0, : len(self._names)], kind="stable")
        return tuple(self._names[i] for i in order[:limit])

    def _set_bands(self, held_out: Numbers, cosine: Numbers, act: float, ask: float) -> None:
        if not self._names:
            self.report = Report(0.0, 0.0, 0.0)
            return
        order, _, sure = self._judge(held_out, cosine)
        own, stays = self._owner < len(self._names), ~self._foreign(held_out)
        first = order[:, 0] == self._owner
        either = (order[:, :2] == self._owner[:, None]).any(axis=1)
        self._worth = calibrated(sure, first)
        self._act = _cut(sure[stays], first[stays], act, DOUBT)
        taken = stays & (sure >= self._act)
        rest = stays & ~taken
        self._ask = min(self._act, _cut(sure[rest], either[rest], ask))
        precision = float(first[taken].mean()) if taken.any() else 0.0
        self.report = Report(float(first[own].mean()), float(taken[own].mean()), precision)

    def _judge(self, scores: Numbers, cosine: Numbers) -> tuple[NDArray[np.int64], Numbers, Numbers]:
        """Ranking, shares, and strength: the winner's share x cosine to its nearest example."""
        probability = _softmax(scores * self._temperature)[:, : len(self._names)]
        order = np.argsort(-probability, axis=1, kind="stable")
        nearest = np.where(self._owner[None] == order[:, :1], cosine, -1.0).max(axis=1).clip(0, 1)
        return order, probability, probability.max(axis=1) * nearest

    def _foreign(self, scores: Numbers) -> Flags:
        foreign: Flags = scores.argmax(axis=1) == len(self._names)
        return foreign


def _fitted(vectors: Vectors, owner: NDArray[np.int64], classes: int) -> tuple[Numbers, Numbers, Numbers]:
    """Cosines of all pairs; the weights; and each row's scores as if it had not been there."""
    cosine = vectors.astype(np.float64) @ vectors.T
    target = np.eye(classes)[owner]
    inverse = np.linalg.inv(_kernel(cosine) + RIDGE * np.eye(len(cosine)))
    weights = inverse @ target
    return cosine, weights, target - weights / np.diag(inverse)[:, None]


def _kernel(cosine: Numbers) -> Numbers:
    return np.asarray(np.exp(SHARPNESS * (cosine - 1)))


def _softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _log_loss(scores: Numbers, truth: NDArray[np.int64]) -> float:
    return float(-np.log(_softmax(scores)[np.arange(len(truth)), truth] + 1e-9).mean())


def _cut(sure: Numbers, right: Flags, target: float, doubt: float = 0.0) -> float:
    """The lowest strength above which a share of at least `target` is right; infinite when there is none. `doubt`: by
    how many standard errors the share is taken lower (the lower end of Wilson's interval)."""
    order: Sequence[int] = np.argsort(-sure).tolist()
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    slack = doubt * np.sqrt(share * (1 - share) / count + (doubt / count) ** 2 / 4)
    share = (share + doubt**2 / (2 * count) - slack) / (1 + doubt**2 / count)
    good = np.flatnonzero(share >= target)
    return float(sure[order[good[-1]]]) if good.size and good[-1] + 1 >= LEAST else float("inf")
