"""A store on a database of its own for each test."""

import pytest
import sqlalchemy as sa
from tests.storage.databases import database, empty, pytest_configure, server, url
from tests.storage.values import nothing

from deskhand.infrastructure.storage.store import SqlStore

__all__ = ["database", "empty", "pytest_configure", "server", "url"]


@pytest.fixture
def store(database: sa.Engine) -> SqlStore:
    return SqlStore(database, nothing)
