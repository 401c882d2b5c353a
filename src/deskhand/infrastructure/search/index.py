"""Passages by meaning, with a small share for exact words: mean(title, text) cosine + 0.1 x BM25."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from deskhand.domain.article import Article, Hit, Passage
from deskhand.infrastructure.search.embedder import Embedder
from deskhand.infrastructure.search.passages import passages
from deskhand.infrastructure.search.vector_cache import VectorCache

PUBLIC = "public"
WORDS = 0.1  # enough to bring up an exact code; at 0.5 common words outvote the meaning
LONGEST = 8000  # characters of a question
MOST_TERMS = 32
MOST = 50  # passages of one article
STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have how i if in into is it its just me "
    "my no not of on or our so than that the their them then there these they this those to too us very was we were "
    "what when where which who why will with would you your".split()
)
Numbers = NDArray[np.float32]


class Index:
    """Keeps `ports.search.Knowledge` for a fixed set of articles. Any number of threads may search.

    Only articles for the public are found. `plain` makes a customer's text readable before it is looked
    for; `nameless` takes the company's name out of the articles, as `plain` does out of questions.
    """

    def __init__(
        self,
        embed: Embedder,
        articles: Iterable[Article],
        cache: VectorCache,
        plain: Callable[[str], str] = str,
        nameless: Callable[[str], str] = str,
    ):
        self._embed, self._plain = embed, plain
        found: list[Passage] = []
        self._of_source: dict[str, range] = {}
        for article in articles:
            if article.audience == PUBLIC:
                cuts = passages(article)
                self._of_source[article.source] = range(len(found), len(found) + len(cuts))
                found += cuts
        self._passages = tuple(found)
        titles = [passage.title for passage in found]
        texts = [f"{passage.title}\n{passage.heading}\n{passage.text}" for passage in found]
        both = cache.vectors(embed, [nameless(text) for text in (*titles, *texts)])
        # The mean of two cosines is the cosine-like product with the mean of the two vectors.
        self._meanings = np.asarray((both[: len(found)] + both[len(found) :]) / 2, np.float32)
        self._cache = cache
        self._lock = Lock()
        self._words = _word_index([(p.title, f"{p.heading}\n{p.text}") for p in found])

    def search(self, question: str, limit: int = 5) -> tuple[Hit, ...]:
        """See `ports.search.Knowledge`."""
        return self._best(question, range(len(self._passages)), limit)

    def within(self, source: str, question: str) -> tuple[Hit, ...]:
        """See `ports.search.Knowledge`."""
        return self._best(question, self._of_source.get(source, range(0)))

    def _best(self, question: str, rows: range, limit: int = MOST) -> tuple[Hit, ...]:
        if not rows:
            return ()
        question = self._plain(question[:LONGEST])
        cosine = self._meanings[rows.start : rows.stop] @ self._embed([question])[0]
        score = cosine + WORDS * self._bm25(question)[rows.start : rows.stop]
        order = np.argsort(-score, kind="stable")[:limit]
        return tuple(Hit(self._passages[rows[i]], float(score[i]), float(cosine[i])) for i in order)

    def nearest(self, texts: Sequence[str]) -> Numbers:
        """For each text the cosine of its best passage: what foreign texts reach tells where an answer begins."""
        if not self._passages or not texts:
            return np.zeros(len(texts), np.float32)
        cosines = self._cache.vectors(self._embed, texts) @ self._meanings.T
        return np.asarray(cosines.max(axis=1), np.float32)

    def _bm25(self, question: str) -> Numbers:
        """Between 0 and 1, the best passage having 1."""
        scores = np.zeros(len(self._passages), np.float32)
        terms = [term for term in dict.fromkeys(re.findall(r"\w+", question.lower())) if term not in STOP]
        if terms:
            # Quoted, because a customer's text must never be query syntax.
            match = " OR ".join(f'"{term}"' for term in terms[:MOST_TERMS])
            query = "select rowid, bm25(passage, 3, 1) from passage where passage match ?"
            with self._lock:
                rows = self._words.execute(query, (match,)).fetchall()
            for row, rank in rows:
                scores[row] = -rank  # FTS5 ranks are negative, the best one lowest
        return scores / max(float(scores.max(initial=0)), 1e-9)


def _word_index(texts: Iterable[tuple[str, str]]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("create virtual table passage using fts5(title, body, tokenize='porter unicode61')")
    rows = ((row, *pair) for row, pair in enumerate(texts))
    database.executemany("insert into passage(rowid, title, body) values (?, ?, ?)", rows)
    return database
