"""Frustration and urgency: nearness to a few anchor sentences, lifted by plain cues."""

import json
from importlib.resources import files

import numpy as np

from deskhand.domain.understanding import Sentiment, Urgency
from deskhand.infrastructure.brain.lists import cues
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache

CUE = 0.25
FRUSTRATED, URGENT = 0.16, 0.22  # see tests/brain/test_mood.py
NEAREST = 3


class Mood:
    """Reads `anchors.json`: sentences that are strongly of a mood, and calm ones on a desk's common topics."""

    def __init__(self, embed: Embedder, cache: VectorCache):
        anchors: dict[str, list[str]] = json.loads((files(__package__) / "anchors.json").read_text("utf-8"))
        vectors = cache.vectors(embed, [text for texts in anchors.values() for text in texts])
        ends = np.cumsum([len(texts) for texts in anchors.values()])
        parts = np.split(vectors, ends[:-1])
        self._anchors = dict(zip(anchors, parts, strict=True))

    def sentiment(self, text: str, vectors: Vectors) -> Sentiment:
        """`vectors` are those of the message's parts; the strongest one tells."""
        score = self._nearness("frustrated", "content", vectors)
        frustrated, angry = _cued("frustrated", text), _cued("angry", text)
        score += CUE * (min(frustrated, 2) + 2 * bool(angry) + shouted(text))
        if score <= FRUSTRATED:
            return Sentiment.CALM
        return Sentiment.ANGRY if angry or (frustrated and shouted(text)) else Sentiment.FRUSTRATED

    def urgency(self, text: str, vectors: Vectors) -> Urgency:
        score = self._nearness("urgent", "unhurried", vectors) + CUE * min(_cued("urgent", text), 1)
        return Urgency.URGENT if score > URGENT else Urgency.NORMAL

    def _nearness(self, strong: str, calm: str, vectors: Vectors) -> float:
        if not len(vectors):
            return 0.0
        return float((_top(self._anchors[strong], vectors) - _top(self._anchors[calm], vectors)).max())


def _cued(mood: str, text: str) -> int:
    """How many cues of a mood stand in the text."""
    return sum(1 for _ in cues("mood")[mood].finditer(text))


def shouted(text: str) -> bool:
    """Whether most of a longer text is in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 15 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _top(anchors: Vectors, vectors: Vectors) -> Vectors:
    return np.asarray(np.sort(vectors @ anchors.T, axis=1)[:, -NEAREST:].mean(axis=1), np.float32)
