"""Bring the database to what this version expects, or back."""

from importlib import resources
from typing import Any

import sqlalchemy as sa

LOCK = 7304  # the advisory lock on PostgreSQL: several processes may start at once


def migrate(engine: sa.Engine, to: str = "head") -> None:
    """Upgrade to `to`; harmless when the database is there already."""
    _run(engine, "upgrade", to)


def roll_back(engine: sa.Engine, to: str = "base") -> None:
    """Undo migrations down to `to`, with the data they hold."""
    _run(engine, "downgrade", to)


def standing(engine: sa.Engine) -> str:
    """How the database's tables are against those of this version: "right", "older" (or none) or "newer"."""
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with resources.as_file(resources.files(__name__)) as folder, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        scripts = ScriptDirectory.from_config(config)
        heads, known = set(scripts.get_heads()), {one.revision for one in scripts.walk_revisions()}
        there = set(MigrationContext.configure(connection).get_current_heads())
    if there == heads:
        return "right"
    return "older" if there <= known else "newer"


def _run(engine: sa.Engine, direction: str, to: str) -> None:
    # Alembic takes a tenth of a second to import, which a command without a database need not pay.
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files(__name__)) as folder, engine.begin() as connection:
        lock = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else f"SELECT pg_advisory_xact_lock({LOCK})"
        connection.exec_driver_sql(lock)
        config: Any = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        getattr(command, direction)(config, to)
