"""Accounts and the links that let somebody set a password once. Every change is a sealed line of the journal."""

import json
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.account import Account
from deskhand.infrastructure.passwords import digest, hashed, new_codes, opened, plain_code, right, sealed, step_of
from deskhand.infrastructure.storage.database import exclusive, insert
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import ACCESS
from deskhand.infrastructure.storage.sessions import revoke_all, revoke_tokens
from deskhand.infrastructure.storage.tables.people import account as table
from deskhand.infrastructure.storage.tables.people import account_attempt as attempt
from deskhand.infrastructure.storage.tables.people import passkey
from deskhand.infrastructure.storage.tables.people import sign_in_link as link

FREE = 5  # wrong tries on one name before it has to wait
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
PASSKEYS = (
    sa.select(sa.func.count()).select_from(passkey).where(passkey.c.person == table.c.person).scalar_subquery()
).label("passkeys")
FORGOTTEN = timedelta(days=1)  # wrong tries that are older count no more


class SqlAccounts:
    def __init__(self, database: sa.Engine, secret: bytes):
        self._database, self._secret = database, secret

    def get(self, person: str) -> Account | None:
        with self._database.connect() as connection:
            row = connection.execute(sa.select(table, PASSKEYS).where(table.c.person == person)).one_or_none()
        return None if row is None else _account(row)

    def all(self) -> Sequence[Account]:
        with self._database.connect() as connection:
            return [_account(row) for row in connection.execute(sa.select(table, PASSKEYS).order_by(table.c.person))]

    def link(self, person: str, role: str, queues: Collection[str], *, by: str, now: datetime, life: timedelta) -> str:
        """A secret that sets the password of this person once. `role` and `queues` count where `[people]` does not
        name them. Who was disabled is let in again."""
        given, listed = secrets.token_urlsafe(32), json.dumps(sorted(queues))
        with exclusive(self._database) as connection:
            before = connection.execute(sa.select(table).where(table.c.person == person)).one_or_none()
            if before is None:
                row = {"person": person, "role": role, "queues": listed, "made_at": now}
                connection.execute(sa.insert(table).values(**row, password="", totp="", totp_step=0, codes="[]"))
            else:
                changed = {"role": role, "queues": listed, "disabled_at": None}
                connection.execute(sa.update(table).where(table.c.person == person).values(changed))
                if (before.role, before.queues) != (role, listed):
                    told = {"person": person, "role": role, "queues": sorted(queues), "before": before.role, "by": by}
                    append_sealed(connection, self._secret, ACCESS, "access.role_changed", told, now)
            connection.execute(sa.insert(link).values(id=digest(given), person=person, expires_at=now + life))
            told = {"person": person, "role": role, "queues": sorted(queues), "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.invited", told, now)
        return given

    def linked(self, given: str, now: datetime) -> str | None:
        """Whose password this link may set."""
        good = sa.select(link.c.person).join(table, table.c.person == link.c.person).where(*_good(given, now))
        with self._database.connect() as connection:
            found: str | None = connection.scalar(good)
        return found

    def set_by_link(self, given: str, password: str, now: datetime) -> str | None:
        """Whose password was set; None when the link is used, too old, or none. Nobody else's link of this person, and
        no session, is good any more."""
        kept = hashed(password)
        with exclusive(self._database) as connection:
            good = sa.select(link.c.person).join(table, table.c.person == link.c.person).where(*_good(given, now))
            person: str | None = connection.scalar(good)
            if person is None:
                return None
            used = sa.update(link).where(link.c.person == person, link.c.used_at.is_(None)).values(used_at=now)
            connection.execute(used)
            self._set(connection, person, kept, person, now)
        return person

    def change_password(self, person: str, old: str, new: str, now: datetime) -> bool:
        """False when the old one is not right. Every session of theirs ends."""
        if not self.knows(person, old):
            return False
        fresh = hashed(new)
        with exclusive(self._database) as connection:
            self._set(connection, person, fresh, person, now)
        return True

    def knows(self, person: str, password: str) -> bool:
        with self._database.connect() as connection:
            kept = connection.scalar(sa.select(table.c.password).where(table.c.person == person))
        return right(password, kept or "")

    def disable(self, person: str, *, by: str, now: datetime) -> bool:
        """Out at once: no session, no token, no link is good any more. False when they were disabled before."""
        with exclusive(self._database) as connection:
            row = {"person": person, "role": "", "queues": "[]", "made_at": now, "disabled_at": now}
            new = insert(connection, table).values(**row, password="", totp="", totp_step=0, codes="[]")
            done = new.on_conflict_do_update(
                index_elements=["person"], set_={"disabled_at": now}, where=table.c.disabled_at.is_(None)
            ).returning(table.c.person)
            if connection.execute(done).first() is None:
                return False
            self._end_links(connection, person, now)
            ended, tokens = revoke_all(connection, person, now), revoke_tokens(connection, person, now)
            told = {"person": person, "sessions": ended, "tokens": tokens, "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.disabled", told, now)
        return True

    def reset(self, person: str, *, by: str, now: datetime) -> bool:
        """Without password, second factor, passkeys and sessions; False when there is no such account."""
        nothing = {"password": "", "totp": "", "totp_step": 0, "codes": "[]"}
        with exclusive(self._database) as connection:
            done = sa.update(table).where(table.c.person == person).values(nothing).returning(table.c.person)
            if connection.execute(done).first() is None:
                return False
            self._end_links(connection, person, now)
            connection.execute(sa.delete(passkey).where(passkey.c.person == person))
            ended = revoke_all(connection, person, now)
            told = {"person": person, "sessions": ended, "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.reset", told, now)
        return True

    def prove(self, person: str, password: str, code: str, now: datetime) -> bool:
        """Whether whoever knows all this is that person. A code, of the authenticator or for recovery, is used by it,
        and asked for wherever there is an authenticator or a passkey. It takes as long for a name that nobody has."""
        with self._database.connect() as connection:
            row = connection.execute(sa.select(table, PASSKEYS).where(table.c.person == person)).one_or_none()
        known = right(password, row.password if row and row.disabled_at is None else "")
        if row is None or not known:
            return False
        return not (row.totp or row.passkeys) or self._second(person, code, now)

    def set_second_factor(self, person: str, totp: bytes, code: str, now: datetime) -> Sequence[str]:
        """Recovery codes, told this once; none when the code of the authenticator is not right."""
        step = step_of(totp, code, now, 0)
        if step is None:
            return ()
        codes = new_codes()
        values = {
            "totp": sealed(totp, self._secret, person),
            "totp_step": step,
            "codes": json.dumps([digest(plain_code(one)) for one in codes]),
        }
        with exclusive(self._database) as connection:
            connection.execute(sa.update(table).where(table.c.person == person).values(values))
            told = {"person": person, "on": True, "by": person}
            append_sealed(connection, self._secret, ACCESS, "access.second_factor", told, now)
        return codes

    def drop_second_factor(self, person: str, *, by: str, now: datetime) -> None:
        with exclusive(self._database) as connection:
            held = connection.scalar(sa.select(PASSKEYS).where(table.c.person == person))
            nothing = {"totp": "", "totp_step": 0} | ({} if held else {"codes": "[]"})
            connection.execute(sa.update(table).where(table.c.person == person).values(nothing))
            told = {"person": person, "on": False, "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.second_factor", told, now)

    def seen(self, person: str, now: datetime) -> None:
        with exclusive(self._database) as connection:
            connection.execute(sa.update(table).where(table.c.person == person).values(seen_at=now))

    def waits(self, who: str, now: datetime) -> datetime | None:
        """Until when nobody may try this name, known or not."""
        with self._database.connect() as connection:
            row = connection.execute(sa.select(attempt).where(attempt.c.who == self._named(who))).one_or_none()
        until = None if row is None or now - row.at > FORGOTTEN else row.at + wait_after(row.wrong)
        return until if until and until > now else None

    def tried(self, who: str, *, good: bool, now: datetime, known: bool, place: str) -> None:
        """Count a try on this name; a good one clears it. From the first wait on each wrong try is a line."""
        with exclusive(self._database) as connection:
            connection.execute(sa.delete(attempt).where(attempt.c.at <= now - FORGOTTEN))
            if good:
                connection.execute(sa.delete(attempt).where(attempt.c.who == self._named(who)))
                return
            new = insert(connection, attempt).values(who=self._named(who), wrong=1, at=now)
            counted = new.on_conflict_do_update(
                index_elements=["who"], set_={"wrong": attempt.c.wrong + 1, "at": now}
            ).returning(attempt.c.wrong)
            wrong = int(connection.scalar(counted) or 0)
            if wrong >= FREE:
                told = {"person": who if known else "", "wrong": wrong, "from": place, "by": ""}
                append_sealed(connection, self._secret, ACCESS, "access.refused", told, now)

    def refused_place(self, place: str, now: datetime, window: timedelta) -> None:
        """A place has tried too often: one line for each window."""
        who = self._named(f"place {place}")
        with exclusive(self._database) as connection:
            last = connection.scalar(sa.select(attempt.c.at).where(attempt.c.who == who))
            if last is not None and now - last < window:
                return
            new = insert(connection, attempt).values(who=who, wrong=0, at=now)
            connection.execute(new.on_conflict_do_update(index_elements=["who"], set_={"at": now}))
            told = {"person": "", "from": place, "by": ""}
            append_sealed(connection, self._secret, ACCESS, "access.refused", told, now)

    def _named(self, who: str) -> str:
        """Who was tried, without the name: what is typed there may be a password."""
        return digest(f"{self._secret.hex()} {who}")

    def _second(self, person: str, code: str, now: datetime) -> bool:
        with exclusive(self._database) as connection:
            row = connection.execute(sa.select(table).where(table.c.person == person)).one()
            totp = opened(row.totp, self._secret, person) if row.totp else None
            step = step_of(totp, code, now, row.totp_step) if totp else None
            codes, given = json.loads(row.codes), digest(plain_code(code))
            if step is not None:
                values: dict[str, object] = {"totp_step": step}
            elif given in codes:
                values = {"codes": json.dumps([one for one in codes if one != given])}
            else:
                return False
            connection.execute(sa.update(table).where(table.c.person == person).values(values))
        return True

    def _set(self, connection: sa.Connection, person: str, kept: str, by: str, now: datetime) -> None:
        connection.execute(sa.update(table).where(table.c.person == person).values(password=kept))
        ended = revoke_all(connection, person, now)
        told = {"person": person, "sessions": ended, "by": by}
        append_sealed(connection, self._secret, ACCESS, "access.password_set", told, now)

    def _end_links(self, connection: sa.Connection, person: str, now: datetime) -> None:
        connection.execute(sa.update(link).where(link.c.person == person, link.c.used_at.is_(None)).values(used_at=now))


def wait_after(wrong: int) -> timedelta:
    """How long a name waits after so many wrong tries: twice as long after each, up to a quarter of an hour."""
    if wrong < FREE:
        return timedelta(0)
    doubled: int = 2 ** min(wrong - FREE, 16)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _good(given: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    fresh = (link.c.used_at.is_(None), link.c.expires_at > now)
    return (link.c.id == digest(given), *fresh, table.c.disabled_at.is_(None))


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    return Account(
        person=row.person,
        role=row.role,
        queues=tuple(json.loads(row.queues)),
        made_at=row.made_at,
        ready=bool(row.password),
        authenticator=bool(row.totp),
        passkeys=row.passkeys,
        codes_left=len(json.loads(row.codes)),
        disabled_at=row.disabled_at,
        seen_at=row.seen_at,
    )
