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


def knows(revision: str) -> bool:
    """Whether a database at this revision is one that this version can bring up to date."""
    names = (one.name for one in resources.files(f"{__name__}.versions").iterdir())
    return any(name.startswith(f"m{revision}_") for name in names)


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
