"""Who signs in by the company's identity provider, and trips there: each counts once, in the browser it began in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.proven import Proven
from deskhand.infrastructure.passwords import digest
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import ACCESS
from deskhand.infrastructure.storage.tables.people import account
from deskhand.infrastructure.storage.tables.people import federated as table
from deskhand.infrastructure.storage.tables.people import sign_in_trip as trip

LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class Trip:
    """`state` goes there and comes back, `browser` stays in a cookie; `nonce` and `verifier` are told nobody else."""

    state: str
    browser: str
    nonce: str
    verifier: str
    next: str


class SqlFederated:
    def __init__(self, database: sa.Engine, secret: bytes):
        self._database, self._secret = database, secret

    def set_out(self, next: str, now: datetime) -> Trip:
        made = Trip(_fresh(), _fresh(), _fresh(), _fresh(), next)
        row = {"id": digest(made.state), "browser": digest(made.browser), "nonce": made.nonce}
        with exclusive(self._database) as connection:
            connection.execute(sa.delete(trip).where(trip.c.expires_at <= now))
            kept = {**row, "verifier": made.verifier, "next": next, "expires_at": now + LIVES}
            connection.execute(sa.insert(trip).values(kept))
        return made

    def come_back(self, state: str, browser: str, now: datetime) -> Trip | None:
        """The trip that this browser began; None for any other. It is over by that, whatever comes of it."""
        good = (trip.c.id == digest(state), trip.c.browser == digest(browser), trip.c.expires_at > now)
        with exclusive(self._database) as connection:
            row = connection.execute(sa.delete(trip).where(*good).returning(trip)).one_or_none()
        return None if row is None else Trip(state, browser, row.nonce, row.verifier, row.next)

    def person(self, proven: Proven) -> str | None:
        """Whose identity it is."""
        wanted = sa.select(table.c.person).where(table.c.issuer == proven.issuer, table.c.subject == proven.subject)
        with self._database.connect() as connection:
            found: str | None = connection.scalar(wanted)
        return found

    def known(self, person: str) -> bool:
        """Whether they sign in by a provider."""
        with self._database.connect() as connection:
            return connection.scalar(sa.select(table.c.person).where(table.c.person == person)) is not None

    def join(self, proven: Proven, person: str, role: str, now: datetime) -> bool:
        """From now on this identity is that person, with an account where they have none; False when the person has
        an account already and a `role` is told, or is another identity already: nobody takes over what is there."""
        with exclusive(self._database) as connection:
            before = connection.execute(sa.select(account).where(account.c.person == person)).one_or_none()
            taken = connection.execute(sa.select(table).where(table.c.person == person)).first()
            if taken is not None or (before is not None and role):
                return False
            if before is None:
                row = {"person": person, "role": role, "queues": "[]", "made_at": now}
                connection.execute(sa.insert(account).values(**row, password="", totp="", totp_step=0, codes="[]"))
            row = {"issuer": proven.issuer, "subject": proven.subject, "person": person, "made_at": now}
            connection.execute(sa.insert(table).values(row))
            told = {"person": person, "role": role, "issuer": proven.issuer, "by": "single sign-on"}
            append_sealed(connection, self._secret, ACCESS, "access.joined", told, now)
        return True

    def now_is(self, person: str, role: str, now: datetime) -> None:
        """Their groups gave them another role."""
        with exclusive(self._database) as connection:
            before = connection.scalar(sa.select(account.c.role).where(account.c.person == person))
            if before == role:
                return
            connection.execute(sa.update(account).where(account.c.person == person).values(role=role))
            told = {"person": person, "role": role, "before": before, "by": "single sign-on"}
            append_sealed(connection, self._secret, ACCESS, "access.role_changed", told, now)


def _fresh() -> str:
    return secrets.token_urlsafe(32)
