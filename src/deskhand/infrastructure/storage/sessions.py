"""Sessions of people and API tokens: kept by a hash, so that who reads the database cannot use them."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.account import ApiToken, Session
from deskhand.domain.rights import Role
from deskhand.infrastructure.passwords import digest
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import ACCESS
from deskhand.infrastructure.storage.tables.people import api_token, session

NOTED = timedelta(seconds=60)  # how exactly it is known when one was last used: not every click is a write
KEPT = timedelta(days=30)  # how long a session that ended is still listed
PREFIX = "dh_"
DIRECTORY = "scim"  # in place of a role, and of a person
STANDING = (session.c.revoked_at.is_(None),)


class SqlSessions:
    """Each request asks the database, so that one that was revoked is refused at the next click, in every process."""

    def __init__(self, database: sa.Engine, secret: bytes, *, idle: timedelta, most: timedelta):
        self._database, self._secret, self._idle, self._most = database, secret, idle, most

    def begin(self, person: str, *, agent: str, place: str, now: datetime) -> str:
        """What the browser keeps; it is told this once."""
        given = secrets.token_urlsafe(32)
        row = {"id": digest(given), "person": person, "made_at": now, "seen_at": now, "expires_at": now + self._most}
        with exclusive(self._database) as connection:
            connection.execute(sa.delete(session).where(session.c.seen_at <= now - KEPT))
            connection.execute(sa.insert(session).values(**row, agent=agent[:200], place=place))
        return given

    def find(self, given: str, now: datetime) -> Session | None:
        """The session that stands, noted as used; None for any other."""
        with self._database.connect() as connection:
            row = connection.execute(sa.select(session).where(session.c.id == digest(given))).one_or_none()
        if row is None or not self._good(row, now):
            return None
        if now - row.seen_at >= NOTED:
            with exclusive(self._database) as connection:
                connection.execute(sa.update(session).where(session.c.id == row.id).values(seen_at=now))
        return Session(**row._mapping)

    def good(self, id: str, now: datetime) -> bool:
        """Whether the session of this id still stands; it is not noted as used."""
        with self._database.connect() as connection:
            row = connection.execute(sa.select(session).where(session.c.id == id)).one_or_none()
        return row is not None and self._good(row, now)

    def standing(self, now: datetime) -> Sequence[Session]:
        wanted = sa.select(session).where(*STANDING).order_by(session.c.seen_at.desc())
        with self._database.connect() as connection:
            return [Session(**row._mapping) for row in connection.execute(wanted) if self._good(row, now)]

    def revoke(self, id: str, *, by: str, now: datetime, of: str = "") -> bool:
        """End one; only one of `of` where they are named. False when no such session stands."""
        which = [session.c.id == id, *STANDING, *([session.c.person == of] if of else [])]
        with exclusive(self._database) as connection:
            done = sa.update(session).where(*which).values(revoked_at=now).returning(session.c.person)
            person = connection.scalar(done)
            if person is not None:
                told = {"person": person, "sessions": 1, "by": by}
                append_sealed(connection, self._secret, ACCESS, "access.session_revoked", told, now)
        return person is not None

    def end(self, given: str, now: datetime) -> None:
        """Signed out by whoever has it."""
        with exclusive(self._database) as connection:
            connection.execute(sa.update(session).where(session.c.id == digest(given)).values(revoked_at=now))

    def _good(self, row: sa.Row[tuple[object, ...]], now: datetime) -> bool:
        return row.revoked_at is None and now < row.expires_at and now - row.seen_at < self._idle


class SqlApiTokens:
    def __init__(self, database: sa.Engine, secret: bytes):
        self._database, self._secret = database, secret

    def make(self, name: str, person: str, role: Role | None, *, until: datetime, by: str, now: datetime) -> str:
        """The token; it is told this once. Without a `role` it is the directory's."""
        given = PREFIX + secrets.token_urlsafe(32)
        row = {"id": digest(given), "name": name, "person": person, "role": str(role or DIRECTORY)}
        told = {"token": row["id"][:12], "name": name, "person": person, "role": row["role"], "until": until, "by": by}
        with exclusive(self._database) as connection:
            connection.execute(sa.insert(api_token).values(**row, made_at=now, expires_at=until))
            append_sealed(connection, self._secret, ACCESS, "access.token_made", told, now)
        return given

    def find(self, given: str, now: datetime) -> ApiToken | None:
        """The token that stands, noted as used."""
        if not given.startswith(PREFIX):
            return None
        with self._database.connect() as connection:
            row = connection.execute(sa.select(api_token).where(api_token.c.id == digest(given))).one_or_none()
        if row is None or row.revoked_at is not None or now >= row.expires_at:
            return None
        if row.used_at is None or now - row.used_at >= NOTED:
            with exclusive(self._database) as connection:
                connection.execute(sa.update(api_token).where(api_token.c.id == row.id).values(used_at=now))
        return _token(row)

    def all(self) -> Sequence[ApiToken]:
        with self._database.connect() as connection:
            return [_token(row) for row in connection.execute(sa.select(api_token).order_by(api_token.c.made_at))]

    def revoke(self, id: str, *, by: str, now: datetime) -> bool:
        """By its id or the beginning of it, as it is listed; False when none stands, or several begin so."""
        which = (api_token.c.id.startswith(id, autoescape=True), api_token.c.revoked_at.is_(None))
        with exclusive(self._database) as connection:
            rows = connection.execute(sa.select(api_token).where(*which)).all()
            if len(id) < 6 or len(rows) != 1:
                return False
            connection.execute(sa.update(api_token).where(api_token.c.id == rows[0].id).values(revoked_at=now))
            told = {"token": rows[0].id[:12], "name": rows[0].name, "person": rows[0].person, "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.token_revoked", told, now)
        return True


def revoke_tokens(connection: sa.Connection, person: str, now: datetime) -> int:
    """How many API tokens of this person ended."""
    these = (api_token.c.person == person, api_token.c.revoked_at.is_(None))
    return len(
        connection.execute(sa.update(api_token).where(*these).values(revoked_at=now).returning(api_token.c.id)).all()
    )


def revoke_all(connection: sa.Connection, person: str, now: datetime) -> int:
    """How many sessions of this person ended."""
    done = sa.update(session).where(session.c.person == person, *STANDING).values(revoked_at=now)
    return len(connection.execute(done.returning(session.c.id)).all())


def _token(row: sa.Row[tuple[object, ...]]) -> ApiToken:
    return ApiToken(**{**row._mapping, "role": None if row.role == DIRECTORY else Role(row.role)})
