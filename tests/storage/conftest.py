"""A store on a database of its own for each test."""

import pytest
import sqlalchemy as sa
from tests.storage.databases import empty, pytest_configure, server, url
from tests.storage.values import nothing

from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

__all__ = ["empty", "pytest_configure", "server", "url"]


@pytest.fixture
def database(empty: sa.Engine) -> sa.Engine:
    migrate(empty)
    return empty


@pytest.fixture
def store(database: sa.Engine) -> SqlStore:
    return SqlStore(database, nothing)
