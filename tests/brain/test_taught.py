"""The router learns what agents say that messages were about, within seconds, and forgets it with the example."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.brain.desk import PROCEDURES
from tests.storage.examples import example
from tests.storage.values import TICKET, nothing

from deskhand.domain.example import Example
from deskhand.domain.understanding import Kind, Understanding
from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of
from deskhand.infrastructure.brain.spelling import Spelling
from deskhand.infrastructure.brain.taught import Taught
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

ODD = "The thing that spits out the numbers is still chewing."
LIKE = "still chewing, the thing that spits out our numbers"
UNLIKE = "I forgot my password"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    database = connect(f"sqlite:///{tmp_path}/desk.sqlite")
    migrate(database)
    yield SqlStore(database, nothing)
    database.dispose()


@pytest.fixture
def forgettable(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "examples.sqlite")


@pytest.fixture
def taught(
    store: SqlStore, embed: MiniLM, cache: VectorCache, index: Finder, spelling: Spelling, forgettable: VectorCache
) -> BuiltInReader:
    """A reader that hears of corrections."""
    lessons = Taught(embed, forgettable, KeptExamples(store.engine), spelling)
    floor = floor_of(index.nearest(cache.vectors(embed, background())))
    return BuiltInReader(PROCEDURES, embed, index, spelling=spelling, cache=cache, floor=lambda: floor, taught=lessons)


def keep(store: SqlStore, *examples: Example) -> None:
    with store.begin() as tx:
        for one in examples:
            assert tx.examples.keep(one, TICKET)


def procedures(read: Understanding) -> list[str | None]:
    return [one.procedure for one in read.requests if one.kind is Kind.PROCEDURE]


def test_a_correction_routes_the_next_message_like_it_within_seconds(store: SqlStore, taught: BuiltInReader) -> None:
    before = taught.read(LIKE)
    assert (procedures(before), before.taught) == ([], False)

    keep(store, example("e1", f"Hello! {ODD} Thanks", about="export-status"))
    began = time.perf_counter()
    after = taught.read(LIKE)
    assert time.perf_counter() - began < 3
    assert (procedures(after), after.taught) == (["export-status"], True)


def test_what_is_read_as_before_is_not_said_to_be_taught(store: SqlStore, taught: BuiltInReader) -> None:
    keep(store, example("e1", ODD, about="export-status"))

    read = taught.read(UNLIKE)
    assert (procedures(read), read.taught) == (["password-reset"], False)


def test_each_state_of_what_was_taught_has_its_version(store: SqlStore, taught: BuiltInReader) -> None:
    own = taught.read(UNLIKE).router
    keep(store, example("e1", ODD, about="export-status"))
    first = taught.read(UNLIKE).router
    keep(store, example("e2", "please stop the thing", about="cancel-subscription"))
    second = taught.read(UNLIKE).router
    with store.begin() as tx:
        assert tx.examples.erase_one("e2")

    assert len({own, first, second}) == 3
    assert taught.read(UNLIKE).router == first
    assert all(len(version) == 64 for version in (own, first, second))


def test_an_erased_correction_is_forgotten_by_whoever_reads_next(
    store: SqlStore, taught: BuiltInReader, forgettable: VectorCache
) -> None:
    own = taught.read(LIKE)
    keep(store, example("e1", ODD, about="export-status"))
    assert taught.read(LIKE).taught
    with store.begin() as tx:
        assert tx.examples.erase("stripe:customer:1") == 1
    forgettable.clear()

    assert taught.read(LIKE) == own


@pytest.mark.parametrize(
    "one",
    [
        example("e1", ODD),
        example("e1", ODD, about="a-procedure-that-is-gone"),
        example("e1", ODD, about="export-status", language="de"),
        example("e1", "Thanks!", about="export-status"),
        example("e1", "", about="export-status"),
    ],
    ids=["says nothing", "gone", "German", "polite", "empty"],
)
def test_what_cannot_be_learned_changes_nothing(store: SqlStore, taught: BuiltInReader, one: Example) -> None:
    before = taught.read(LIKE)
    keep(store, one)

    assert taught.read(LIKE) == before


def test_of_two_words_about_the_same_message_the_newer_counts(store: SqlStore, taught: BuiltInReader) -> None:
    keep(store, example("e1", ODD, about="export-status"), example("e2", ODD, about="cancel-subscription", after=1))

    assert procedures(taught.read(LIKE)) == ["cancel-subscription"]


def test_the_nearest_procedures_told_to_a_model_are_those_of_the_desk_itself(
    store: SqlStore, taught: BuiltInReader
) -> None:
    before = taught.near(LIKE, 3)
    keep(store, example("e1", ODD, about="account-locked"))

    assert taught.near(LIKE, 3) == before
