"""Examples are kept once, told in the journal without words, and erased for good: from the files as well."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.storage.examples import example
from tests.storage.values import NOW, TICKET, nothing

from deskhand.domain.example import Example
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.journal import lines
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore


def keep(store: SqlStore, *ids: str, customer: str = "stripe:customer:1") -> list[bool]:
    with store.begin() as tx:
        return [tx.examples.keep(example(id, customer=customer), TICKET) for id in ids]


def kept(store: SqlStore, customer: str = "") -> list[str]:
    with store.begin() as tx:
        return [one.id for one in tx.examples.all(customer)]


def test_an_example_comes_back_as_it_went_in(store: SqlStore) -> None:
    one = example(instead="I am sorry. ✓ {{ receipts.0.id }}", reason="too short", procedures=("a", "b"))
    with store.begin() as tx:
        tx.examples.keep(one, TICKET)
    with store.begin() as tx:
        assert tx.examples.all() == [one]
        assert tx.examples.get(one.id) == one
        assert tx.examples.get("e2") is None


def test_the_same_decision_is_kept_once_from_many_threads(store: SqlStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        first = [one for (one,) in threads.map(lambda _: keep(store, "e1"), range(8))]

    assert sorted(first) == [False] * 7 + [True]
    assert kept(store) == ["e1"]


def test_the_journal_tells_of_it_once_and_without_words(store: SqlStore, database: sa.Engine) -> None:
    with store.begin() as tx:
        tx.examples.keep(example(instead="Secretly.", reason="Because."), TICKET)
        tx.examples.keep(example(instead="Secretly.", reason="Because."), TICKET)
    with database.connect() as connection:
        (line,) = lines(connection)

    assert (line.kind, line.ticket, line.at) == ("example.kept", TICKET, NOW)
    assert line.body == {"example": "e1", "judged": "edited", "procedures": ["duplicate-charge"]}


def test_a_desk_that_keeps_none_writes_nothing_and_can_still_erase(store: SqlStore, database: sa.Engine) -> None:
    keep(store, "e1")
    without = SqlStore(database, nothing, keep_examples=False)

    assert keep(without, "e2") == [False]
    assert kept(without) == ["e1"]
    with without.begin() as tx:
        assert tx.examples.erase_one("e1")
    with database.connect() as connection:
        assert len(lines(connection)) == 1


def test_one_customers_are_erased_and_no_others(store: SqlStore) -> None:
    keep(store, "e1", "e2")
    keep(store, "e3", customer="stripe:customer:2")
    with store.begin() as tx:
        assert tx.examples.erase("stripe:customer:1") == 2
        assert tx.examples.erase("stripe:customer:1") == 0
        assert not tx.examples.erase_one("e1")
    assert kept(store) == kept(store, "stripe:customer:2") == ["e3"]


def test_no_number_is_given_twice_so_a_reader_misses_none(store: SqlStore, database: sa.Engine) -> None:
    shelf = KeptExamples(database)
    keep(store, "e1")
    (first,) = shelf.after(0)
    with store.begin() as tx:
        tx.examples.erase_one("e1")
    keep(store, "e2")

    (second,) = shelf.after(first)
    assert second > first
    assert shelf.those([first]) == {}
    assert shelf.those([first, second])[second].id == "e2"


def test_an_undone_transaction_keeps_nothing(store: SqlStore) -> None:
    def undone() -> None:
        with store.begin() as tx:
            tx.examples.keep(example(), TICKET)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert kept(store) == []


def test_the_files_can_be_scrubbed_on_every_database(store: SqlStore) -> None:
    keep(store, "e1", "e2")
    with store.begin() as tx:
        tx.examples.erase_one("e1")

    assert store.scrub()
    assert kept(store) == ["e2"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[tuple[Path, SqlStore]]:
    database = connect(f"sqlite:///{tmp_path}/desk.sqlite")
    migrate(database)
    yield tmp_path, SqlStore(database, nothing)
    database.dispose()


def test_no_byte_of_what_was_erased_is_left_while_the_desk_is_open(folder: tuple[Path, SqlStore]) -> None:
    place, store = folder
    with store.begin() as tx:
        for number in range(60):
            tx.examples.keep(marked(number, 100 * number), TICKET)
    with store.begin() as tx:
        assert tx.examples.erase("stripe:customer:0") == 20
    before = found(place, range(60))
    assert store.scrub()

    assert before, "without scrubbing the words are still there, or this test sees nothing"
    assert found(place, range(60)) == {number for number in range(60) if number % 3}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9000), st.booleans()), min_size=1, max_size=60))
def test_nothing_is_left_whatever_was_kept_and_erased_before(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[int, bool]]
) -> None:
    place = tmp_path_factory.mktemp("erased")
    database = connect(f"sqlite:///{place}/desk.sqlite")
    migrate(database)
    store, there = SqlStore(database, nothing), set[int]()
    for number, (size, stays) in enumerate(story):
        with store.begin() as tx:
            tx.examples.keep(marked(number, size), TICKET)
            there.add(number)
        if not stays:
            gone = min(there)
            there.remove(gone)
            with store.begin() as tx:
                assert tx.examples.erase_one(f"e{gone}")
    assert store.scrub()

    assert found(place, range(len(story))) == there
    database.dispose()


def test_a_reader_in_the_way_is_told_of_and_the_next_time_succeeds(folder: tuple[Path, SqlStore]) -> None:
    place, store = folder
    keep(store, "e1")
    reader = sa.create_engine(f"sqlite:///{place}/desk.sqlite").connect()
    reader.exec_driver_sql("BEGIN")
    reader.exec_driver_sql("SELECT count(*) FROM example").all()
    with store.begin() as tx:
        tx.examples.erase_one("e1")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=10")  # the pool gives this connection out again
    assert not store.scrub()
    reader.close()

    assert store.scrub()


def marked(number: int, size: int) -> Example:
    """With words of its own in every field that holds words."""
    word = f"MARK{number}X"
    return example(
        f"e{number}",
        f"{word} {'m' * size}",
        customer=f"stripe:customer:{number % 3}",
        suggested=word,
        instead=f"{word} {'i' * (size // 2)}",
        reason=word,
    )


def found(place: Path, numbers: range) -> set[int]:
    """Whose words any file of the folder holds."""
    data = b"".join(file.read_bytes() for file in place.rglob("*") if file.is_file())
    return {number for number in numbers if f"MARK{number}X".encode() in data}
