"""The real model and a small desk, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.brain.desk import ARTICLES, PROCEDURES, WRITTEN
from tests.search.values import Letters, Shelved, shelved

from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of, spelling_of
from deskhand.infrastructure.brain.spelling import Spelling
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate


@pytest.fixture(scope="session")
def embed() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    return VectorCache(Path(tmp_path_factory.mktemp("brain")) / "vectors.sqlite")


@pytest.fixture(scope="session")
def spelling() -> Spelling:
    return spelling_of(PROCEDURES, WRITTEN)


@pytest.fixture(scope="session")
def index(embed: MiniLM, spelling: Spelling, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    database = connect(f"sqlite:///{tmp_path_factory.mktemp('library')}/desk.sqlite")
    migrate(database)
    desk = shelved(database, embed, spelling, nameless=spelling.nameless)
    desk.take_over(*ARTICLES)
    yield desk.finder
    database.dispose()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelved]:
    """An empty library that reads letters, not meaning."""
    database = connect(f"sqlite:///{tmp_path_factory.mktemp('bare')}/desk.sqlite")
    migrate(database)
    yield shelved(database, Letters())
    database.dispose()


@pytest.fixture(scope="session")
def reader(embed: MiniLM, cache: VectorCache, index: Finder, spelling: Spelling) -> BuiltInReader:
    floor = floor_of(index.nearest(cache.vectors(embed, background())))
    return BuiltInReader(PROCEDURES, embed, index, spelling=spelling, cache=cache, floor=lambda: floor)
