"""What a replay has done so far: one small SQLite file, written by one process."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from deskhand.domain.card_number import json_without_cards
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.replayed import Replayed
from deskhand.infrastructure.typed_json import codec

TABLES = """
create table if not exists note (name text primary key, value text not null) without rowid;
create table if not exists done (ticket text primary key, at text not null, row text not null) without rowid;
create index if not exists done_at on done (at, ticket);
create table if not exists taken (ticket text primary key, past text not null) without rowid;
"""
Line = tuple[str, str, str]  # ticket, time, the whole as JSON


def line_of(one: Replayed) -> Line:
    return one.ticket, one.at.isoformat(), json_without_cards(codec(Replayed).dump(one))


class ReplayFile:
    """Every call is one transaction, or part of none; killed at any moment, what was added is there."""

    def __init__(self, file: Path):
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000"):
            self._database.execute(f"pragma {pragma}")
        self._database.executescript(TABLES)

    def close(self) -> None:
        self._database.close()

    def note(self, name: str, value: str) -> None:
        with self._database:
            self._database.execute("insert or replace into note values (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        found = self._database.execute("select value from note where name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def has(self, ticket: str) -> bool:
        return self._database.execute("select 1 from done where ticket = ?", (ticket,)).fetchone() is not None

    def add(self, lines: Sequence[Line]) -> None:
        with self._database:
            self._database.executemany("insert or replace into done (ticket, at, row) values (?, ?, ?)", lines)

    def count(self) -> int:
        return int(self._database.execute("select count(*) from done").fetchone()[0])

    def rows(self) -> Iterator[Replayed]:
        """By the time of the ticket, whatever the order in which they were done; one at a time."""
        load = codec(Replayed).load
        for (row,) in self._database.execute("select row from done order by at, ticket"):
            yield load(row)

    # -- tickets that a help desk gave, kept so that a replay that goes on reads the same ------------------

    def take(self, tickets: Iterable[PastTicket], cursor: str) -> None:
        """With how far the help desk was read, in one transaction."""
        dump = codec(PastTicket).dump
        with self._database:
            lines = [(str(one.ticket.ref), json_without_cards(dump(one))) for one in tickets]
            self._database.executemany("insert or replace into taken values (?, ?)", lines)
            self._database.execute("insert or replace into note values ('cursor', ?)", (cursor,))

    def taken(self) -> Iterator[PastTicket]:
        load = codec(PastTicket).load
        for (past,) in self._database.execute("select past from taken order by ticket"):
            yield load(past)
