"""Migrations lead to the tables the code knows, forth and back."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from deskhand.infrastructure.storage.migrations import migrate, roll_back
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
