"""`python -m benchmarks.migrating [--tickets N] [--down REVISION] [URL]`: tables taken back and brought up again.

What they hold is proved by sums over all rows, in the columns that both versions have. URL names an empty database.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from deskhand.domain.delivery import Delivery
from deskhand.infrastructure.storage import tables
from deskhand.infrastructure.storage.copying import Rows, counted
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate, roll_back
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.workflows.take_in import file

AT_ONCE = 500  # tickets in a transaction
OLD = "0026"
FILLED = (tables.tickets.inbox, tables.tickets.ticket, tables.journal.journal)
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """Sums by table: at first, while the tables were an older version's, and after; seconds each way."""

    before: Mapping[str, Rows]
    between: Mapping[str, Rows]
    after: Mapping[str, Rows]
    down_s: float
    up_s: float


def there_and_back(engine: sa.Engine, tickets: int, down: str = OLD) -> Found:
    """On an empty database."""
    migrate(engine)
    _fill(engine, tickets)
    before, began = _sums(engine), time.monotonic()
    roll_back(engine, down)
    between, went = _sums(engine), time.monotonic()
    migrate(engine)
    came = time.monotonic()
    return Found(before, between, _sums(engine), went - began, came - went)


def _fill(engine: sa.Engine, tickets: int) -> None:
    """Each with a message that was filed, and its line in the journal."""
    store = SqlStore(engine, lambda *_, **__: None, secret=b"benchmark")
    for start in range(0, tickets, AT_ONCE):
        with store.begin() as tx:
            for number in range(start, min(start + AT_ONCE, tickets)):
                file(tx, Delivery("bench", f"delivery-{number}", f"bench:ticket:{number}", "1", "bench", NOW))


def _sums(engine: sa.Engine) -> dict[str, Rows]:
    with engine.connect() as connection:
        return {table.name: counted(connection, table, table) for table in FILLED}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("url", nargs="?", default="", help="an empty database; a SQLite file where none is named")
    asked.add_argument("--tickets", type=int, default=100_000)
    asked.add_argument("--down", default=OLD)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as folder:
        engine = connect(given.url or f"sqlite:///{Path(folder) / 'desk.sqlite'}")
        found = there_and_back(engine, given.tickets, given.down)
        engine.dispose()
    for name, rows in found.before.items():
        same = found.between[name] == rows == found.after[name]
        print(f"{name}: {rows.count} rows, {'the same' if same else 'NOT the same'} there and back")
    print(f"down {found.down_s:.1f} s, up {found.up_s:.1f} s, with the sums of what is there")


if __name__ == "__main__":
    main()
