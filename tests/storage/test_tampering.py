"""Whatever is done to a row of the journal behind the desk's back is found, also by who knows how the chain is made."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.journal_line import Broken, Verified
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.journal import FIRST, chained
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.rollout.stage import Rollout
from deskhand.workflows.written_stages import note_written

SECRET, AT = b"the secret of the desk", datetime(2026, 3, 10, 12, tzinfo=UTC)
LINES = 12
COLUMNS = ("seq", "at", "kind", "ticket", "body", "hash")
Row = tuple[int, str, str, str, str, str]


@dataclass(frozen=True)
class Written:
    """A desk's database, an older copy of it, and the checkpoints that lie beside it."""

    file: Path
    older: Path
    checkpoints: tuple[Checkpoint, ...]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    place = tmp_path_factory.mktemp("tampering")
    file, older, points = place / "desk.sqlite", place / "older.sqlite", []
    database = connect(f"sqlite:///{file}")
    migrate(database)
    store = SqlStore(database, lambda *_, **__: None, secret=SECRET)
    for number in range(3):
        with store.begin() as tx:
            tx.journal.append("message.received", f"zendesk:ticket:{number}", {"number": number}, AT)
            tx.journal.append("effect.done", f"zendesk:ticket:{number}", {"key": f"refund/{number}"}, AT)
        if number == 1:
            note_written(store, Rollout(Stage.ASSISTED), ["refund"], AT)
        with store.begin() as tx:
            points.append(tx.checkpoints.make(AT + timedelta(hours=number)))
        if number == 0:
            with closing(sqlite3.connect(older)) as copy, closing(sqlite3.connect(file)) as now:
                now.backup(copy)
    with store.begin() as tx:
        tx.journal.append("message.ended", "zendesk:ticket:2", {"behind": "the newest checkpoint"}, AT)
        tx.journal.append("message.ended", "zendesk:ticket:1", {"behind": "the newest checkpoint"}, AT)
    database.dispose()
    return Written(file, older, tuple(one for one in points if one))


@contextmanager
def copied(written: Written, place: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """To do anything with, as somebody can who has the database and not the desk's secret."""
    file = Path(shutil.copy(written.file, place))
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f'drop trigger "{name}"')
        yield file, connection
        connection.commit()


def verified(file: Path, elsewhere: tuple[Checkpoint, ...]) -> Verified | Broken:
    database = connect(f"sqlite:///{file}")
    proof, _ = Queries(database, SECRET).verify_with((), elsewhere)
    database.dispose()
    return proof


def rows_of(connection: sqlite3.Connection) -> list[Row]:
    return connection.execute(f"select {', '.join(COLUMNS)} from journal order by seq").fetchall()


def put(connection: sqlite3.Connection, rows: list[Row]) -> None:
    connection.execute("delete from journal")
    connection.executemany("insert into journal values (?, ?, ?, ?, ?, ?)", rows)


def numbered(rows: list[Row]) -> list[Row]:
    return [(number, one[1], one[2], one[3], one[4], one[5]) for number, one in enumerate(rows, 1)]


def rechained(rows: list[Row]) -> list[Row]:
    """Numbered and chained anew, as everybody can who has read how it is done."""
    link, made = FIRST, []
    for number, (_, at, kind, ticket, body, _) in enumerate(rows, 1):
        link = chained(link, number, datetime.fromisoformat(at), kind, ticket, body)
        made.append((number, at, kind, ticket, body, link))
    return made


def test_an_untouched_journal_is_verified(written: Written) -> None:
    proof = verified(written.file, written.checkpoints)
    assert isinstance(proof, Verified)
    assert proof.lines == LINES


CHANGES = st.one_of(
    st.tuples(st.just("change"), st.integers(0, LINES - 1), st.integers(1, 5)),
    st.tuples(st.just("swap"), st.integers(0, LINES - 1), st.integers(0, LINES - 1)),
    st.tuples(st.just("remove"), st.integers(0, LINES - 1), st.integers(1, LINES)),
    st.tuples(st.just("insert"), st.integers(0, LINES), st.integers(0, LINES - 1)),
    st.tuples(st.just("renumber"), st.integers(0, LINES - 1), st.integers(13, 40)),
)


@settings(max_examples=60, deadline=None)
@given(done=CHANGES, whole=st.booleans())
def test_any_change_of_a_row_its_order_or_its_removal_is_found(
    done: tuple[str, int, int], whole: bool, written: Written, tmp_path_factory: pytest.TempPathFactory
) -> None:
    how, place, other = done
    with copied(written, tmp_path_factory.mktemp("copy") / "desk.sqlite") as (file, connection):
        rows = rows_of(connection)
        before = list(rows)
        match how:
            case "change":
                changed: list[object] = list(rows[place])
                changed[other] = {1: "2026-03-11T00:00:00.000000Z", 4: '{"number":7}'}.get(other, "f" * 64)
                rows[place] = cast(Row, tuple(changed))
            case "swap":
                rows[place], rows[other] = rows[other], rows[place]
                rows = numbered(rows)
            case "remove":
                del rows[place : place + other]
            case "insert":
                rows.insert(place, rows[other])
                rows = numbered(rows)
            case "renumber":
                rows[place] = (other, *rows[place][1:])
        rows = rechained(rows) if whole else rows
        assume(rows != before)  # the hash alone, computed anew, is what it was
        put(connection, rows)
    assert isinstance(verified(file, written.checkpoints), Broken)


def test_cutting_the_end_off_with_all_that_names_it_is_found_by_what_lies_elsewhere(
    written: Written, tmp_path: Path
) -> None:
    file = Path(shutil.copy(written.older, tmp_path / "desk.sqlite"))
    alone = verified(file, written.checkpoints[:1])
    assert isinstance(alone, Verified), "an older copy is whole in itself"
    found = verified(file, written.checkpoints)
    assert isinstance(found, Broken)
    assert "newest lines are missing" in found.why


@pytest.mark.parametrize(
    "statement",
    [
        "delete from stage_head where number = 0",
        "update stage_head set seq = 11 where number = 0",
        "update signing_key set public = 'ab'",
        "update signing_key set private = 'ab'",
        "delete from signing_key",
    ],
)
def test_what_proves_the_journal_cannot_be_changed_either(written: Written, tmp_path: Path, statement: str) -> None:
    with copied(written, tmp_path / "desk.sqlite") as (file, connection):
        assert connection.execute(statement).rowcount == 1
    assert isinstance(verified(file, written.checkpoints), Broken)


def test_a_file_of_checkpoints_that_was_cut_or_forged_is_found(written: Written) -> None:
    assert isinstance(verified(written.file, written.checkpoints[:-1]), Broken)
    first = written.checkpoints[0]
    for forged in (replace(first, seq=3), replace(first, signature="00" * 64), replace(first, public="00" * 32)):
        assert isinstance(verified(written.file, (*written.checkpoints, forged)), Broken)
