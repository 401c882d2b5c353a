"""Questions to a company's own database: the same promises on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.storage import postgres as server_of

from deskhand.connectors.records.postgres import postgres
from deskhand.connectors.records.question import Question
from deskhand.connectors.records.records import SqlRecords
from deskhand.connectors.records.sqlite import sqlite
from deskhand.domain.errors import Down, Invalid
from deskhand.ports.reads import Records

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TABLE = """create table orders (id text, email text, total integer, paid boolean, placed text);
insert into orders values ('o1', 'ana@example.com', 29, true, '2026-11-20T08:00:00+00:00');
insert into orders values ('o2', 'ana@example.com', 31, false, null);
insert into orders values ('o3', 'bo@example.com', 5, true, '2026-11-21T08:00:00+00:00')"""
FIELDS = {"id": "str", "total": "int", "paid": "bool", "placed": "datetime"}
MINE = {"customer.email": "ana@example.com"}
Open = Callable[[Sequence[Question]], SqlRecords]


def question(sql: str, *, name: str = "orders", rows: int = 50, fields: dict[str, str] | None = None) -> Question:
    binds = {"email": "customer.email"} if ":email" in sql else {}
    return Question(name, "Orders.", sql, binds, FIELDS if fields is None else fields, rows)


ORDERS = question("select id, total, paid, placed from orders where email = :email order by id")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if why := server_of.missing():
        pytest.skip(why)
    with server_of.server() as url:
        with psycopg.connect(f"{url}/postgres", autocommit=True) as database:
            for statement in TABLE.split(";"):
                database.execute(statement.encode())
        yield f"{url}/postgres"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    if request.param == "postgresql":
        url = request.getfixturevalue("server")
        return lambda questions: SqlRecords(postgres(url), questions, lambda: NOW)
    file = tmp_path / "orders.sqlite"
    database = sqlite3.connect(file)
    database.executescript(TABLE)
    database.close()
    return lambda questions: SqlRecords(sqlite(file), questions, lambda: NOW)


def test_the_first_row_is_the_finding_and_all_rows_are_its_rows(asked: Open) -> None:
    records: Records = asked([ORDERS])
    found = records.ask("orders", MINE)
    assert found.fields == {
        "found": True,
        "id": "o1",
        "total": 29,
        "paid": True,
        "placed": datetime(2026, 11, 20, 8, tzinfo=UTC),
    }
    assert [row["id"] for row in found.rows] == ["o1", "o2"]
    assert "placed" not in found.rows[1], "what is NULL is unknown, not empty"
    assert (found.name, found.source, found.read_at) == ("records.orders", "records", NOW)


def test_nobody_has_nothing(asked: Open) -> None:
    found = asked([ORDERS]).ask("orders", {"customer.email": "x' or '1'='1"})
    assert (found.fields, found.rows) == ({"found": False}, ())


def test_no_more_rows_than_wanted(asked: Open) -> None:
    assert len(asked([question("select id from orders", rows=2, fields={"id": "str"})]).ask("orders", MINE).rows) == 2


def test_faults_are_told_before_anything_is_asked(asked: Open) -> None:
    bad = [
        question("select id from nowhere", name="table", fields={"id": "str"}),
        question("select colour from orders", name="column", fields={}),
        question("select id from orders", name="lacking", fields={"total": "int"}),
    ]
    assert {name for name, _ in asked([ORDERS, *bad]).check()} == {"table", "column", "lacking"}


@pytest.mark.parametrize(
    "sql",
    [
        "with gone as (delete from orders returning id) select id from gone",
        "select id from orders) q; delete from orders; select * from (select 1",
    ],
)
def test_nothing_can_be_written(asked: Open, sql: str) -> None:
    with pytest.raises(Down):
        asked([question(sql, fields={"id": "str"})]).ask("orders", MINE)
    assert len(asked([ORDERS]).ask("orders", MINE).rows) == 2


def test_a_column_of_another_type_is_no_answer(asked: Open) -> None:
    with pytest.raises(Invalid):
        asked([question("select id from orders", fields={"id": "int"})]).ask("orders", MINE)


@pytest.mark.parametrize(
    ("sql", "binds", "fault"),
    [
        ("select 1 where 1 = :email", {}, ":email is bound to nothing"),
        ("select 1", {"email": "customer.email"}, "the bind 'email' is not in the SQL"),
        ("select 1 where 1 = :x", {"x": "message.text"}, "'message.text' is neither"),
        ("delete from orders", {}, "is not one select statement"),
        ("select 1; select 2", {}, "is not one select statement"),
    ],
)
def test_a_question_is_checked_before_a_database_sees_it(sql: str, binds: dict[str, str], fault: str) -> None:
    assert any(fault in one for one in Question("q", "", sql, binds, {}, 1).faults())
