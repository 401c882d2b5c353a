"""Conversations we host ourselves (chat, `ask`): a ticket desk and its writer over our own tables."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.action import Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.digest import digest
from deskhand.domain.effect import AGENTS
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Priority, Requester, Status, Ticket
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.channels import conversation as talks
from deskhand.infrastructure.storage.tables.channels import conversation_message as messages

SYSTEM = "deskhand"
MERGED = re.compile(r"merge/deskhand:ticket:[^/]+(/\d+)?")  # the key of the note that closes a conversation


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
            rows = connection.execute(said).all()
        return Read(_ticket(ref, talk, rows), SYSTEM, self.clock())

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str, outer: str = "") -> Receipt:
        """Say it once: with a key that was used before nothing is added, and the first receipt comes back. `outer`: its
        id at the channel that it went out by."""
        id = f"m_{digest(key)[:20]}"
        author = Author.AGENT if key.startswith(AGENTS) else Author.ASSISTANT
        self._add(ticket, id, text, author=author, public=public, key=key, outer=outer)
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

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """A note in both; whoever writes there again opens the conversation anew, and is answered there."""
        for ref in (duplicate, into):
            if self.ticket(ref).value.status is Status.CLOSED and not self.find_merge(duplicate, into, key=key):
                raise Invalid(f"Conversation {ref.id} is closed: nothing was merged.")
        told = f"Conversation {duplicate.id} is about the same, and was merged into this one."
        self.reply(into, told, public=False, key=f"{key}/into")
        made = self.reply(duplicate, f"This goes on in conversation {into.id}.", public=False, key=key)
        return replace(made, details={"into": into.id})

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        found = self.find_effect(duplicate, key=key)
        return replace(found, details={"into": into.id}) if found else None

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


def _status(said: Sequence[sa.Row[Any]]) -> Status:
    """Closed by a merge, until the customer writes again."""
    merged = [row.number for row in said if row.key and MERGED.fullmatch(row.key)]
    heard = [row.number for row in said if row.author == Author.CUSTOMER.value]
    return Status.CLOSED if merged and max(merged) > max(heard, default=0) else Status.OPEN


def _ticket(ref: Ref, talk: sa.Row[Any], said: Sequence[sa.Row[Any]]) -> Ticket:
    return Ticket(
        ref=ref,
        subject=talk.subject,
        status=_status(said),
        channel=talk.channel,
        requester=Requester(talk.name, talk.email, talk.verified, talk.phone or ""),
        tags=frozenset(),
        version=str(len(said)),
        created_at=talk.created_at,
        messages=tuple(map(message_of, said)),
    )
