"""A SQLite file copied while others read and write it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGES = 4096  # copied at a time


def copy_sqlite(source: Path, to: Path, progress: Callable[[int, int], None]) -> None:
    """As it was at one moment, by SQLite's own online backup. `progress` is told pages copied, and of how many."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True, isolation_level=None)) as old,
        closing(sqlite3.connect(to)) as new,
    ):
        old.execute("PRAGMA busy_timeout=30000")
        # A reader's transaction holds the moment: otherwise each change by another process would begin the copy anew.
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.backup(new, pages=PAGES, progress=lambda _, left, whole: progress(whole - left, whole))
        old.execute("ROLLBACK")
        (well,) = new.execute("PRAGMA quick_check").fetchone()
        if well != "ok":
            raise sqlite3.DatabaseError(f"{source.name} is damaged: {well}")
