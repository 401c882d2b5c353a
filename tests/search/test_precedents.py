"""Examples are found by meaning, the newest included; an erased one never again: by no process, from no cache."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.storage.examples import example
from tests.storage.values import TICKET, nothing

from deskhand.domain.example import Example
from deskhand.infrastructure.search.embedder import MiniLM, Vectors
from deskhand.infrastructure.search.precedents import NearExamples
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

TWICE = ("I was charged twice for my subscription", "you billed me twice this month", "two payments, one subscription")
LIKE = "I have been charged two times for the subscription"
UNLIKE = "How do I connect Google Sheets?"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    database = connect(f"sqlite:///{tmp_path}/desk.sqlite")
    migrate(database)
    yield SqlStore(database, nothing)
    database.dispose()


@pytest.fixture
def process(store: SqlStore, embed: MiniLM, tmp_path: Path) -> NearExamples:
    return another(store, embed, tmp_path)


def another(store: SqlStore, embed: MiniLM, folder: Path) -> NearExamples:
    """As in a process of its own: what it shares with others is the store and the cache's file."""
    return NearExamples(embed, VectorCache(folder / "examples.sqlite"), KeptExamples(store.engine))


def keep(store: SqlStore, *examples: Example) -> None:
    with store.begin() as tx:
        for one in examples:
            assert tx.examples.keep(one, TICKET)


def erase(store: SqlStore, id: str) -> None:
    with store.begin() as tx:
        assert tx.examples.erase_one(id)


def ids(found: Sequence[Example]) -> list[str]:
    return [one.id for one in found]


def test_what_means_the_same_is_found_and_other_things_are_not(store: SqlStore, process: NearExamples) -> None:
    keep(store, example("e1", TWICE[0]), example("e2", UNLIKE))

    assert ids(process.near(LIKE, "en")) == ["e1"]
    assert ids(process.near("connect google sheets", "en")) == ["e2"]
    assert process.near("Where do I change my address?", "en") == ()


def test_the_nearest_three_come_nearest_first(store: SqlStore, process: NearExamples) -> None:
    keep(store, *(example(f"e{n}", text) for n, text in enumerate((*TWICE, LIKE))))

    found = ids(process.near(LIKE, "en"))
    assert len(found) == 3
    assert found[0] == "e3"


def test_of_equals_the_newest_comes_first(store: SqlStore, process: NearExamples) -> None:
    keep(store, example("old", LIKE), example("new", LIKE))

    assert ids(process.near(LIKE, "en")) == ["new", "old"]


def test_only_messages_of_one_language_are_compared(store: SqlStore, process: NearExamples) -> None:
    keep(store, example("e1", LIKE, language="de"))

    assert process.near(LIKE, "en") == ()
    assert ids(process.near(LIKE, "de")) == ["e1"]


def test_what_another_process_keeps_is_found_at_the_next_look(
    store: SqlStore, process: NearExamples, embed: MiniLM, tmp_path: Path
) -> None:
    assert process.near(LIKE, "en") == ()
    keep(store, example("e1", LIKE))

    assert ids(process.near(LIKE, "en")) == ids(another(store, embed, tmp_path).near(LIKE, "en")) == ["e1"]


def test_what_another_process_erased_is_not_found_again_and_makes_room_for_the_next(
    store: SqlStore, process: NearExamples
) -> None:
    keep(store, *(example(f"e{n}", LIKE) for n in range(5)))
    assert ids(process.near(LIKE, "en")) == ["e4", "e3", "e2"]
    erase(store, "e4")
    erase(store, "e2")

    assert ids(process.near(LIKE, "en")) == ["e3", "e1", "e0"]
    for id in ("e0", "e1", "e3"):
        erase(store, id)
    assert process.near(LIKE, "en") == ()


def test_one_that_takes_the_row_of_an_erased_one_is_found_by_its_own_words(
    store: SqlStore, process: NearExamples
) -> None:
    keep(store, example("e1", LIKE))
    process.near(LIKE, "en")
    erase(store, "e1")
    keep(store, example("e2", UNLIKE))

    assert process.near(LIKE, "en") == ()
    assert ids(process.near(UNLIKE, "en")) == ["e2"]


def test_forgetting_leaves_no_file_and_what_is_kept_is_still_found(
    store: SqlStore, process: NearExamples, embed: MiniLM, tmp_path: Path
) -> None:
    keep(store, example("e1", LIKE), example("e2", UNLIKE))
    process.near(LIKE, "en")
    assert (tmp_path / "examples.sqlite").exists()
    erase(store, "e1")
    process.forget()

    assert not (tmp_path / "examples.sqlite").exists()
    assert another(store, embed, tmp_path).near(LIKE, "en") == ()
    assert ids(another(store, embed, tmp_path).near(UNLIKE, "en")) == ["e2"]


def test_a_vector_that_comes_after_the_erasing_is_not_cached(store: SqlStore, embed: MiniLM, tmp_path: Path) -> None:
    class Slow:
        """While it embeds, somebody has the example erased."""

        name = embed.name

        def __call__(self, texts: Sequence[str]) -> Vectors:
            with store.begin() as tx:
                tx.examples.erase_one("e1")
            return embed(texts)

    keep(store, example("e1", LIKE))
    found = NearExamples(Slow(), VectorCache(tmp_path / "examples.sqlite"), KeptExamples(store.engine))

    assert found.near(LIKE, "en") == ()
    assert not (tmp_path / "examples.sqlite").exists()


def test_many_threads_may_look_while_others_keep_and_erase(store: SqlStore, process: NearExamples) -> None:
    def work(number: int) -> None:
        keep(store, example(f"e{number}", LIKE))
        assert len(process.near(LIKE, "en")) <= 3
        if number % 2:
            erase(store, f"e{number}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(24)))
    found = ids(process.near(LIKE, "en"))
    assert len(found) == 3
    assert all(int(id[1:]) % 2 == 0 for id in found)
