"""The made-up company's own database, as a SQLite file."""

import sqlite3
from pathlib import Path

from deskhand.connectors.world import World

TABLES = """
create table accounts (email text primary key, workspace text, status text, sso integer, locked integer,
    password_set_at text, last_login_at text, reset_sent_at text, seats_used integer, seats_total integer,
    storage_used_gb integer, storage_gb integer);
create table exports (id text primary key, email text, kind text, status text, requested_at text, finished_at text);
create index exports_email on exports (email);
create table imports (id text primary key, email text, file text, status text, rows_done integer, rows_total integer,
    requested_at text);
create index imports_email on imports (email);
create table incidents (component text, status text, note text, since text);
"""


def seed(path: Path, world: World) -> None:
    """Make the file; it must not exist."""
    database = sqlite3.connect(path)
    with database:
        database.executescript(TABLES)
        for table in ("accounts", "exports", "imports"):
            rows = [one.records[table] for one in world.people if table in one.records]
            marks = ", ".join(f":{name}" for name in rows[0])
            # Names of the twin itself.
            database.executemany(f"insert into {table} values ({marks})", rows)  # nosec B608
        database.execute("insert into incidents values (:component, :status, :note, :since)", world.incident)
    database.close()
