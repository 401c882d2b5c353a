"""Reading from PostgreSQL: as a role that can only read, in a transaction that can only read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from deskhand.connectors.records.question import PARAMETER
from deskhand.connectors.records.records import PATIENCE, Rows
from deskhand.domain.errors import Down

CAREFUL = f"-c default_transaction_read_only=on -c statement_timeout={int(PATIENCE * 1000)}"
# A network that goes silent in the middle of a question is noticed.
LIVELY: dict[str, Any] = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
RIGHTS = """
select current_user as role,
    (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as all_powerful,
    array(
        select format('%I.%I', space.nspname, one.relname)
        from pg_catalog.pg_class one join pg_catalog.pg_namespace space on space.oid = one.relnamespace
        where one.relkind in ('r', 'p', 'v', 'f')
            and space.nspname <> 'information_schema' and left(space.nspname, 3) <> 'pg_'
            and has_schema_privilege(space.oid, 'USAGE')
            and has_table_privilege(one.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        order by 1
        limit 4
    ) as writable
"""
NAMED = 3  # tables; one more is asked for, to know whether there are more
ADVICE = "Nothing was written and nothing will be, but a role that may only read is safer: see docs/databases.md."


@dataclass(frozen=True)
class Postgres:
    """For `SqlRecords`. `address` is "postgresql://role@host/database"; each question has a connection of its own."""

    address: str
    password: str = field(default="", repr=False)

    def select(self, sql: str, values: Mapping[str, Any]) -> Rows:
        with self._run(_named(sql), values) as cursor:
            return cursor.fetchall()

    def columns(self, sql: str, names: Collection[str]) -> Sequence[str]:
        unknown = dict.fromkeys(names)
        with self._run(f"explain {_named(sql)}", unknown):
            pass
        # The company wrote this question; values are bound.
        with self._run(f"select * from ({_named(sql)}\n) asked limit 0", unknown) as cursor:  # nosec B608
            return [column.name for column in cursor.description or ()]

    def notes(self) -> Sequence[str]:
        """That our role may write, where it may."""
        with self._run(RIGHTS.replace("%", "%%"), {}) as cursor:
            found = cursor.fetchone() or {}
        role, writable = found.get("role"), found.get("writable") or []
        if found.get("all_powerful"):
            return (f"records: the role {role} is a superuser of PostgreSQL. {ADVICE}",)
        if writable:
            tables = ", ".join(writable[:NAMED]) + (" and others" if len(writable) > NAMED else "")
            return (f"records: the role {role} may change {tables}. {ADVICE}",)
        return ()

    @contextmanager
    def _run(self, sql: str, values: Mapping[str, Any]) -> Iterator[psycopg.Cursor[DictRow]]:
        secret: dict[str, Any] = {"password": self.password} if self.password else {}
        try:
            with (
                psycopg.connect(self.address, options=CAREFUL, row_factory=dict_row, **LIVELY, **secret) as database,
                database.cursor() as cursor,
            ):
                database.read_only = True  # also where a pooler on the way drops our options
                # Prepared: two statements in one text are refused then, also when it has no parameters.
                yield cursor.execute(sql.encode(), dict(values), prepare=True)
        except psycopg.Error as error:
            raise Down(f"records: {type(error).__name__}") from error


def _named(sql: str) -> str:
    """Parameters as psycopg writes them; a percent sign of the statement's own is doubled."""
    return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
