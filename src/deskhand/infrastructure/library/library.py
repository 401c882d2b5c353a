"""Keeps articles, and takes over what changed. Each article is changed in one transaction: all of it, or not."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace

import sqlalchemy as sa

from deskhand.domain.article import Article
from deskhand.domain.card_number import without_cards
from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.library.cutting import AT_ONCE, Cut, Cutter, Told, parts, untold
from deskhand.infrastructure.library.links import links
from deskhand.infrastructure.library.words import TABLE, words_of
from deskhand.infrastructure.search.embedder import Embedder
from deskhand.infrastructure.search.passages import RULES
from deskhand.infrastructure.storage.database import exclusive, scrub
from deskhand.infrastructure.storage.tables.knowledge import article as articles
from deskhand.infrastructure.storage.tables.knowledge import library
from deskhand.infrastructure.storage.tables.knowledge import passage as cuts
from deskhand.ports.knowledge import Change, Gathered

SUPERSEDED = "Another process has given the library another embedder. Nothing was changed; start this one again."
UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # one for one: places in the text stay
COLUMNS = [articles.c[one.name] for one in fields(Article)]
SAME = [column for column in COLUMNS if column.name not in ("text", "updated_at")]


class Superseded(DeskhandError):
    """Another process has given the library another embedder. Nothing was changed; start this process again."""


class KeptLibrary:
    """Keeps `ports.knowledge.Library`. Any number of threads and processes may take over at the same time.

    `nameless` takes the company's name out of what is embedded; `names` tells one such rule from another. `told` hears
    of a long work (the source, how many of how many articles) at most once a second. `threads` embed at a time.
    """

    def __init__(
        self,
        database: sa.Engine,
        embed: Embedder,
        nameless: Callable[[str], str] = str,
        names: Sequence[str] = (),
        *,
        told: Told = untold,
        timer: Callable[[], float] = time.monotonic,
        threads: int = 2,
    ):
        self._database, self._words = database, words_of(database)
        self._cut = Cutter(embed, nameless, told, timer, threads)
        self.embedder = label(embed, names)
        self._settled = False

    def take_over(self, source: str, gathered: Gathered) -> Change:
        """See `ports.knowledge.Library`."""
        self.settle()
        wanted: dict[str, Article] = {}
        for one in map(_storable, gathered.articles):
            wanted.setdefault(one.source, one)
        known, moved = self._known(source, wanted)
        differing = [one for one in wanted.values() if known.get(one.source) != _same(one)]
        count: Counter[str] = Counter()
        for cut in self._cut(source, differing):
            with self._changing() as connection:
                did = [self._put(connection, source, one) for one in cut]
                self._moved(connection, any(one != "same" for one in did))
            count.update(did)
        stays = {one.place for one in gathered.unread if not one.gone}
        gone = [name for name in known if name not in wanted and name not in stays]
        if not gone and not moved:
            return _change(count, 0, len(known.keys() | wanted.keys()))
        with self._changing() as connection:
            for part in parts(moved, AT_ONCE):
                for one in part:
                    at = articles.c.origin == source, articles.c.source == one.source
                    connection.execute(sa.update(articles).where(*at).values(updated_at=one.updated_at))
            dropped = sum(self._drop(connection, source, name) for name in gone)
            self._moved(connection, bool(dropped))
        return _change(count, dropped, len(known.keys() | wanted.keys()) - len(gone))

    def keep_only(self, sources: Iterable[str]) -> int:
        """Forget every source but these; how many articles that were."""
        with exclusive(self._database) as connection:
            which = articles.c.origin.not_in(list(sources))
            gone = connection.execute(sa.select(articles.c.origin, articles.c.source).where(which)).all()
            for origin, source in gone:
                self._drop(connection, origin, source)
            self._moved(connection, bool(gone))
        return len(gone)

    def settle(self) -> None:
        """Make the library this embedder's: what another one made is cut and embedded anew, and found when all is.

        `Superseded` when another process did so after us.
        """
        if self._current() == self.embedder:
            self._settled = True
            return
        if self._settled:
            raise Superseded(SUPERSEDED)
        while not self._switched():
            for part in iter(self._others, []):
                for cut in self._cut("another embedder", [one for _, one in part]):
                    with exclusive(self._database) as connection:
                        for (number, _), one in zip(part, cut, strict=True):
                            self._recut(connection, number, one)
        self._settled = True

    def scrub(self) -> bool:
        """After articles changed or went: leave none of their words in the database's files. See `Store.scrub`."""
        with exclusive(self._database) as connection:
            self._words.tidy(connection)
        return scrub(self._database, [articles, cuts, sa.table(TABLE)])

    def texts(self, most: int) -> list[str]:
        """Titles and texts of articles, oldest first, until there are about `most` characters."""
        found, left = [], most
        query = sa.select(articles.c.title, articles.c.text).where(~articles.c.precedent).order_by(articles.c.number)
        with self._database.connect() as connection, connection.execution_options(yield_per=100).execute(query) as rows:
            for title, text in rows:
                found.append(f"{title}\n{text}")
                left -= len(found[-1])
                if left < 0:
                    break
        return found

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        """A transaction in which the library is still this embedder's."""
        with exclusive(self._database) as connection:
            if connection.execute(sa.select(library.c.embedder)).scalar_one() != self.embedder:
                raise Superseded(SUPERSEDED)
            yield connection

    def held(self) -> dict[str, int]:
        """How many articles there are of each source that has any."""
        query = sa.select(articles.c.origin, sa.func.count()).group_by(articles.c.origin)
        with self._database.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def _current(self) -> str:
        with self._database.connect() as connection:
            return str(connection.execute(sa.select(library.c.embedder)).scalar_one())

    def _known(self, origin: str, wanted: dict[str, Article]) -> tuple[dict[str, tuple[object, ...]], list[Article]]:
        """By source what stands in the library, and those wanted that have nothing new but their date."""
        query = sa.select(articles.c.updated_at.label("dated"), *SAME).where(articles.c.origin == origin)
        known, moved = {}, []
        with self._database.connect() as connection:
            for dated, *rest in connection.execute(query):
                known[str(rest[0])] = tuple(rest)
                one = wanted.get(str(rest[0]))
                if one and one.updated_at != dated and _same(one) == tuple(rest):
                    moved.append(one)
        return known, moved

    def _put(self, connection: sa.Connection, origin: str, cut: Cut) -> str:
        """ "new", "changed", or "same" when another process was faster."""
        at = articles.c.origin == origin, articles.c.source == cut.article.source
        row = connection.execute(sa.select(*SAME).where(*at)).first()
        if row is not None and tuple(row) == _same(cut.article):
            return "same"
        self._drop(connection, origin, cut.article.source)
        values = {column.name: getattr(cut.article, column.name) for column in COLUMNS}
        made = sa.insert(articles).values(origin=origin, embedder=self.embedder, **values).returning(articles.c.number)
        self._add(connection, connection.execute(made).scalar_one(), cut)
        return "new" if row is None else "changed"

    def _recut(self, connection: sa.Connection, number: int, cut: Cut) -> None:
        """Beside the passages of another embedder, which are still searched."""
        mine = sa.update(articles).where(articles.c.number == number).values(embedder=self.embedder)
        self._forget(connection, (cuts.c.article == number) & (cuts.c.embedder == self.embedder))
        if connection.execute(mine).rowcount:
            self._add(connection, number, cut)

    def _add(self, connection: sa.Connection, number: int, cut: Cut) -> None:
        if not cut.passages:
            return
        rows = [
            {
                "article": number,
                "embedder": self.embedder,
                "place": place,
                "heading": one.heading,
                "start": one.start,
                "length": len(one.text),
                "links": links(one.source, one.text),
                "vector": vector.tobytes(),
            }
            for place, (one, vector) in enumerate(zip(cut.passages, cut.vectors, strict=True))
        ]
        made = sa.insert(cuts).returning(cuts.c.number, sort_by_parameter_order=True)
        numbers = connection.execute(made, rows).scalars().all()
        told = [(at, one.title, f"{one.heading}\n{one.text}") for at, one in zip(numbers, cut.passages, strict=True)]
        self._words.put(connection, told)

    def _drop(self, connection: sa.Connection, origin: str, source: str) -> int:
        at = (articles.c.origin == origin) & (articles.c.source == source)
        number = connection.execute(sa.select(articles.c.number).where(at)).scalar()
        if number is None:
            return 0
        self._forget(connection, cuts.c.article == number)
        connection.execute(sa.delete(articles).where(articles.c.number == number))
        return 1

    def _forget(self, connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
        self._words.drop(connection, connection.execute(sa.select(cuts.c.number).where(which)).scalars().all())
        connection.execute(sa.delete(cuts).where(which))

    def _moved(self, connection: sa.Connection, really: bool) -> None:
        if really:
            connection.execute(sa.update(library).values(version=library.c.version + 1))

    def _others(self) -> list[tuple[int, Article]]:
        """The next articles that were last cut for another embedder."""
        which = sa.select(articles.c.number, *COLUMNS).where(articles.c.embedder != self.embedder)
        with self._database.connect() as connection:
            rows = connection.execute(which.order_by(articles.c.number).limit(AT_ONCE)).all()
        return [(number, Article(*rest)) for number, *rest in rows]

    def _switched(self) -> bool:
        """From here on only this embedder's passages are there, unless an article is still missing."""
        with exclusive(self._database) as connection:
            if connection.execute(sa.select(articles.c.number).where(articles.c.embedder != self.embedder)).first():
                return False
            self._forget(connection, cuts.c.embedder != self.embedder)
            connection.execute(sa.update(library).values(version=library.c.version + 1, embedder=self.embedder))
        return True


def articles_in(database: sa.Engine) -> tuple[Article, ...]:
    """Every article that was taken over, whoever may read it."""
    with database.connect() as connection:
        return tuple(Article(*row) for row in connection.execute(sa.select(*COLUMNS).order_by(articles.c.number)))


def label(embed: Embedder, names: Sequence[str]) -> str:
    """The embedder and everything else that a passage's vector depends on."""
    return f"{embed.name}/{RULES}/{digest(sorted(names))[:8]}"


def _change(count: Counter[str], gone: int, held: int) -> Change:
    return Change(count["new"], count["changed"], gone, held - count["new"] - count["changed"])


def _same(one: Article) -> tuple[object, ...]:
    return tuple(getattr(one, column.name) for column in SAME)


def _storable(one: Article) -> Article:
    """PostgreSQL keeps no NUL, and neither keeps half a character. No card number is kept either."""
    told = {name: getattr(one, name).translate(UNSTORABLE) for name in ("source", "title", "text")}
    told |= {name: without_cards(told[name]) for name in ("title", "text")}  # before anything is cut or embedded
    return one if all(getattr(one, name) == text for name, text in told.items()) else replace(one, **told)
