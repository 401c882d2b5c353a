"""Migrations lead to the tables the code knows, forth and back."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from benchmarks.migrating import there_and_back

from deskhand.infrastructure.storage import migrations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate, newest, roll_back
from deskhand.infrastructure.storage.tables import metadata


def differences(engine: sa.Engine) -> list[object]:
    """The index of words is of another kind on each database, so it is in no metadata."""

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not (name or "").startswith("passage_words")

    with engine.connect() as connection:
        known = MigrationContext.configure(connection, opts={"include_name": ours})
        return list(compare_metadata(known, metadata))


def test_migrations_lead_to_the_tables_the_code_knows(empty: sa.Engine) -> None:
    assert differences(empty) != []
    migrate(empty)
    assert differences(empty) == []


def test_migrating_again_changes_nothing(database: sa.Engine) -> None:
    migrate(database)
    assert differences(database) == []


def test_migrations_can_be_undone_and_done_again(database: sa.Engine) -> None:
    roll_back(database)
    assert set(sa.inspect(database).get_table_names()) == {"alembic_version"}
    migrate(database)
    assert differences(database) == []


def test_several_processes_may_migrate_at_once(empty: sa.Engine, url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: migrate(empty), range(3)))
    assert differences(empty) == []


def test_the_newest_revision_is_the_one_that_migrating_leads_to(database: sa.Engine) -> None:
    with database.connect() as connection:
        reached = connection.scalar(sa.text("select version_num from alembic_version"))

    assert newest() == reached == ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()


def test_a_database_that_was_left_behind_is_brought_on(empty: sa.Engine) -> None:
    migrate(empty, "0015")
    assert differences(empty) != []
    migrate(empty)
    assert differences(empty) == []


def test_every_new_database_of_a_process_is_as_the_first(tmp_path: Path) -> None:
    """Only the first one is taken from revision to revision."""
    made = []
    for number in range(2):
        database = connect(f"sqlite:///{tmp_path / f'{number}.sqlite'}")
        migrate(database, "0001" if number == 0 else "head")
        migrate(database)
        with database.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            made.append(sorted(raw.iterdump()))
        database.dispose()

    assert made[0] == made[1]


def test_tables_that_go_back_and_come_again_hold_what_they_held(empty: sa.Engine) -> None:
    """As `python -m benchmarks.migrating` does with a hundred thousand tickets."""
    found = there_and_back(empty, 300)
    assert found.before == found.between == found.after
    assert {name: rows.count for name, rows in found.before.items()} == {"inbox": 300, "ticket": 300, "journal": 300}
