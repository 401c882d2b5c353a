"""Conversations we host ourselves (chat, `ask`): a ticket desk and its writer over our own tables."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.action import Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.digest import digest
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Priority, Requester, Status, Ticket
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables import conversation as talks
from deskhand.infrastructure.storage.tables import conversation_message as messages

SYSTEM = "deskhand"


class Conversations:
    """Each call is a transaction of its own, as it would be at a system elsewhere. `clean` takes out of a customer's
    words what must never be kept."""

    system = SYSTEM

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime], clean: Callable[[str], str]):
        self.engine, self.clock, self.clean = engine, clock, clean

    def open(self, id: str, email: str, *, name: str, verified: bool, subject: str, channel: str) -> Ref:
        """A new conversation; an id that exists already is left as it is. `verified`: the address is theirs."""
        row = {"id": id, "email": email, "name": name, "verified": verified}
        row |= {"subject": self.clean(subject), "channel": channel}
        with self.engine.begin() as connection:
            add_once(connection, talks, row | {"created_at": self.clock()}, unless=["id"])
        return Ref(SYSTEM, "ticket", id)

    def say(
        self,
        ticket: Ref,
        message: str,
        text: str,
        *,
        author: Author = Author.CUSTOMER,
        attachments: tuple[Attachment, ...] = (),
        outer: str = "",
    ) -> bool:
        """Add what a person wrote, under its id; False when that id was there already. `outer`: what whoever sent it
        calls it."""
        kept = self.clean(text) if author is Author.CUSTOMER else text
        more = {"attachments": attachments or None, "outer": outer}
        return self._add(ticket, message, kept, author=author, public=True, key=None, **more)

    def known_as(self, ticket: Ref, email: str) -> None:
        """The address that an unknown visitor says is theirs: a claim, and nothing where somebody is vouched for."""
        claimed = sa.update(talks).where(talks.c.id == ticket.id, talks.c.verified.is_(False))
        with self.engine.begin() as connection:
            connection.execute(claimed.values(email=email))

    def ticket(self, ref: Ref) -> Read[Ticket]:
        with self.engine.connect() as connection:
            talk = connection.execute(sa.select(talks).where(talks.c.id == ref.id)).one_or_none()
            if talk is None or ref.system != SYSTEM:
                raise Missing(f"conversation {ref.id}")
            said = sa.select(messages).where(messages.c.conversation == ref.id).order_by(messages.c.number)
            found = tuple(message_of(row) for row in connection.execute(said))
        return Read(_ticket(ref, talk, found), SYSTEM, self.clock())

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str, outer: str = "") -> Receipt:
        """Say it once: with a key that was used before nothing is added, and the first receipt comes back. `outer`: its
        id at the channel that it went out by."""
        id = f"m_{digest(key)[:20]}"
        self._add(ticket, id, text, author=Author.ASSISTANT, public=public, key=key, outer=outer)
        receipt = self.find_effect(ticket, key=key)
        assert receipt is not None, "what was committed can be read"
        return receipt

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        carrying = sa.select(messages).where(messages.c.conversation == ticket.id, messages.c.key == key)
        with self.engine.connect() as connection:
            row = connection.execute(carrying).one_or_none()
        return None if row is None else Receipt(key, SYSTEM, row.id, row.sent_at)

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        raise Invalid("A conversation begins with a message of the customer: none was opened.")

    def find_ticket(self, *, key: str) -> Receipt | None:
        return None

    def update_ticket(
        self,
        ticket: Ref,
        *,
        key: str,
        status: Status | None = None,
        priority: Priority | None = None,
        group: str | None = None,
        assignee: str | None = None,
        fields: Mapping[str, str] | None = None,
        if_free: bool = False,
    ) -> Receipt:
        raise Invalid("A conversation has no status, priority, people or fields to set: nothing was changed.")

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        raise Invalid("A conversation has no tags: none was added.")

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        raise Invalid("A conversation has no tags: none was removed.")

    def _add(
        self, ticket: Ref, id: str, text: str, *, author: Author, public: bool, key: str | None, **more: object
    ) -> bool:
        row: dict[str, object] = {"id": id, "conversation": ticket.id, "author": author.value, "public": public}
        row |= {"text": text, "key": key, "outer": "", **more}
        with self.engine.begin() as connection:
            if connection.scalar(sa.select(talks.c.id).where(talks.c.id == ticket.id)) is None:
                raise Missing(f"conversation {ticket.id}")
            return add_once(connection, messages, row | {"sent_at": self.clock()})


def message_of(row: sa.Row[Any]) -> Message:
    return Message(
        row.id,
        Author(row.author),
        row.public,
        row.text,
        row.sent_at,
        row.attachments or (),
        vouched=row.vouched is not False,
    )


def _ticket(ref: Ref, talk: sa.Row[Any], said: tuple[Message, ...]) -> Ticket:
    return Ticket(
        ref=ref,
        subject=talk.subject,
        status=Status.OPEN,
        channel=talk.channel,
        requester=Requester(talk.name, talk.email, talk.verified, talk.phone or ""),
        tags=frozenset(),
        version=str(len(said)),
        created_at=talk.created_at,
        messages=said,
    )
