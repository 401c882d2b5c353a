"""Readiness tells the truth: each check fails when what it asks for is not there, and only then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.storage import postgres

from deskhand.bootstrap.operations.readiness import LATE, ROOM, Ready, ready
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lease import Leases
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate, roll_back


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Migrated, with no worker."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    engine = Engine(connect(url), url)
    engine.register("story", told)
    engine.migrate()
    migrate(engine.database)
    yield engine
    engine.database.dispose()


def told(ticket: str) -> str:
    return ticket


def waiting(engine: Engine) -> datetime:
    """A run that waits for its turn; since when it does."""
    with engine.database.begin() as connection:
        engine.enqueue(connection, "story", "zendesk:ticket:1", "one")
    since = engine.status.queued_since()
    assert since is not None
    return since


def asked(engine: Engine, tmp_path: Path, now: datetime, room: int = ROOM) -> Ready:
    return ready(engine, tmp_path, now, lambda place: room)


def failing(found: Ready) -> set[str]:
    return {one.name for one in found.checks if not one.ok}


def test_an_idle_desk_without_a_worker_is_ready(engine: Engine, tmp_path: Path) -> None:
    found = asked(engine, tmp_path, datetime.now(UTC))  # noqa: TID251
    assert found.ok
    assert [one.name for one in found.checks] == ["database", "schema", "work", "disk"]


def test_what_waits_too_long_without_a_worker_makes_it_unready(engine: Engine, tmp_path: Path) -> None:
    since = waiting(engine)
    assert asked(engine, tmp_path, since + timedelta(seconds=LATE)).ok
    late = since + timedelta(seconds=LATE + 1)
    assert failing(asked(engine, tmp_path, late)) == {"work"}


def test_with_a_worker_a_long_queue_is_no_fault(engine: Engine, tmp_path: Path) -> None:
    late = waiting(engine) + timedelta(days=1)
    engine.start()
    try:
        assert engine.workers() == 1
        assert asked(engine, tmp_path, late).ok
    finally:
        engine.stop()
    assert engine.workers() == 0


def test_tables_of_another_version_make_it_unready(engine: Engine, tmp_path: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251
    with engine.database.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    (newer,) = [one for one in asked(engine, tmp_path, now).checks if one.name == "schema"]
    assert (newer.ok, newer.says.split(":")[0]) == (False, "is newer than this version")
    with engine.database.begin() as connection:
        connection.execute(sa.text("delete from alembic_version"))
    (older,) = [one for one in asked(engine, tmp_path, now).checks if one.name == "schema"]
    assert (older.ok, older.says.split(":")[0]) == (False, "is older than this version")


def test_tables_that_were_rolled_back_make_it_unready(engine: Engine, tmp_path: Path) -> None:
    roll_back(engine.database)
    assert failing(asked(engine, tmp_path, datetime.now(UTC))) == {"schema"}  # noqa: TID251


def test_a_database_that_is_away_is_told_without_its_address_and_the_disk_is_still_looked_at(tmp_path: Path) -> None:
    url = "postgresql://deskhand:secret@127.0.0.1:1/desk"
    engine = Engine(connect(url), url)
    found = asked(engine, tmp_path, datetime.now(UTC), ROOM - 1)  # noqa: TID251
    engine.database.dispose()
    assert failing(found) == {"database", "disk"}
    assert not [one for one in found.checks if "127.0.0.1" in one.says or "secret" in one.says]


def test_a_full_disk_makes_it_unready_and_so_does_one_that_is_gone(engine: Engine, tmp_path: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251
    assert failing(asked(engine, tmp_path, now, ROOM - 1)) == {"disk"}
    assert failing(ready(engine, tmp_path / "gone", now)) == {"disk"}


@pytest.mark.postgres
def test_on_postgresql_a_worker_is_alive_while_its_lease_is(tmp_path: Path) -> None:
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.server() as server:
        url = postgres.new_database(server, "desk")
        database = connect(url)
        leases = Leases(database, 30)
        leases.create()
        assert leases.alive() == 0
        leases.beat("one")
        leases.beat("two")
        assert leases.alive() == 2
        leases.end("one")
        with database.begin() as connection:
            connection.execute(sa.text("update executor_lease set seen = now() - interval '31 seconds'"))
        assert leases.alive() == 0
        database.dispose()
