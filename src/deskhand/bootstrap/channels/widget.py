"""The company's own site: which pages may hold the chat, and whom a token vouches for."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.secret import desk_secret
from deskhand.connectors.widget import SYSTEM
from deskhand.connectors.widget.token import visitor
from deskhand.domain.errors import Forged, Stale
from deskhand.domain.visitor import Visitor
from deskhand.infrastructure.receipt_token import key_of, token_of
from deskhand.infrastructure.storage import talks
from deskhand.infrastructure.storage.conversations import SYSTEM as OURS
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.visits import SentFiles
from deskhand.ports.reads import AttachmentReads
from deskhand.settings import Settings

NOBODY_KNOWN = "visitor"  # the kind of token that we make ourselves
LIVES = timedelta(days=30)


@dataclass(frozen=True)
class Talks:
    """What a visitor's chat shows. Each call is one look at the database and changes nothing."""

    database: sa.Engine

    def glance(self, ticket: str, now: datetime) -> talks.Glance:
        with self.database.connect() as connection:
            return talks.glance(connection, ticket, now)

    def titles(self, sources: frozenset[str]) -> Mapping[str, str]:
        with self.database.connect() as connection:
            return talks.titles(connection, sources)

    def now_at(self) -> talks.Seen:
        with self.database.connect() as connection:
            return talks.now_at(connection)

    def changed(self, since: talks.Seen) -> tuple[talks.Seen, frozenset[str]]:
        """The tickets in which something happened since then, and how far that looked."""
        with self.database.connect() as connection:
            seen, tickets = talks.changed(connection, since)
        return seen, frozenset(tickets)


class Widget:
    """`site` is the key that a page gives; "" for a caller that is no page, such as the company's own server."""

    def __init__(self, settings: Settings, conversations: Conversations, clock: Clock):
        self.table, self.talks = settings.table.widget, Talks(conversations.engine)
        self._signers, self._own, self._clock = settings.widget_secrets, desk_secret(settings), clock
        self._files = SentFiles(conversations.engine)

    @property
    def open(self) -> bool:
        """Whether anybody at all could come in."""
        return bool(self._signers) or any(one.anonymous for one in self.table.sites.values())

    @property
    def files(self) -> Mapping[str, AttachmentReads]:
        """What fetches attachments, as `Desk.files` names it."""
        return {f"{OURS}/{SYSTEM}": self._files}

    def lists(self, site: str, origin: str) -> bool:
        """Whether this site's pages come from there."""
        return site in self.table.sites and origin in self.table.sites[site].origins

    def welcomes_anybody(self, site: str) -> bool:
        return site in self.table.sites and self.table.sites[site].anonymous

    def begin(self, site: str) -> str:
        """A token for somebody of whom nothing is known, good for this site alone."""
        until = (self._clock() + LIVES).isoformat()
        return token_of(json.dumps([site, secrets.token_hex(12), until]), self._own, NOBODY_KNOWN)

    def visitor(self, token: str, site: str) -> Visitor:
        """Whom this token vouches for, here and now; `Rejected` with the reason."""
        told = key_of(token, self._own, NOBODY_KNOWN)
        if told is None:
            if not self._signers:
                raise Forged("no server of the company's vouches for anybody here")
            return visitor(self._signers, self.table.audience, token, self._clock())
        of, id, until = json.loads(told)
        if of != site or not self.welcomes_anybody(site):
            raise Forged("it was made for another site")
        if self._clock() >= datetime.fromisoformat(until):
            raise Stale("it has expired")
        return Visitor("", "", id)
