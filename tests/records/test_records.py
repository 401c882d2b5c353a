"""Questions to a company's own database: the same promises on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.records.promises import MINE, NOW, ORDERS, TABLE, Open, RecordsContract, question
from tests.storage import postgres as server_of

from deskhand.connectors.records.postgres import Postgres
from deskhand.connectors.records.question import Question
from deskhand.connectors.records.records import SqlRecords
from deskhand.connectors.records.sqlite import Sqlite
from deskhand.domain.errors import Down

FUNCTION = "create function wipe() returns int language sql as $$ delete from orders returning 1 $$"
ROLES = (
    "create role may_write login",
    "create role may_read login",
    "create role may_write_elsewhere login",
    "create schema closed",
    "create table closed.secrets (id text)",
    "create table parcels (id text)",
    "grant select on orders to may_read, may_write, may_write_elsewhere",
    "grant update on orders to may_write",
    "grant insert on parcels to may_write",
    "grant insert on closed.secrets to may_write_elsewhere",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database with orders in it, as its superuser."""
    if why := server_of.missing():
        pytest.skip(why)
    with server_of.server() as url:
        with psycopg.connect(f"{url}/postgres", autocommit=True) as database:
            for statement in (*TABLE.split(";"), FUNCTION, *ROLES):
                database.execute(statement.encode())
        yield f"{url}/postgres"


class TestSqlite(RecordsContract):
    @pytest.fixture
    def asked(self, tmp_path: Path) -> Open:
        file = tmp_path / "orders.sqlite"
        database = sqlite3.connect(file)
        database.executescript(TABLE)
        database.close()
        return lambda questions: SqlRecords(Sqlite(file), questions, lambda: NOW)


@pytest.mark.postgres
class TestPostgres(RecordsContract):
    @pytest.fixture
    def asked(self, server: str) -> Open:
        return lambda questions: SqlRecords(Postgres(server), questions, lambda: NOW)

    def test_what_hides_in_a_function_writes_nothing_either(self, asked: Open) -> None:
        """Neither asked nor checked."""
        hidden = question("select wipe() as id", name="hidden", fields={"id": "str"})
        asked([hidden]).check()
        with pytest.raises(Down, match="ReadOnlySqlTransaction"):
            asked([hidden]).ask("hidden", MINE)
        assert len(asked([ORDERS]).ask("orders", MINE).rows) == 2

    def test_the_server_ends_what_takes_too_long(self, asked: Open) -> None:
        with pytest.raises(Down, match="QueryCanceled"):
            asked([question("select pg_sleep(60)::text as id", fields={"id": "str"})]).ask("orders", MINE)

    def test_a_check_runs_nothing(self, asked: Open) -> None:
        """It would take a minute, and is canceled after seconds."""
        assert asked([question("select pg_sleep(60)::text as id", fields={"id": "str"})]).check() == []

    def test_what_the_role_may_not_read_is_a_fault(self, server: str) -> None:
        secrets = question("select id from parcels", fields={"id": "str"})
        ((name, fault),) = SqlRecords(Postgres(role("may_read", server)), [secrets], lambda: NOW).check()
        assert (name, fault) == ("orders", "permission denied for table parcels")

    @pytest.mark.parametrize("name", ["may_read", "may_write_elsewhere"])
    def test_a_role_that_may_only_read_what_it_sees_is_no_matter(self, server: str, name: str) -> None:
        assert told(role(name, server)) == []

    def test_a_role_that_may_write_is_told_with_what_it_may_change(self, server: str) -> None:
        (note,) = told(role("may_write", server))
        assert "the role may_write may change public.orders, public.parcels." in note
        assert "docs/databases.md" in note

    def test_a_superuser_is_told(self, server: str) -> None:
        (note,) = told(server)
        assert "the role deskhand is a superuser" in note

    def test_nobody_is_told_of_a_way_that_nobody_goes(self, server: str) -> None:
        notes: list[str] = []
        assert SqlRecords(Postgres(server), [], lambda: NOW, notes.append).check() == []
        assert notes == []


def role(name: str, server: str) -> str:
    return server.replace("//deskhand@", f"//{name}@")


def told(address: str) -> list[str]:
    notes: list[str] = []
    tell: Callable[[str], None] = notes.append
    assert SqlRecords(Postgres(address), [ORDERS], lambda: NOW, tell).check() == []
    return notes


@pytest.mark.parametrize(
    ("sql", "binds", "fields", "fault"),
    [
        ("select 1 where 1 = :email", {}, {}, ":email is bound to nothing"),
        ("select 1", {"email": "customer.email"}, {}, "the bind 'email' is not in the SQL"),
        ("select 1 where 1 = :x", {"x": "message.text"}, {}, "'message.text' is neither"),
        ("delete from orders", {}, {}, "is not one select statement"),
        ("select 1; select 2", {}, {}, "is not one select statement"),
        ("select 1 as more", {}, {"more": "int"}, "the column more has a name that every question has"),
    ],
)
def test_a_question_is_checked_before_a_database_sees_it(
    sql: str, binds: dict[str, str], fields: dict[str, str], fault: str
) -> None:
    assert any(fault in one for one in Question("q", "", sql, binds, fields, 1).faults())
