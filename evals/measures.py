"""Figures from plain arrays: ranks, calibration, places in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
BINS = 10
NOWHERE = 99  # the place of what is not among the first


@dataclass(frozen=True)
class Bin:
    """Messages whose confidence lies between `low` and a tenth more: what was said of them, and what was right."""

    low: float
    messages: int
    said: float
    right: float


@dataclass(frozen=True)
class Measured:
    """What one data set gave. A share is between 0 and 1; a figure that the data cannot tell is left out."""

    name: str
    figures: dict[str, float]
    curves: dict[str, tuple[Bin, ...]]


def reliability(said: Numbers, right: Flags) -> tuple[Bin, ...]:
    """The bins that hold any message."""
    places = np.minimum((said * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(one / BINS, int(held.sum()), float(said[held].mean()), float(right[held].mean()))
        for one in range(BINS)
        if (held := places == one).any()
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far what is said lies from what is right, by messages: the expected calibration error."""
    messages = sum(one.messages for one in bins)
    return sum(one.messages * abs(one.said - one.right) for one in bins) / messages


def auroc(high: Numbers, low: Numbers) -> float:
    """How often one of `high` lies above one of `low`; of equals one half."""
    order = np.sort(low)
    below = (np.searchsorted(order, high, "left") + np.searchsorted(order, high, "right")) / 2
    return float(below.mean() / len(low))


def places(found: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """For each question the place, from 0, of the first right one."""
    return np.array(
        [
            next((place for place, one in enumerate(answers) if one in set(wanted)), NOWHERE)
            for answers, wanted in zip(found, right, strict=True)
        ]
    )


def ranked(found: NDArray[np.int64]) -> dict[str, float]:
    """Recall at 1, 5 and 10: how many questions have a right one there; and the mean reciprocal rank."""
    recall = {f"recall@{k}": float((found < k).mean()) for k in (1, 5, 10)}
    return {**recall, "MRR@10": float(np.where(found < 10, 1 / (found + 1.0), 0.0).mean())}


def shares(**flags: Flags) -> dict[str, float]:
    """The share of each, without those of nothing."""
    return {name.replace("_", " "): float(one.mean()) for name, one in flags.items() if one.size}


def milliseconds(spent: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of seconds."""
    return {"ms median": 1000 * float(np.median(spent)), "ms p95": 1000 * float(np.quantile(spent, 0.95))}
