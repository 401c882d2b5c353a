"""The text index beside the passages: FTS5 on SQLite, full text on PostgreSQL. Scores compare within one question."""

import re
from collections.abc import Sequence
from typing import Protocol

import sqlalchemy as sa

from deskhand.infrastructure.search.stop_words import STOP
from deskhand.infrastructure.storage import tables

# A name of ours, and values are bound: so queries with it are marked for bandit.
TABLE = "passage_words"  # made by the migrations, one for each kind of database
MOST_TERMS = 32
Row = tuple[int, str, str]  # number of the passage, title, body


class Words(Protocol):
    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None: ...

    def drop(self, connection: sa.Connection, numbers: Sequence[int]) -> None: ...

    def best(self, connection: sa.Connection, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Numbers and scores above zero of the passages that hold any of these words, best first."""
        ...

    def count(self, connection: sa.Connection, term: str) -> int:
        """How many passages hold this word."""
        ...

    def tidy(self, connection: sa.Connection) -> None:
        """Leave no word of a dropped passage in the index."""
        ...


def words_of(database: sa.Engine | sa.Connection) -> Words:
    return Fts5() if database.dialect.name == "sqlite" else FullText()


def index_anew(connection: sa.Connection) -> None:
    """The words of every passage that is there, where none is indexed yet: each kind of database does it its way."""
    passage, article = tables.knowledge.passage, tables.knowledge.article
    asked = sa.select(passage.c.number, article.c.title, passage.c.heading, passage.c.start, passage.c.length)
    found = connection.execute(asked.add_columns(article.c.text).join(article)).all()
    words_of(connection).put(
        connection, [(n, title, f"{head}\n{text[at : at + size]}") for n, title, head, at, size, text in found]
    )


def terms_of(question: str) -> list[str]:
    """The words worth looking for, each once."""
    found = dict.fromkeys(re.findall(r"\w+", question.lower()))
    return [term for term in found if term not in STOP][:MOST_TERMS]


class Fts5:
    """BM25 with a title's word worth three of the body."""

    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        if rows:
            connection.exec_driver_sql(f"insert into {TABLE}(rowid, title, body) values (?, ?, ?)", list(rows))  # nosec B608

    def drop(self, connection: sa.Connection, numbers: Sequence[int]) -> None:
        if numbers:
            connection.exec_driver_sql(f"delete from {TABLE} where rowid = ?", [(number,) for number in numbers])  # nosec B608

    def best(self, connection: sa.Connection, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        query = f"select rowid, rank from {TABLE} where {TABLE} match ? order by rank limit ?"  # nosec B608
        rows = connection.exec_driver_sql(query, (" OR ".join(map(_quoted, terms)), limit))
        return [(number, -rank) for number, rank in rows.all()]  # FTS5 ranks are negative, the best one lowest

    def count(self, connection: sa.Connection, term: str) -> int:
        query = f"select count(*) from {TABLE} where {TABLE} match ?"  # nosec B608
        return int(connection.exec_driver_sql(query, (_quoted(term),)).scalar_one())

    def tidy(self, connection: sa.Connection) -> None:
        # A deleted row is only marked in the index until all of its segments become one.
        connection.exec_driver_sql(f"insert into {TABLE}({TABLE}) values ('optimize')")  # nosec B608


class FullText:
    """PostgreSQL knows no rarity of a word, so its scores are rougher: they count within one question only."""

    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        words = "setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'D')"
        if rows:
            connection.exec_driver_sql(f"insert into {TABLE}(number, words) values (%s, {words})", list(rows))  # nosec B608

    def drop(self, connection: sa.Connection, numbers: Sequence[int]) -> None:
        """They go with their passages, by the foreign key."""

    def best(self, connection: sa.Connection, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        query = (
            f"select number, ts_rank('{{0.33, 0.33, 0.33, 1.0}}', words, asked, 1) as rank "  # nosec B608
            f"from {TABLE}, to_tsquery('english', %s) as asked where words @@ asked order by rank desc, number limit %s"
        )
        rows = connection.exec_driver_sql(query, (" | ".join(map(_literal, terms)), limit))
        return [(number, float(rank)) for number, rank in rows.all()]

    def count(self, connection: sa.Connection, term: str) -> int:
        query = f"select count(*) from {TABLE} where words @@ to_tsquery('english', %s)"  # nosec B608
        return int(connection.exec_driver_sql(query, (_literal(term),)).scalar_one())

    def tidy(self, connection: sa.Connection) -> None:
        """Nothing is left but what VACUUM takes away."""


def _quoted(term: str) -> str:
    """A customer's text must never be query syntax."""
    return f'"{term}"'


def _literal(term: str) -> str:
    return f"'{term}'"
