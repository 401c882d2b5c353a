"""Reading from PostgreSQL: as a role that can only read, in a transaction that can only read."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row

from deskhand.connectors.records.question import PARAMETER
from deskhand.connectors.records.records import PATIENCE, Rows, Select
from deskhand.domain.errors import Down

CAREFUL = f"-c default_transaction_read_only=on -c statement_timeout={int(PATIENCE * 1000)}"


def postgres(address: str) -> Select:
    """For `SqlRecords`. `address` is "postgresql://role@host/database"; each question has a connection of its own."""

    def select(sql: str, values: Mapping[str, Any]) -> tuple[Rows, Sequence[str]]:
        try:
            with (
                psycopg.connect(address, connect_timeout=3, options=CAREFUL, row_factory=dict_row) as database,
                database.cursor() as cursor,
            ):
                # Prepared: two statements in one text are refused then, also when it has no parameters.
                cursor.execute(_named(sql).encode(), dict(values), prepare=True)
                return cursor.fetchall(), [column.name for column in cursor.description or ()]
        except psycopg.Error as error:
            raise Down(f"records: {type(error).__name__}") from error

    return select


def _named(sql: str) -> str:
    """Parameters as psycopg writes them; a percent sign of the statement's own is doubled."""
    return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
