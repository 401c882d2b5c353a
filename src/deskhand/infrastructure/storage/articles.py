"""The articles of the library as screens list and read them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.article import Article
from deskhand.infrastructure.storage.tables.knowledge import article as table

WHOLE = [table.c[one.name] for one in fields(Article)]


@dataclass(frozen=True)
class ArticleRow:
    """One article without its text. `origin` is the source of knowledge that it was read from."""

    source: str
    title: str
    audience: str
    locale: str
    owner: str
    updated_at: datetime
    origin: str
    precedent: bool


SHORT = [table.c[one.name] for one in fields(ArticleRow)]


def listed(connection: sa.Connection, words: str, *, limit: int, offset: int = 0) -> list[ArticleRow]:
    """By source, resolved tickets last; those that hold `words` in source, title or text."""
    wanted = sa.select(*SHORT).where(*_holding(words)).order_by(table.c.precedent, table.c.source, table.c.number)
    return [ArticleRow(*row) for row in connection.execute(wanted.limit(limit).offset(offset))]


def one(connection: sa.Connection, source: str) -> Article | None:
    """Of several sources of knowledge with an article of this name the one that was read first."""
    wanted = sa.select(*WHOLE).where(table.c.source == source).order_by(table.c.number).limit(1)
    row = connection.execute(wanted).first()
    return None if row is None else Article(*row)


def _holding(words: str) -> Iterator[sa.ColumnElement[bool]]:
    if words:
        places = (table.c.source, table.c.title, table.c.text)
        yield sa.or_(*(place.icontains(words, autoescape=True) for place in places))
