"""How a sentence is meant, by its vector: two weighted sums, fitted by `python -m tests.planning.fit_tone`."""

import json
from functools import cache
from importlib.resources import files

import numpy as np

from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.ports.tone import Tone

PARTS = ("talk", "binding")  # in the order of `Tone`


class Tones:
    """Keeps `ports.tone.Hear` for the embedder that the weights of `tone.json` were fitted with."""

    def __init__(self, embed: Embedder):
        self._embed = embed

    def __call__(self, sentence: str) -> Tone:
        offsets, weights = fitted(self._embed.name)
        talk, binding = offsets + weights @ self._embed([sentence])[0]
        return Tone(float(talk), float(binding))


@cache
def fitted(embedder: str) -> tuple[Vectors, Vectors]:
    """Offsets and weights, a row for each part of a tone."""
    kept = json.loads((files(__package__) / "tone.json").read_text("utf-8"))
    assert kept["embedder"] == embedder, f"tone.json is fitted to {kept['embedder']}: fit it to {embedder}"
    rows = np.array([kept[part] for part in PARTS], np.float32)
    return rows[:, 0], rows[:, 1:]
