"""What whoever asks a company's own database can rely on, whichever it is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from deskhand.connectors.records.question import Question
from deskhand.connectors.records.records import SqlRecords
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


TWO = "select id from orders) q; delete from orders; select * from (select 1"
HOSTILE = ("with gone as (delete from orders returning id) select id from gone", TWO)


class RecordsContract:
    """`asked` opens a database with `TABLE` in it. `hostile`: what it must refuse by itself, also when nobody looked at
    the text of a question before."""

    hostile: Sequence[str] = HOSTILE

    @pytest.fixture
    def asked(self) -> Open:
        raise NotImplementedError("give your class a fixture `asked`")

    def test_the_first_row_is_the_finding_and_all_rows_are_its_rows(self, asked: Open) -> None:
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

    @pytest.mark.parametrize("address", ["x' or '1'='1", "", "%", "?", ":email"])
    def test_nobody_has_nothing(self, asked: Open, address: str) -> None:
        found = asked([ORDERS]).ask("orders", {"customer.email": address})
        assert (found.fields, found.rows, found.more) == ({"found": False}, (), False)

    @pytest.mark.parametrize(("rows", "taken", "more"), [(1, 1, True), (2, 2, True), (3, 3, False), (50, 3, False)])
    def test_no_more_rows_than_wanted_and_it_is_told_when_there_are_more(
        self, asked: Open, rows: int, taken: int, more: bool
    ) -> None:
        found = asked([question("select id from orders", rows=rows, fields={"id": "str"})]).ask("orders", MINE)
        assert (len(found.rows), found.more) == (taken, more)

    def test_faults_are_told_before_anything_is_asked(self, asked: Open) -> None:
        bad = [
            question("select id from nowhere", name="table", fields={"id": "str"}),
            question("select colour from orders", name="column", fields={}),
            question("select id from orders", name="lacking", fields={"total": "int"}),
            question("select id from orders where", name="broken", fields={"id": "str"}),
        ]
        assert {name for name, _ in asked([ORDERS, *bad]).check()} == {"table", "column", "lacking", "broken"}

    def test_what_is_sound_has_no_fault(self, asked: Open) -> None:
        commented = question("select id from orders where email = :email -- theirs", fields={"id": "str"})
        assert asked([commented]).check() == []
        assert len(asked([commented]).ask("orders", MINE).rows) == 2

    def test_nothing_can_be_written(self, asked: Open) -> None:
        for sql in self.hostile:
            with pytest.raises(Down):
                asked([question(sql, fields={"id": "str"})]).ask("orders", MINE)
            assert len(asked([ORDERS]).ask("orders", MINE).rows) == 2, sql

    def test_a_column_of_another_type_is_no_answer(self, asked: Open) -> None:
        with pytest.raises(Invalid):
            asked([question("select id from orders", fields={"id": "int"})]).ask("orders", MINE)
