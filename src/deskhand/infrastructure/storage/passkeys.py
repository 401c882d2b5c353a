"""Passkeys that are kept, and what browsers were asked to sign: a question counts once, in one browser."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.account import Passkey
from deskhand.infrastructure.passkeys import Made
from deskhand.infrastructure.passwords import digest, new_codes, plain_code
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import ACCESS
from deskhand.infrastructure.storage.tables.people import account, passkey
from deskhand.infrastructure.storage.tables.people import passkey_challenge as asked

LIVES = timedelta(minutes=5)  # how long an answer is waited for
MOST = 10  # passkeys of one person


@dataclass(frozen=True)
class Holder:
    """Whose a passkey is."""

    person: str
    made: Made


class SqlPasskeys:
    def __init__(self, database: sa.Engine, secret: bytes):
        self._database, self._secret = database, secret

    def ask(self, challenge: bytes, person: str, now: datetime) -> str:
        """What the browser keeps until it answers. `person`: whose new passkey it is; "" where somebody signs in."""
        given = secrets.token_urlsafe(32)
        row = {"id": digest(given), "challenge": _text(challenge), "person": person, "expires_at": now + LIVES}
        with exclusive(self._database) as connection:
            connection.execute(sa.delete(asked).where(asked.c.expires_at <= now))
            connection.execute(sa.insert(asked).values(row))
        return given

    def answered(self, given: str, person: str, now: datetime) -> bytes | None:
        """What this browser was asked to sign; None for any other. It is over by that, whatever comes of it."""
        good = (asked.c.id == digest(given), asked.c.person == person, asked.c.expires_at > now)
        with exclusive(self._database) as connection:
            found = connection.scalar(sa.delete(asked).where(*good).returning(asked.c.challenge))
        return None if found is None else _bytes(found)

    def of(self, person: str) -> Sequence[Passkey]:
        """Oldest first."""
        wanted = sa.select(passkey).where(passkey.c.person == person).order_by(passkey.c.made_at, passkey.c.id)
        with self._database.connect() as connection:
            return [Passkey(row.id, row.name, row.made_at, row.used_at) for row in connection.execute(wanted)]

    def find(self, id: str) -> Holder | None:
        with self._database.connect() as connection:
            row = connection.execute(sa.select(passkey).where(passkey.c.id == id)).one_or_none()
        return None if row is None else Holder(row.person, Made(row.id, _bytes(row.public), row.uses))

    def add(self, person: str, made: Made, name: str, now: datetime) -> Sequence[str] | None:
        """None when somebody has this one, or they have enough. With their first, where no code was asked for before,
        come recovery codes, told this once: from now on their password alone opens nothing."""
        codes = new_codes()
        with exclusive(self._database) as connection:
            mine = sa.select(sa.func.count()).select_from(passkey).where(passkey.c.person == person)
            taken = connection.execute(sa.select(passkey.c.id).where(passkey.c.id == made.id)).first()
            if taken is not None or (connection.scalar(mine) or 0) >= MOST:
                return None
            kept = {"public": _text(made.public), "uses": made.count, "name": name, "made_at": now}
            connection.execute(sa.insert(passkey).values(id=made.id, person=person, **kept))
            left = connection.scalar(sa.select(account.c.codes).where(account.c.person == person))
            if json.loads(left or "[]"):
                codes = ()
            else:
                fresh = json.dumps([digest(plain_code(one)) for one in codes])
                connection.execute(sa.update(account).where(account.c.person == person).values(codes=fresh))
            told = {"person": person, "passkey": made.id[:12], "name": name, "by": person}
            append_sealed(connection, self._secret, ACCESS, "access.passkey_added", told, now)
        return codes

    def used(self, holder: Holder, count: int, now: datetime) -> bool:
        """False when it was used by somebody else meanwhile: of two with one count only one gets in."""
        same = (passkey.c.id == holder.made.id, passkey.c.uses == holder.made.count)
        with exclusive(self._database) as connection:
            done = sa.update(passkey).where(*same).values(uses=count, used_at=now).returning(passkey.c.id)
            return connection.execute(done).first() is not None

    def remove(self, id: str, person: str, *, by: str, now: datetime) -> bool:
        """False when they have no such passkey."""
        which = (passkey.c.id == id, passkey.c.person == person)
        with exclusive(self._database) as connection:
            row = connection.execute(sa.delete(passkey).where(*which).returning(passkey.c.name)).one_or_none()
            if row is not None:
                told = {"person": person, "passkey": id[:12], "name": row.name, "by": by}
                append_sealed(connection, self._secret, ACCESS, "access.passkey_removed", told, now)
        return row is not None


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode("ascii")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text)
