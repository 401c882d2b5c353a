"""Finds passages in the library: by meaning, with a small share for exact words, and by what points to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from deskhand.domain.article import ANYBODY, Asker, Hit, Passage
from deskhand.infrastructure.library.choice import (
    OTHER_LOCALE,
    fits,
    locale_rank,
    products_in,
    version_rank,
    versions_in,
)
from deskhand.infrastructure.library.links import only_points, titles
from deskhand.infrastructure.library.shelf import Flags, Shelf, fresh
from deskhand.infrastructure.library.words import terms_of, words_of
from deskhand.infrastructure.search.embedder import Embedder
from deskhand.infrastructure.storage.tables.knowledge import article as articles
from deskhand.infrastructure.storage.tables.knowledge import passage as cuts

WORDS = 0.1  # enough to bring up an exact code; at 0.5 common words outvote the meaning
FOREIGN = 0.1  # what an article for readers of another language is put back by
CLEARLY = 0.1  # cosine: behind a door, and so much nearer that nothing before the door is the answer
POINTED = 0.5  # of the cosine of a mere pointer: so near must be what its author says to look at instead
LONGEST = 8000  # characters of a question
BY_WORDS = 200  # the best passages by words; what comes behind them would gain next to nothing
MANY = 2000  # passages, from which on common words are left out
KEPT_COUNTS = 50_000
MOST = 50  # passages of one article
TRIES = 3
Numbers = NDArray[np.float32]
TEXTS = (
    sa.select(
        cuts.c.number,
        articles.c.source,
        articles.c.title,
        cuts.c.heading,
        sa.func.substr(articles.c.text, cuts.c.start + 1, cuts.c.length).label("text"),
        articles.c.digest,
        cuts.c.start,
        cuts.c.links,
    )
    .join(articles, articles.c.number == cuts.c.article)
    .where(cuts.c.number.in_(sa.bindparam("those", expanding=True)))
)


@dataclass(frozen=True)
class _Written:
    passage: Passage
    links: tuple[str, ...]


class Finder:
    """Keeps `ports.search.Knowledge`. Any number of threads may search.

    Each search looks whether the library has moved, whoever moved it. `embedder` is the library's name for `embed`;
    `plain` makes a customer's text readable before it is looked for.
    """

    def __init__(self, database: sa.Engine, embed: Embedder, embedder: str, plain: Callable[[str], str] = str):
        self._database, self._embed, self._embedder, self._plain = database, embed, embedder, plain
        self._words = words_of(database)
        self._lock = Lock()
        self._shelf = Shelf()
        self._counts: dict[str, int] = {}
        self._counted = 0

    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        """See `ports.search.Knowledge`."""

        def wanted(shelf: Shelf) -> Flags:
            products = products_in(question[:LONGEST], shelf.products)
            versions = versions_in(question[:LONGEST], shelf.versions)
            readable = _readable(shelf, asker)
            if products or versions:
                return np.asarray(readable & shelf.those(lambda one: fits(one, products, versions)))
            return readable

        return self._found(question, wanted, limit, asker, behind=not asker.verified)

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        """See `ports.search.Knowledge`."""

        def wanted(shelf: Shelf) -> Flags:
            return np.asarray(_readable(shelf, asker) & shelf.rows_of(shelf.by_source.get(source, ())))

        return self._found(question, wanted, MOST, asker, alone=True)

    def nearest(self, vectors: Numbers) -> Numbers:
        """For each text its cosine to the best public passage: an answer begins above what foreign texts reach."""
        shelf = self.look()
        if not shelf.public.any():
            return np.zeros(len(vectors), np.float32)
        return np.asarray((vectors @ shelf.vectors[shelf.public].T).max(axis=1, initial=-1), np.float32)

    @property
    def version(self) -> int:
        """That of the library at the last search."""
        return self._shelf.version

    def look(self) -> Shelf:
        """The library as it is now."""
        with self._database.connect() as connection:
            return self._renewed(connection)

    def _renewed(self, connection: sa.Connection) -> Shelf:
        shelf = fresh(connection, self._shelf, self._embedder)
        if shelf is not self._shelf:
            with self._lock:
                if shelf.version > self._shelf.version:
                    self._shelf = shelf
        return shelf

    def _found(
        self,
        question: str,
        wanted: Callable[[Shelf], Flags],
        limit: int,
        asker: Asker,
        *,
        alone: bool = False,
        behind: bool = False,
    ) -> tuple[Hit, ...]:
        """`alone`: passages of one article, as they are. `behind`: heed what stands behind the door for customers."""
        question = self._plain(question[:LONGEST])
        vector = self._embed([question])[0]
        with self._database.connect() as connection:
            for _ in range(TRIES):
                shelf = self._renewed(connection)
                flags = wanted(shelf)
                if not flags.any():
                    return ()
                search = _Search(shelf, flags, shelf.vectors @ vector)
                if behind and search.hidden():
                    return ()
                search.rank(self._bm25(connection, shelf, flags, question), asker)
                if not alone:
                    search.follow(self._written(connection, shelf, search.first(limit)))
                rows = search.first(limit) if alone else search.choose(limit, asker)
                texts = self._written(connection, shelf, rows)
                if len(texts) == len(rows):
                    return tuple(Hit(texts[r].passage, float(search.score[r]), float(search.near[r])) for r in rows)
                connection.rollback()  # a passage went while we looked: look again, at what is there now
            return tuple(
                Hit(texts[r].passage, float(search.score[r]), float(search.near[r])) for r in rows if r in texts
            )

    def _written(self, connection: sa.Connection, shelf: Shelf, rows: Sequence[int]) -> dict[int, _Written]:
        at = {int(shelf.numbers[row]): row for row in rows}
        found = connection.execute(TEXTS, {"those": list(at)}) if at else ()
        return {at[number]: _Written(_passage(*rest), links) for number, *rest, links in found}

    def _bm25(self, connection: sa.Connection, shelf: Shelf, wanted: Flags, question: str) -> Numbers:
        """Between 0 and 1, the best passage of those wanted having 1."""
        scores = np.zeros(len(shelf.numbers), np.float32)
        if terms := self._rare(connection, terms_of(question), len(shelf.numbers)):
            best = self._words.best(connection, terms, BY_WORDS)
            numbers = np.array([number for number, _ in best], np.int64)
            rows = np.minimum(np.searchsorted(shelf.numbers, numbers), len(scores) - 1)
            known = (shelf.numbers[rows] == numbers) & wanted[rows]
            scores[rows[known]] = np.array([score for _, score in best], np.float32)[known]
        return scores / max(float(scores.max(initial=0)), 1e-9)

    def _rare(self, connection: sa.Connection, terms: list[str], size: int) -> list[str]:
        """Among many passages a word that stands in every twentieth tells little, and costs most of the time."""
        if size < MANY:
            return terms
        if abs(size - self._counted) > size // 10 or len(self._counts) > KEPT_COUNTS:
            self._counts, self._counted = {}, size
        counts = self._counts
        for term in terms:
            if term not in counts:
                counts[term] = self._words.count(connection, term)
        return [term for term in terms if counts[term] <= size // 20]


class _Search:
    """One question put to one state of the library. Rows that are not wanted have no score."""

    def __init__(self, shelf: Shelf, wanted: Flags, cosine: Numbers):
        self.shelf, self.wanted, self.cosine = shelf, wanted, cosine
        self.score = np.where(wanted, cosine, -np.inf).astype(np.float32)
        self.near = cosine.copy()

    def hidden(self) -> bool:
        """Whether an article for customers alone is clearly nearer than all that is wanted."""
        best = self.cosine[self.shelf.for_customers].max(initial=-1)
        return bool(best > self.cosine[self.wanted].max(initial=-1) + CLEARLY)

    def rank(self, words: Numbers, asker: Asker) -> None:
        self.score += WORDS * words
        for locale, rows in self.shelf.locales.items():
            if locale_rank(locale, asker.locale) >= OTHER_LOCALE:
                self.score[rows] -= FOREIGN

    def first(self, limit: int) -> list[int]:
        """The rows with the highest scores, in order; of equals the first one first."""
        score = self.score
        near = np.flatnonzero(np.isfinite(score))
        if len(near) > 4 * limit:
            lowest = np.partition(score, len(score) - limit)[len(score) - limit]
            near = np.flatnonzero((score >= lowest) & np.isfinite(score))
        return [int(row) for row in near[np.argsort(-score[near], kind="stable")][:limit]]

    def follow(self, written: dict[int, _Written]) -> None:
        """One step: what a passage points to comes before it when it is nearer, or when the passage only points."""
        for row, one in written.items():
            least = self.cosine[row] * (POINTED if one.links and only_points(one.passage.text) else 1)
            for target in one.links:
                for at in self._meant(target):
                    rows = np.flatnonzero((self.shelf.of == at) & self.wanted)
                    if at == self.shelf.of[row] or not len(rows):
                        continue
                    best = int(rows[np.argmax(self.cosine[rows])])
                    if self.cosine[best] > least:
                        self.score[best] = max(self.score[best], np.nextafter(self.score[row], np.float32(np.inf)))

    def choose(self, limit: int, asker: Asker) -> list[int]:
        """The best rows; of articles that say the same, the one that suits the asker."""
        chosen: list[int] = []
        taken: dict[str, int] = {}
        for row in self._best_first(limit):
            at = int(self.shelf.of[row])
            thing = self.shelf.cards[at].one_thing
            if thing not in taken:
                taken[thing] = self._suits(thing, asker)
                row = row if taken[thing] == at else self._instead(row, taken[thing])
            elif taken[thing] != at:
                continue
            if row not in chosen:
                chosen.append(row)
            if len(chosen) == limit:
                break
        return chosen

    def _best_first(self, limit: int) -> Iterator[int]:
        """All wanted rows in order, of which the first few are nearly always enough."""
        few = self.first(4 * limit)
        yield from few
        seen = set(few)
        yield from (row for row in self.first(len(self.score)) if row not in seen)

    def _suits(self, thing: str, asker: Asker) -> int:
        cards, members = self.shelf.cards, self.shelf.by_thing[thing]
        if len(members) > 1:
            members = [at for at in members if self.wanted[self.shelf.of == at].any()]
        return min(members, key=lambda at: (locale_rank(cards[at].locale, asker.locale), version_rank(cards[at]), at))

    def _instead(self, row: int, at: int) -> int:
        """The passage of a relative that says what this one says: the same place, when both are cut alike."""
        own, theirs = (np.flatnonzero(self.shelf.of == one) for one in (self.shelf.of[row], at))
        best = theirs[np.argmax(self.cosine[theirs])]
        if len(own) == len(theirs):
            best = theirs[self.shelf.places[theirs] == self.shelf.places[row]][0]
        other = int(best)
        # The embedder may not read the relative's language; that the two say one thing is known.
        self.near[other] = max(self.near[other], self.near[row])
        self.score[other] = max(self.score[other], self.score[row])
        return other

    def _meant(self, target: str) -> Sequence[int]:
        if target in self.shelf.by_source:
            return self.shelf.by_source[target]
        return next((self.shelf.by_title[one] for one in titles(target) if one in self.shelf.by_title), ())


def _readable(shelf: Shelf, asker: Asker) -> Flags:
    return np.asarray(shelf.public | shelf.for_customers) if asker.verified else shelf.public


def _passage(source: str, title: str, heading: str, text: str, digest: str, start: int) -> Passage:
    return Passage(source, title, heading, text, digest, start)
