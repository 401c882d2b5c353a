"""Frustration and urgency: nearness to a few anchor sentences, lifted by plain cues."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from deskhand.domain.understanding import Sentiment, Sign, Signal, Urgency
from deskhand.infrastructure.brain.signs import Signs
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache

CUE = 0.25
FRUSTRATED, URGENT = 0.16, 0.22  # scores; see tests/brain/test_signals.py
BELIEVED, STEEP = 0.5, 8.0
LEAST = -0.02  # of the nearness beside a cue
NEAREST = 3


@dataclass(frozen=True)
class Felt:
    """`score` is open-ended, `strength` from 0 to 1; `quote` are the words that tell most."""

    score: float
    strength: float
    quote: str


class Mood:
    """Reads `anchors.json`: sentences that are strongly of a mood, and calm ones on a desk's common topics."""

    def __init__(self, embed: Embedder, cache: VectorCache, anchors: Mapping[str, Sequence[str]] | None = None):
        anchors = written() if anchors is None else anchors
        vectors = cache.vectors(embed, [text for texts in anchors.values() for text in texts])
        ends = np.cumsum([len(texts) for texts in anchors.values()])
        parts = np.split(vectors, ends[:-1])
        self._anchors = dict(zip(anchors, parts, strict=True))

    def frustration(self, signs: Signs, parts: Sequence[str], vectors: Vectors) -> Felt:
        """`vectors` are those of `parts`, the message's clauses; the strongest one tells."""
        score, part = self._nearness("frustrated", "content", parts, vectors)
        found, loud = _words(signs, "frustration"), shouted(signs.text)
        score = _cued(score, "frustration", signs)
        score += CUE * (min(len(found), 2) + 2 * bool(_words(signs, "anger")) + loud)
        words = [*_words(signs, "anger"), *found]
        return Felt(score, _strength(score - FRUSTRATED), words[0] if words else part or signs.text.strip())

    def urgency(self, signs: Signs, parts: Sequence[str], vectors: Vectors) -> Felt:
        """The same of haste."""
        score, part = self._nearness("urgent", "unhurried", parts, vectors)
        found = _words(signs, "urgency")
        score = _cued(score, "urgency", signs) + CUE * min(len(found), 1)
        return Felt(score, _strength(score - URGENT), found[0] if found else part or signs.text.strip())

    def signals(
        self, signs: Signs, parts: Sequence[str], vectors: Vectors
    ) -> tuple[Sentiment, Urgency, tuple[Signal, ...]]:
        """How the message is felt to be, with the words that tell so."""
        frustration, urgency = self.frustration(signs, parts, vectors), self.urgency(signs, parts, vectors)
        felt = ((Sign.FRUSTRATION, frustration), (Sign.URGENCY, urgency))
        shown = tuple(Signal(sign, one.strength, one.quote) for sign, one in felt if one.strength > BELIEVED)
        sentiment = Sentiment.CALM
        if frustration.strength > BELIEVED:
            angry = _words(signs, "anger") or (_words(signs, "frustration") and shouted(signs.text))
            sentiment = Sentiment.ANGRY if angry else Sentiment.FRUSTRATED
        return sentiment, Urgency.URGENT if urgency.strength > BELIEVED else Urgency.NORMAL, shown

    def _nearness(self, strong: str, calm: str, parts: Sequence[str], vectors: Vectors) -> tuple[float, str]:
        """Of the part that is most so."""
        if not len(vectors):
            return 0.0, ""
        near = _top(self._anchors[strong], vectors) - _top(self._anchors[calm], vectors)
        best = int(near.argmax())
        return float(near[best]), parts[best]


def written() -> dict[str, list[str]]:
    """The sentences of `anchors.json`, by mood."""
    found: dict[str, list[str]] = json.loads((files(__package__) / "anchors.json").read_text("utf-8"))
    return found


def cued(signs: Signs, sign: Sign) -> str:
    """The first words of a message that are a cue of frustration or of haste; "" when there are none."""
    kinds = {Sign.FRUSTRATION: ("anger", "frustration"), Sign.URGENCY: ("urgency",)}[sign]
    return next((words for kind in kinds for words in _words(signs, kind)), "")


def _words(signs: Signs, kind: str) -> list[str]:
    """The cues of a mood that stand in the text."""
    return [signs.text[start:end] for start, end in signs.spans(kind, "mood")]


def _cued(score: float, kind: str, signs: Signs) -> float:
    """What the words are near to weighs less than what they say: who is in haste may ask for something ordinary."""
    if _words(signs, kind):
        return max(score, LEAST)
    return min(score, 0.0) if signs.denied(kind, "mood") else score


def _strength(above: float) -> float:
    """0 to 1, by how far a score is above what is believed."""
    return round(1 / (1 + math.exp(-STEEP * above)), 3)


def shouted(text: str) -> bool:
    """Whether most of a longer text is in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 15 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _top(anchors: Vectors, vectors: Vectors) -> Vectors:
    return np.asarray(np.sort(vectors @ anchors.T, axis=1)[:, -NEAREST:].mean(axis=1), np.float32)
