"""The real model and a small desk, made once."""

from pathlib import Path

import pytest
from tests.brain.desk import ARTICLES, PROCEDURES

from deskhand.infrastructure.brain.reader import BuiltInReader, floor_of, spelling_of
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.index import Index
from deskhand.infrastructure.search.vector_cache import VectorCache


@pytest.fixture(scope="session")
def embed() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    return VectorCache(Path(tmp_path_factory.mktemp("brain")) / "vectors.sqlite")


@pytest.fixture(scope="session")
def index(embed: MiniLM, cache: VectorCache) -> Index:
    spelling = spelling_of(PROCEDURES, ARTICLES)
    return Index(embed, ARTICLES, cache, spelling, spelling.nameless)


@pytest.fixture(scope="session")
def reader(embed: MiniLM, cache: VectorCache, index: Index) -> BuiltInReader:
    spelling = spelling_of(PROCEDURES, ARTICLES)
    return BuiltInReader(PROCEDURES, embed, index, spelling=spelling, cache=cache, floor=floor_of(index))
