"""A desk on PostgreSQL goes into a file and into another database, by the programs of the server's own version."""

import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.cli.script import ROOT, Done, deskhand
from tests.storage import postgres

from deskhand.infrastructure.storage.database import connect

pytestmark = pytest.mark.postgres
KEY = {"DESKHAND_BACKUP_KEY": "a pass phrase of the tests"}
numbers = count(1)


@pytest.fixture
def databases(server: str) -> tuple[str, str]:
    number = next(numbers)
    return postgres.new_database(server, f"from{number}"), postgres.new_database(server, f"into{number}")


def run(url: str, *words: str | Path) -> Done:
    return deskhand(*words, environment={**KEY, "DESKHAND_DATABASE_URL": url})


def rows(url: str) -> Mapping[str, list[sa.Row[tuple[object, ...]]]]:
    engine = connect(url)
    wanted = {"journal": "select seq, kind, hash from journal order by seq", "pause": "select scope, by from pause"}
    with engine.connect() as connection:
        found = {name: list(connection.execute(sa.text(sql)).all()) for name, sql in wanted.items()}
    engine.dispose()
    return found


def test_a_desk_on_postgresql_is_put_back_into_an_empty_database_only(
    databases: tuple[str, str], tmp_path: Path
) -> None:
    old, new = databases
    desk, file = tmp_path / "desk", tmp_path / "desk.backup"
    shutil.copytree(ROOT / "src" / "deskhand" / "entrypoints" / "cli" / "init" / "starter", desk)
    assert run(old, "pause", "--why", "a test", "--by", "ana", "--desk", desk).code == 0
    made = run(old, "backup", "--to", file, "--desk", desk, "--json")
    assert made.code == 0, made.err
    before = rows(old)["journal"]
    assert [row.kind for row in before] == ["desk.paused", "backup.made"]

    full = run(old, "restore", file, "--desk", tmp_path / "full")
    assert (full.code, "is not empty" in full.err) == (1, True)
    none = deskhand("restore", file, "--desk", tmp_path / "none", environment=KEY)
    assert (none.code, "name an empty one" in none.err) == (1, True)

    put = run(new, "restore", file, "--desk", tmp_path / "again", "--json")
    assert put.code == 0, put.err
    found = rows(new)
    assert [row.kind for row in found["journal"]] == ["desk.paused", "backup.restored"]
    assert found["journal"][0] == before[0]
    assert found["pause"] == [("desk", "ana")], "who paused it before still does"
    assert run(new, "audit", "verify", "--desk", tmp_path / "again").code == 0
    assert not (tmp_path / "full").exists()
    assert not (tmp_path / "none").exists()


def test_a_changed_backup_leaves_the_database_empty(databases: tuple[str, str], tmp_path: Path) -> None:
    old, new = databases
    desk, file = tmp_path / "desk", tmp_path / "desk.backup"
    shutil.copytree(ROOT / "src" / "deskhand" / "entrypoints" / "cli" / "init" / "starter", desk)
    run(old, "pause", "--why", "a test", "--desk", desk)
    assert run(old, "backup", "--to", file, "--desk", desk).code == 0
    file.write_bytes(file.read_bytes()[:-1])
    assert run(new, "restore", file, "--desk", tmp_path / "again").code == 1
    engine = connect(new)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
