"""Conversations of channels over our own tables: which one a message belongs to, and what is on its way out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.action import Receipt
from deskhand.domain.digest import digest
from deskhand.domain.errors import Missing
from deskhand.domain.incoming import Incoming, Outgoing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Requester
from deskhand.infrastructure.storage.conversations import SYSTEM, Conversations, message_of
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.channels import channel_cursor as cursors
from deskhand.infrastructure.storage.tables.channels import conversation as talks
from deskhand.infrastructure.storage.tables.channels import conversation_message as messages
from deskhand.infrastructure.storage.tables.channels import sending as sendings

MANY = 50  # outer ids that an answer looks back on


class SqlThreads:
    """See `ports.threads.Threads`."""

    system = SYSTEM

    def __init__(self, conversations: Conversations):
        self.conversations, self.engine, self.clock = conversations, conversations.engine, conversations.clock

    def conversation_of(self, incoming: Incoming, message: str, now: datetime) -> Ref:
        if found := self.known(incoming, message, now):
            return found
        # No name of a channel's holds what a visitor's own may be: nobody opens it before it is there.
        id = f"{incoming.channel}.{digest([incoming.channel, incoming.thread, message])[:20]}"
        who = incoming.requester
        row = {
            "id": id,
            "email": who.email,
            "name": who.name,
            "verified": incoming.vouched,
            "subject": self.conversations.clean(incoming.subject),
            "channel": incoming.channel,
            "created_at": now,
            "phone": who.phone,
            "thread": incoming.thread,
            "route": dict(incoming.route),
        }
        with self.engine.begin() as connection:
            add_once(connection, talks, row, unless=["id"])
        return Ref(SYSTEM, "ticket", id)

    def known(self, incoming: Incoming, message: str, now: datetime) -> Ref | None:
        with self.engine.connect() as connection:
            for which in _places(incoming, message, now):
                asked = sa.select(talks).where(talks.c.channel == incoming.channel, which)
                for row in connection.execute(asked.order_by(talks.c.created_at.desc())):
                    if incoming.shared or _theirs(row, incoming):
                        return Ref(SYSTEM, "ticket", row.id)
        return None

    def author(self, conversation: Ref, incoming: Incoming) -> Author:
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(talks).where(talks.c.id == conversation.id)).one()
        return Author.CUSTOMER if _theirs(row, incoming) else Author.AGENT

    def keep(
        self, conversation: Ref, message: str, text: str, incoming: Incoming, *, author: Author, public: bool
    ) -> bool:
        clean = self.conversations.clean
        row = {
            "id": message,
            "conversation": conversation.id,
            "author": author.value,
            "public": public,
            "text": clean(text),
            "key": None,
            "sent_at": self.clock(),
            "outer": incoming.outer,
            "vouched": incoming.vouched,
            "attachments": tuple(replace(one, name=clean(one.name)) for one in incoming.attachments),
            "original": clean(incoming.original) if incoming.original else None,
        }
        with self.engine.begin() as connection:
            return add_once(connection, messages, row)

    def earlier(self, conversation: Ref, but: str) -> tuple[str, ...]:
        asked = sa.select(messages).where(messages.c.conversation == conversation.id, messages.c.id != but)
        with self.engine.connect() as connection:
            said = [message_of(row) for row in connection.execute(asked.order_by(messages.c.number))]
        return tuple(one.text for one in said if one.public)

    def replies_since(self, conversation: Ref, at: datetime) -> int:
        ours = (
            messages.c.conversation == conversation.id,
            messages.c.author == Author.ASSISTANT.value,
            messages.c.public,
            messages.c.sent_at >= at,
        )
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(messages).where(*ours)) or 0

    def outgoing(self, conversation: Ref, text: str, key: str) -> tuple[str, Outgoing]:
        return self._outgoing(conversation, text, key, self.clock())

    def begin_sending(self, letter: Outgoing) -> None:
        row = {"key": letter.key, "conversation": letter.conversation, "text": letter.text, "began_at": letter.began}
        with self.engine.begin() as connection:
            add_once(connection, sendings, row, unless=["key"])

    def sending(self, conversation: Ref, key: str) -> tuple[str, Outgoing] | None:
        asked = sa.select(sendings).where(sendings.c.key == key, sendings.c.conversation == conversation.id)
        with self.engine.connect() as connection:
            row = connection.execute(asked).one_or_none()
        return None if row is None else self._outgoing(conversation, row.text, key, row.began_at)

    def not_sent(self, key: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.delete(sendings).where(sendings.c.key == key))

    def sent(self, conversation: Ref, text: str, *, public: bool, key: str, outer: str) -> Receipt:
        receipt = self.conversations.reply(conversation, text, public=public, key=key, outer=outer)
        self.not_sent(key)  # what is said needs no such note any more
        return receipt

    def find_effect(self, conversation: Ref, *, key: str) -> Receipt | None:
        return self.conversations.find_effect(conversation, key=key)

    def cursor(self, channel: str) -> str:
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(cursors.c.cursor).where(cursors.c.channel == channel)) or ""

    def move(self, channel: str, cursor: str) -> None:
        with self.engine.begin() as connection:
            if not add_once(connection, cursors, {"channel": channel, "cursor": cursor}, unless=["channel"]):
                connection.execute(sa.update(cursors).where(cursors.c.channel == channel).values(cursor=cursor))

    def _outgoing(self, conversation: Ref, text: str, key: str, began: datetime) -> tuple[str, Outgoing]:
        outer = sa.select(messages.c.outer).where(messages.c.conversation == conversation.id, messages.c.outer != "")
        with self.engine.connect() as connection:
            talk = connection.execute(sa.select(talks).where(talks.c.id == conversation.id)).one_or_none()
            before = tuple(connection.scalars(outer.order_by(messages.c.number.desc()).limit(MANY)))[::-1]
        if talk is None:
            raise Missing(f"conversation {conversation.id}")
        to = Requester(talk.name, talk.email, talk.verified, talk.phone or "")
        return talk.channel, Outgoing(key, talk.id, text, to, talk.subject, talk.route or {}, before, began)


def _places(incoming: Incoming, message: str, now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    """Where to look, best first."""
    yield _holds(messages.c.id == message)
    for outer in incoming.answers:
        yield _holds(messages.c.outer == outer)
    if incoming.token:
        yield talks.c.id == incoming.token
    if incoming.thread:
        named = talks.c.thread == incoming.thread
        yield named & _holds(messages.c.sent_at >= now - incoming.quiet) if incoming.quiet else named


def _holds(what: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(messages.c.conversation == talks.c.id, what)


def _theirs(talk: sa.Row[tuple[object, ...]], incoming: Incoming) -> bool:
    """Whether the same person writes: by the channel's own id of them where it has one, else by their address."""
    if user := incoming.route.get("user"):
        return bool((talk.route or {}).get("user") == user)
    who = incoming.requester
    return (talk.email.casefold(), talk.phone or "") == (who.email.casefold(), who.phone)
