"""What one process holds of the library: vectors and what articles are about, never their words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from deskhand.infrastructure.library.links import bare
from deskhand.infrastructure.search.embedder import Vectors
from deskhand.infrastructure.storage.tables.knowledge import article as articles
from deskhand.infrastructure.storage.tables.knowledge import library
from deskhand.infrastructure.storage.tables.knowledge import passage as cuts

PUBLIC, CUSTOMERS = "public", "customers"
CHUNK = 500
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
VERSION = sa.select(library.c.version, library.c.embedder)
ALL = sa.select(articles.c.number)
CARDS = sa.select(
    *(
        articles.c[name]
        for name in "number source title audience locale product version family digest precedent".split()
    )
).where(articles.c.number.in_(sa.bindparam("those", expanding=True)))
ROWS = (
    sa.select(cuts.c.number, cuts.c.article, cuts.c.place, cuts.c.vector)
    .where(cuts.c.embedder == sa.bindparam("by"), cuts.c.article.in_(sa.bindparam("those", expanding=True)))
    .order_by(cuts.c.number)
)


@dataclass(frozen=True)
class Card:
    """What search knows of an article."""

    number: int
    source: str
    title: str
    audience: str
    locale: str
    product: str
    version: str
    family: str
    digest: str
    precedent: bool

    @property
    def one_thing(self) -> str:
        """Shared with articles that say the same: a family, or one title and text from several places."""
        return f"family {self.family}" if self.family else f"{self.digest} {self.title}"


@dataclass(frozen=True)
class Shelf:
    """One state of the library. A row is a passage: its number (ascending), article, place in it, and vector."""

    version: int = 0
    cards: tuple[Card, ...] = ()
    numbers: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    of: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    places: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    vectors: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    by_source: dict[str, list[int]] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=dict)
    by_thing: dict[str, list[int]] = field(default_factory=dict)

    def rows_of(self, wanted: Iterable[int]) -> Flags:
        """Which rows are passages of these articles, given by their places among the cards."""
        return np.isin(self.of, np.fromiter(wanted, np.int64))

    def those(self, which: Callable[["Card"], bool]) -> Flags:
        """Which rows are passages of such articles."""
        return np.fromiter(map(which, self.cards), np.bool_, len(self.cards))[self.of]

    @cached_property
    def public(self) -> Flags:
        return self.those(lambda one: one.audience == PUBLIC and not one.precedent)

    @cached_property
    def for_customers(self) -> Flags:
        """What a customer may read, and nobody else."""
        return self.those(lambda one: one.audience == CUSTOMERS and not one.precedent)

    @cached_property
    def products(self) -> frozenset[str]:
        return frozenset(one.product for one in self.cards if one.product)

    @cached_property
    def versions(self) -> frozenset[str]:
        return frozenset(one.version for one in self.cards if one.version)

    @cached_property
    def locales(self) -> dict[str, Flags]:
        """The rows of each locale that is said."""
        said = sorted({one.locale for one in self.cards if one.locale})
        return {locale: self.those(partial(_told_for, locale)) for locale in said}


def fresh(connection: sa.Connection, old: Shelf, embedder: str) -> Shelf:
    """The library as it is now; only what `old` does not hold is read. Empty while another embedder made it."""
    version, by = connection.execute(VERSION).one()
    if version == old.version:
        return old
    if by != embedder:
        return Shelf(version)
    present = set(connection.execute(ALL).scalars())
    known = {card.number: card for card in old.cards if card.number in present}
    new = sorted(present - known.keys())
    for part in _chunks(new):
        known |= {row.number: Card(*row) for row in connection.execute(CARDS, {"those": part})}
    cards = tuple(known[number] for number in sorted(known))
    at = {card.number: place for place, card in enumerate(cards)}
    # A row that stays has another place of its article now; -1 marks what is gone.
    moved = np.array([at.get(card.number, -1) for card in old.cards], np.int64)
    of = moved[old.of] if len(old.of) else old.of
    stays = of >= 0
    rows = [row for part in _chunks(new) for row in connection.execute(ROWS, {"by": embedder, "those": part})]
    rows = [row for row in rows if row.article in at]
    numbers = np.concatenate([old.numbers[stays], np.array([row.number for row in rows], np.int64)])
    order = np.argsort(numbers, kind="stable")
    return Shelf(
        version,
        cards,
        numbers[order],
        np.concatenate([of[stays], np.array([at[row.article] for row in rows], np.int64)])[order],
        np.concatenate([old.places[stays], np.array([row.place for row in rows], np.int64)])[order],
        _vectors(old.vectors, stays, [row.vector for row in rows], order),
        _places(cards, lambda card: card.source),
        _places(cards, lambda card: bare(card.title)),
        _places(cards, lambda card: card.one_thing),
    )


def _told_for(locale: str, card: Card) -> bool:
    return card.locale == locale


def _vectors(old: Vectors, stays: Flags, new: Sequence[bytes], order: Whole) -> Vectors:
    made = np.frombuffer(b"".join(new), np.float32).reshape(len(new), -1) if new else None
    kept = old[stays] if stays.any() else None
    parts = [one for one in (kept, made) if one is not None]
    if not parts:
        return np.zeros((0, 0), np.float32)
    whole = np.concatenate(parts) if len(parts) > 1 else parts[0]
    return whole if (np.diff(order) == 1).all() else whole[order]


def _places(cards: Iterable[Card], name: Callable[[Card], str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        if called := name(card):
            found[called].append(place)
    return dict(found)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK))
