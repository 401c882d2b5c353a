"""The real model, loaded once, and empty libraries on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.search.values import Letters, Shelved, shelved
from tests.storage.databases import database, pytest_configure, server

from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate

__all__ = ["database", "pytest_configure", "server"]


@pytest.fixture(scope="session")
def embed() -> MiniLM:
    return MiniLM()


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "vectors.sqlite")


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def desk(database: sa.Engine, letters: Letters) -> Shelved:
    """A library that reads letters, not meaning."""
    return shelved(database, letters)


@pytest.fixture
def shelf(database: sa.Engine, embed: MiniLM) -> Shelved:
    """A library that reads meaning."""
    return shelved(database, embed)


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelved]:
    """The same on SQLite alone, for properties: all examples of a test share it."""
    lettered = connect(f"sqlite:///{tmp_path_factory.mktemp('letters')}/desk.sqlite")
    migrate(lettered)
    yield shelved(lettered, Letters())
    lettered.dispose()
