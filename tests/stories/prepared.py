"""Lumen's desk with a few customers in every situation, its twins filled and its vectors computed."""

import fcntl
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest
from tests.storage import everywhere
from tests.stories.lumen import silence

from deskhand.bootstrap import open_desk
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.settings import read_settings

LUMEN = Path("examples/lumen").resolve()
INFRASTRUCTURE = Path("src/deskhand/infrastructure").resolve()
READ_BY = ("brain", "library", "search", "storage")
LIBRARY, VECTORS = "desk.sqlite", "vectors.sqlite"
SHARES = """[shares]
single_charge = 0.25
double_charge_small = 0.35
double_charge_large = 0.2
double_charge_refunded = 0.1
enterprise = 0.1

"""
WAITING = """
[waiting]
silent_system_seconds = [0.05, 0.05]
"""


@cache
def prepare(folder: Path, config: pytest.Config) -> Path:
    """Embedding all articles takes seconds, so pytest's cache keeps that from one run to the next."""
    copytree(LUMEN, folder, ignore=ignore_patterns(".deskhand"))
    desk, recipe = folder / "desk.toml", folder / "twins.toml"
    desk.write_text(desk.read_text("utf-8") + WAITING, "utf-8")
    few = re.sub(r"(?m)^customers = .*$", "customers = 200", recipe.read_text("utf-8"))
    recipe.write_text(re.sub(r"(?ms)^\[shares\].*?\n\n", SHARES, few), "utf-8")
    state = folder / ".deskhand"
    state.mkdir()
    with (
        everywhere.on_sqlite(),
        library_kept(state, config),
        open_desk(read_settings(folder), tell=silence, grace=timedelta(0)),
    ):
        pass
    everywhere.settled(state)
    return folder


@contextmanager
def library_kept(state: Path, config: pytest.Config) -> Iterator[None]:
    """A desk of Lumen that is first opened within this finds its articles cut and embedded by an earlier run in its
    `state`. Of several processes the first one does it, and the others wait."""
    if config.cache is None:
        yield
        return
    place = config.cache.mkdir("lumen")
    kept = [place / f"{_versions()}-{name}" for name in (LIBRARY, VECTORS)]
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if there := all(one.exists() for one in kept):
            fcntl.flock(lock, fcntl.LOCK_UN)
            copy(kept[0], state / LIBRARY)
            copy(kept[1], state / VECTORS)
        yield
        if not there:
            for old in place.glob("*.sqlite"):
                old.unlink()
            _keep_articles(state / LIBRARY, kept[0])
            copy(state / VECTORS, kept[1])


@cache
def _versions() -> str:
    """Another one, when what is read or what reads it was changed."""
    made = hashlib.sha256()
    for folder in (LUMEN / "articles", LUMEN / "procedures", *(INFRASTRUCTURE / name for name in READ_BY)):
        for file in sorted(folder.rglob("*.*")):
            if file.suffix != ".pyc":
                made.update(file.read_bytes())
    return made.hexdigest()[:16]


def _keep_articles(known: Path, to: Path) -> None:
    """What a desk knows of its articles alone, in a database like that of a new desk."""
    fresh = to.with_suffix(".new")
    database = connect(f"sqlite:///{fresh}")
    migrate(database)
    database.dispose()
    with closing(sqlite3.connect(fresh)) as connection:
        connection.execute("attach ? as known", (str(known),))
        connection.execute("delete from library")
        for table in ("library", "article", "passage"):
            connection.execute(f"insert into {table} select * from known.{table}")
        words = "rowid, title, body"
        connection.execute(f"insert into passage_words({words}) select {words} from known.passage_words")
        connection.commit()
    fresh.replace(to)
