"""Fits the tones of sentences to the sets of wordings. `python -m tests.planning.fit_tone` writes `tone.json`.

`fitted(*without)` leaves sets out: what is measured on these with its weights was measured on unseen wordings.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from tests.planning.fabrications import filled
from tests.planning.scenes import MAKERS, scene
from tests.planning.wordings import anywhere, brief, fresh, idiomatic, kept, last, later, mixed, tuned, unseen, varied

from deskhand.infrastructure.brain import tone
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.planning.reading import plain
from deskhand.planning.source import SENTENCE
from deskhand.ports.tone import Tone

SETS = (tuned, kept, later, idiomatic, unseen, varied, fresh, mixed, brief, last)
BINDING = ("promise", "right", "deed", "deadline")
PENALTY = 0.1  # on the squared weights; of 0.03, 0.1 and 0.3 the sets left out preferred none clearly
ROUNDS = 12
ENOUGH = 1e-4  # a smaller step changes nothing that is kept
DIGITS = 4
EMBED = MiniLM()
Numbers = NDArray[np.float64]


@cache
def fitted(*without: ModuleType) -> tuple[Numbers, Numbers]:
    """Weights for talk and for binding, each behind its offset, from all sets but these."""
    rows = [row for one in SETS if one not in without for row in dict.fromkeys(_of(one))]
    rows += dict.fromkeys(_anywhere())
    vectors = np.array(EMBED([text for _, text in rows]), float)
    return tuple(_newton(vectors, np.array([of == part for of, _ in rows])) for part in tone.PARTS)  # type: ignore[return-value]


class Hearing:
    """Keeps `ports.tone.Hear` with these weights."""

    def __init__(self, weights: tuple[Numbers, Numbers]):
        self._weights = weights

    def __call__(self, sentence: str) -> Tone:
        vector = EMBED([sentence])[0]
        talk, binding = (float(one[0] + vector @ one[1:]) for one in self._weights)
        return Tone(talk, binding)


def _of(wordings: ModuleType) -> Iterator[tuple[str, str]]:
    """(what it is, sentence); what is neither talk nor binding is "stated"."""
    random = Random(3)
    for name in sorted(MAKERS):
        values = scene(name, random).values
        for slot in wordings.CLEAN[name]:
            for text in slot:
                yield from _sentences("stated", filled(text, values, "en", random))
        for text in wordings.TURNED.get(name, ()):
            yield from _sentences("stated", text)
    for kind, texts in wordings.UNTRUE.items():
        for text in (text for text in texts if "|" not in text):
            yield from _sentences("binding" if kind in BINDING else "stated", text)
    for text in (*wordings.OPENINGS, *wordings.CLOSINGS):
        yield from _sentences("talk", text)


def _anywhere() -> Iterator[tuple[str, str]]:
    for of, texts in (
        ("talk", (*anywhere.SMALL_TALK, *anywhere.READ)),
        ("binding", anywhere.BINDING),
        ("stated", anywhere.STATING),
    ):
        for text in texts:
            yield from _sentences(of, text)


def _sentences(of: str, text: str) -> Iterator[tuple[str, str]]:
    """As the review of replies reads them."""
    return ((of, part.strip()) for part in SENTENCE.split(plain(text)) if re.search(r"\w", part))


def _newton(vectors: Numbers, hits: NDArray[np.bool_]) -> Numbers:
    """Logistic regression; both kinds weigh the same, however many there are of each."""
    columns = np.c_[np.ones(len(vectors)), vectors]
    each = np.where(hits, (~hits).sum() / hits.sum(), 1.0)
    held = PENALTY * np.eye(columns.shape[1])
    held[0, 0] = 1e-6
    weights = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-(columns @ weights)))
        steepness = (columns * (each * said * (1 - said))[:, None]).T @ columns + held
        step = np.linalg.solve(steepness, columns.T @ (each * (hits - said)) - held @ weights)
        weights = weights + np.clip(step, -5, 5)
        if np.abs(step).max() < ENOUGH:
            break
    return np.asarray(weights)


def main() -> None:
    """Writes the weights of all sets together."""
    kept = {part: [round(float(one), DIGITS) for one in row] for part, row in zip(tone.PARTS, fitted(), strict=True)}
    path = Path(tone.__file__).with_name("tone.json")
    path.write_text(json.dumps({"embedder": EMBED.name, **kept}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
