"""The real model, loaded once: these tests are about what it finds."""

from pathlib import Path

import pytest

from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache


@pytest.fixture(scope="session")
def embed() -> MiniLM:
    return MiniLM()


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "vectors.sqlite")
