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
BY_WORDS = 200  # the best passages by words; what comes behind them would gain next to nothing
MANY = 2000  # passages, from which on common words are left out
KEPT_COUNTS = 50_000
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
        self._counts: dict[str, int] = {}
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
        order = _best_first(score, limit)
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
        if rare := self._rare(terms[:MOST_TERMS]):
            query = "select rowid, rank from passage where passage match ? order by rank limit ?"
            with self._lock:
                rows = self._words.execute(query, (" OR ".join(map(_quoted, rare)), BY_WORDS)).fetchall()
            for row, rank in rows:
                scores[row] = -rank  # FTS5 ranks are negative, the best one lowest
        return scores / max(float(scores.max(initial=0)), 1e-9)

    def _rare(self, terms: list[str]) -> list[str]:
        """Among many passages a word that stands in every twentieth tells little, and costs most of the time."""
        if len(self._passages) < MANY:
            return terms
        return [term for term in terms if self._occurs(term) <= len(self._passages) // 20]

    def _occurs(self, term: str) -> int:
        if term not in self._counts:
            with self._lock:
                query = "select count(*) from passage where passage match ?"
                found = int(self._words.execute(query, (_quoted(term),)).fetchone()[0])
            if len(self._counts) > KEPT_COUNTS:
                self._counts.clear()
            self._counts[term] = found
        return self._counts[term]


def _quoted(term: str) -> str:
    """A customer's text must never be query syntax."""
    return f'"{term}"'


def _best_first(score: Numbers, limit: int) -> NDArray[np.intp]:
    """Places of the highest scores, in order; of equals the first one first."""
    if len(score) > 4 * limit:
        lowest = np.partition(score, len(score) - limit)[len(score) - limit]
        near = np.flatnonzero(score >= lowest)
        return np.asarray(near[np.argsort(-score[near], kind="stable")][:limit])
    return np.argsort(-score, kind="stable")[:limit]


def _word_index(texts: Iterable[tuple[str, str]]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("create virtual table passage using fts5(title, body, tokenize='porter unicode61')")
    rows = ((row, *pair) for row, pair in enumerate(texts))
    database.executemany("insert into passage(rowid, title, body) values (?, ?, ?)", rows)
    database.execute("insert into passage(passage, rank) values ('rank', 'bm25(3.0, 1.0)')")
    return database
