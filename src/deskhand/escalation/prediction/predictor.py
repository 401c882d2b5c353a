"""From signs to a probability with its reasons, and the JSON that a predictor is kept as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, isfinite
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.prediction import MODEL, RULES, Prediction, Reason
from deskhand.escalation.prediction.signs import Signs, in_words, known

FORMAT = 1  # of the JSON, and of what the signs mean: raise it when either changes
REASONS = 3
VERSION_LENGTH = 16


@dataclass(frozen=True)
class Predictor:
    """Logistic: `offset` and a weight for each unit of each sign give log-odds, which `slope` and `shift` calibrate.

    `by` and `why` are those of its predictions. `trained` says on what it was trained, `figures` what was measured.
    """

    offset: float
    weights: Mapping[str, float]
    slope: float = 1.0
    shift: float = 0.0
    by: str = MODEL
    why: str = ""
    trained: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)

    def probability(self, signs: Signs) -> float:
        """Between 0 and 1. Signs that it was not trained with weigh nothing."""
        return _sigmoid(self._odds(signs))

    def predict(self, signs: Signs) -> Prediction:
        """With the signs that moved it most."""
        odds = self._odds(signs)
        weighed = [(name, value, self.slope * self.weights.get(name, 0.0) * value) for name, value in signs.items()]
        points = {name: _sigmoid(odds) - _sigmoid(odds - part) for name, _, part in weighed}
        strongest = sorted((one for one in weighed if one[2]), key=lambda one: (-abs(one[2]), one[0]))[:REASONS]
        reasons = tuple(
            Reason(name, in_words(name, value), round(points[name], 4))
            for name, value, _ in strongest
            if round(points[name], 2)
        )
        return Prediction(round(_sigmoid(odds), 6), self.by, self.version, self.why, reasons)

    @property
    def version(self) -> str:
        """The same wherever it says the same: a digest of all that it holds."""
        return f"{self.by}-{digest(self._content())[:VERSION_LENGTH]}"

    def kept(self) -> dict[str, object]:
        """As JSON, with the version that proves it whole."""
        return self._content() | {"version": self.version}

    def _content(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "by": self.by,
            "why": self.why,
            "offset": self.offset,
            "weights": dict(self.weights),
            "slope": self.slope,
            "shift": self.shift,
            "trained": dict(self.trained),
            "figures": dict(self.figures),
        }

    def _odds(self, signs: Signs) -> float:
        # In the order of their names: a sum of the same numbers in another order may differ in its last digit.
        parts = (self.weights.get(name, 0.0) * signs[name] for name in sorted(signs))
        return self.slope * (self.offset + sum(parts)) + self.shift


@dataclass(frozen=True)
class Unusable:
    """Why what was kept is no predictor for this version, in half a sentence."""

    why: str


def predictor_from(kept: Mapping[str, Any]) -> Predictor | Unusable:
    """The inverse of `Predictor.kept`. What is foreign, altered or of another version is refused."""
    if kept.get("format") != FORMAT:
        return Unusable(f"it has the format {kept.get('format')!r}, and this version reads {FORMAT}")
    try:
        one = Predictor(
            offset=float(kept["offset"]),
            weights={str(name): float(weight) for name, weight in kept["weights"].items()},
            slope=float(kept["slope"]),
            shift=float(kept["shift"]),
            by=str(kept["by"]),
            why=str(kept["why"]),
            trained=dict(kept["trained"]),
            figures=dict(kept["figures"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return Unusable("it lacks what a predictor consists of")
    if one.by not in (MODEL, RULES):
        return Unusable(f"it calls itself {one.by!r}")
    if foreign := sorted(name for name in one.weights if not known(name)):
        return Unusable(f"it weighs signs that this version does not know: {', '.join(foreign[:5])}")
    if not all(map(isfinite, (one.offset, one.slope, one.shift, *one.weights.values()))):
        return Unusable("it holds numbers that are none")
    if kept.get("version") != one.version:
        return Unusable(f"it was altered: its content is that of {one.version}, not of {kept.get('version')}")
    return one


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds >= 0 else 1 - 1 / (1 + exp(min(odds, 700.0)))
