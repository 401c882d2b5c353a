"""The data sets, and texts as vectors that are made once."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from deskhand.infrastructure.search.embedder import MiniLM, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache

HERE = Path(__file__).parent
DATA = HERE / "data"
LOCAL = HERE / ".local"  # what stays on this machine: vectors, and the last run
LUMEN = HERE.parent / "examples" / "lumen"
FOREIGN = "out_of_scope"


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines())


class Remembered:
    """The product's embedder, each text embedded once for all runs on this machine (`folder`) or for this one."""

    def __init__(self, folder: Path | None = None):
        self._embed = MiniLM()
        if folder:
            folder.mkdir(exist_ok=True)
        self.cache = VectorCache(folder / "vectors.sqlite" if folder else None)
        self.name = self._embed.name
        self._known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self.cache.vectors(self._embed, new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._embed([])
