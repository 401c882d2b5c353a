"""Who gets in at a desk, whether or not it is opened."""

import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from deskhand.bootstrap.access.access import Access
from deskhand.bootstrap.clock import now
from deskhand.bootstrap.connections.connectors import only_twins
from deskhand.bootstrap.secret import desk_secret
from deskhand.domain.suggestion import Person
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.settings import Settings


def access_of(settings: Settings, database: sa.Engine) -> Access:
    """Who gets in at the desk with this database."""
    return Access(settings, database, desk_tokens(settings, settings.table.people) if only_twins(settings) else {})


@contextmanager
def open_access(settings: Settings) -> Iterator[Access]:
    """The same without opening the desk."""
    settings.state.mkdir(parents=True, exist_ok=True)
    database = connect(settings.database_url)
    try:
        set_up(database)
        yield access_of(settings, database)
    finally:
        database.dispose()


def person_of(settings: Settings, token: str) -> Person | None:
    """Whose token it is, without opening the desk."""
    with open_access(settings) as access:
        found = access.by_token(token.strip(), now())
    return found.person if found else None


def desk_tokens(settings: Settings, people: Iterable[str]) -> dict[str, str]:
    """A token for each person, made from one secret of this desk: nothing to keep but that."""
    secret = desk_secret(settings)
    return {name: hmac.digest(secret, name.encode(), "sha256").hex() for name in people}
