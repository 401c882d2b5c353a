"""Where twins keep their objects: one SQLite file each, so that their world outlives the process."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

TABLES = """
create table if not exists object (
    kind text not null, id text not null, owner text not null default '', name text not null default '',
    created integer not null, body text not null, primary key (kind, id)) without rowid;
create index if not exists object_owner on object (kind, owner, created);
create index if not exists object_name on object (kind, name);
create table if not exists answer (
    key text primary key, asked text not null, status integer not null, body text not null);
"""

Row = tuple[str, str, str, str, int, dict[str, Any]]  # kind, id, owner, name, created, body


class TwinStore:
    """Objects by kind and id; `owner` and `name` are what lists are asked by. Processes may share the file."""

    def __init__(self, path: str):
        self.database = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self.database.execute("pragma journal_mode=wal")
        self.database.execute("pragma synchronous=normal")
        self.database.executescript(TABLES)
        self.lock = threading.RLock()

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of it or nothing; nobody else writes meanwhile."""
        with self.lock:
            self.database.execute("begin immediate")
            try:
                yield
            except BaseException:
                self.database.execute("rollback")
                raise
            self.database.execute("commit")

    def put(self, rows: Iterable[Row]) -> None:
        """Write objects, new or changed."""
        sql = "insert or replace into object values (?, ?, ?, ?, ?, ?)"
        with self.lock:
            self.database.executemany(sql, ((*row[:5], json.dumps(row[5])) for row in rows))

    def get(self, kind: str, id: str) -> dict[str, Any] | None:
        rows = self._all("select body from object where kind = ? and id = ?", kind, id)
        return rows[0] if rows else None

    def row(self, kind: str, id: str) -> Row | None:
        with self.lock:
            found = self.database.execute("select * from object where kind = ? and id = ?", (kind, id)).fetchone()
        return None if found is None else (*found[:5], json.loads(found[5]))

    def owned(self, kind: str, owner: str, since: int = 0) -> list[dict[str, Any]]:
        """Newest first."""
        sql = "select body from object where kind = ? and owner = ? and created >= ? order by created desc, id desc"
        return self._all(sql, kind, owner, since)

    def named(self, kind: str, name: str) -> list[dict[str, Any]]:
        return self._all("select body from object where kind = ? and name = ? order by created desc", kind, name)

    def every(self, kind: str, limit: int = 1000) -> list[dict[str, Any]]:
        return self._all("select body from object where kind = ? order by created desc, id desc limit ?", kind, limit)

    def count(self, kind: str) -> int:
        with self.lock:
            return int(self.database.execute("select count(*) from object where kind = ?", (kind,)).fetchone()[0])

    def answered(self, key: str) -> tuple[str, int, dict[str, Any]] | None:
        """What was asked and answered under this idempotency key."""
        with self.lock:
            found = self.database.execute("select asked, status, body from answer where key = ?", (key,)).fetchone()
        return None if found is None else (found[0], found[1], json.loads(found[2]))

    def answer(self, key: str, asked: str, status: int, body: dict[str, Any]) -> None:
        with self.lock:
            row = (key, asked, status, json.dumps(body))
            self.database.execute("insert or ignore into answer values (?, ?, ?, ?)", row)

    def close(self) -> None:
        self.database.close()

    def _all(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with self.lock:
            return [json.loads(body) for (body,) in self.database.execute(sql, values).fetchall()]
