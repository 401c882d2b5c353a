"""Articles and a counting embedder for tests of search."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from deskhand.domain.article import Article
from deskhand.domain.digest import digest
from deskhand.infrastructure.search.embedder import Vectors


def article(source: str, title: str, text: str, audience: str = "public") -> Article:
    return Article(source, title, text, audience, datetime(2026, 11, 1, tzinfo=UTC), digest(text))


class Letters:
    """Counts letters: no meaning, no model. `asked` are the texts it was given."""

    def __init__(self, name: str = "letters"):
        self.name = name
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = [[1e-3, *(text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz")] for text in texts]
        counts = np.array(rows, np.float32).reshape(-1, 27)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)
