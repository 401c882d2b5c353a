"""Signing in by a passkey: something that people have, unlocked by what they are or know, in one touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from deskhand.bootstrap.access.access import Access, Tried
from deskhand.bootstrap.secret import desk_secret
from deskhand.domain.account import Passkey
from deskhand.domain.errors import NotGranted
from deskhand.infrastructure import passkeys
from deskhand.infrastructure.passkeys import Asked, Site
from deskhand.infrastructure.storage.passkeys import MOST, SqlPasskeys
from deskhand.settings import Settings

NOT_ASKED = "This was not asked for in this browser, or it took too long. Begin again; nothing was changed."
NOT_TAKEN = f"This passkey is known here already, or there are {MOST} of yours. Nothing was changed."
UNNAMED = "A passkey has a name, of 60 letters at most. Nothing was changed."
LONGEST_NAME = 60


@dataclass(frozen=True)
class Question:
    """`options` for the browser as JSON, and the `cookie` that it keeps until it answers."""

    options: str
    cookie: str


class Passkeys:
    def __init__(self, site: Site, access: Access, kept: SqlPasskeys, secret: bytes):
        self._site, self._access, self._kept, self._secret = site, access, kept, secret

    def of(self, person: str) -> Sequence[Passkey]:
        return self._kept.of(person)

    def offer(self, person: str, now: datetime) -> Question:
        """A new one for somebody who is signed in, and has just said their password."""
        held = [one.id for one in self._kept.of(person)]
        return self._asked(
            passkeys.ask_for_new(self._site, person, passkeys.handle(person, self._secret), held), person, now
        )

    def add(self, person: str, *, cookie: str, answer: str, name: str, now: datetime) -> Sequence[str]:
        """Recovery codes, where they had none. `NotGranted` says why it was not taken."""
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise NotGranted(UNNAMED)
        made = passkeys.made(self._site, self._challenge(cookie, person, now), answer)
        codes = self._kept.add(person, made, name.strip(), now)
        if codes is None:
            raise NotGranted(NOT_TAKEN)
        return codes

    def remove(self, person: str, id: str, now: datetime) -> bool:
        return self._kept.remove(id, person, by=person, now=now)

    def ask(self, now: datetime) -> Question:
        return self._asked(passkeys.ask_for_one(self._site), "", now)

    def sign_in(self, *, cookie: str, answer: str, agent: str, address: str, now: datetime) -> Tried:
        """A session for whoever the passkey is of; the same answer whatever is wrong, and wrong tries make an address
        wait."""
        try:
            person = self._proved(cookie, answer, now)
        except NotGranted:
            person = None
        until = self._access.counted(address, now, right=person is not None)
        if until is not None or person is None:
            return Tried(until=until)
        return Tried(self._access.begin(person, agent=agent, address=address, now=now))

    def _proved(self, cookie: str, answer: str, now: datetime) -> str | None:
        challenge = self._challenge(cookie, "", now)
        holder = self._kept.find(passkeys.id_in(answer))
        if holder is None or self._access.person(holder.person) is None:
            return None
        known = passkeys.handle(holder.person, self._secret)
        count = passkeys.proved(self._site, challenge, answer, holder.made, known)
        return holder.person if self._kept.used(holder, count, now) else None

    def _asked(self, asked: Asked, person: str, now: datetime) -> Question:
        return Question(asked.options, self._kept.ask(asked.challenge, person, now))

    def _challenge(self, cookie: str, person: str, now: datetime) -> bytes:
        found = self._kept.answered(cookie, person, now)
        if found is None:
            raise NotGranted(NOT_ASKED)
        return found


def passkeys_of(settings: Settings, database: sa.Engine, access: Access) -> Passkeys | None:
    """None where `[access] address` is not set: a passkey is of the one address that it was made for."""
    address = settings.table.access.address
    if not address:
        return None
    secret = desk_secret(settings)
    return Passkeys(Site(address, settings.table.company), access, SqlPasskeys(database, secret), secret)
