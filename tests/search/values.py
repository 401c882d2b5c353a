"""Articles, a counting embedder and a library for tests of search."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import numpy as np
import sqlalchemy as sa

from deskhand.domain.article import Article, Hit
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.library.library import KeptLibrary
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.ports.knowledge import Change, Gathered, Unread

DATED = datetime(2026, 11, 1, tzinfo=UTC)


def article(source: str, title: str, text: str, audience: str = "public", **more: Any) -> Article:
    told = {"updated_at": DATED, "digest": sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), **more}
    return Article(source, title, text, audience, **told)


@dataclass
class Shelved:
    """A library as one process has it."""

    library: KeptLibrary
    finder: Finder

    def take_over(self, *articles: Article, source: str = "folder", unread: Iterable[Unread] = ()) -> Change:
        return self.library.take_over(source, Gathered(articles, tuple(unread)))

    def sources(self, question: str, **how: Any) -> list[str]:
        return sources(self.finder.search(question, **how))


def shelved(database: sa.Engine, embed: Embedder, plain: Callable[[str], str] = str, **how: Any) -> Shelved:
    library = KeptLibrary(database, embed, **how)
    return Shelved(library, Finder(database, embed, library.embedder, plain))


def sources(hits: Sequence[Hit]) -> list[str]:
    """Each source once, in order."""
    return list(dict.fromkeys(hit.passage.source for hit in hits))


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
