"""What a visitor's chat shows of a conversation of ours, and what changed lately."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.attachment import Attachment
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunResult
from deskhand.infrastructure.storage.confirmations import SqlConfirmations
from deskhand.infrastructure.storage.conversations import SYSTEM
from deskhand.infrastructure.storage.journal import last
from deskhand.infrastructure.storage.tables.channels import conversation_message as messages
from deskhand.infrastructure.storage.tables.channels import rating
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.knowledge import article
from deskhand.infrastructure.storage.tables.tickets import result
from deskhand.infrastructure.storage.tables.tickets import ticket as tickets

MOST = 200  # messages of one conversation that are shown
LINES = 100  # of its journal: those of the last messages are looked at
AT_ONCE = 2000  # changes of one look
PREFIX = f"{SYSTEM}:ticket:"


@dataclass(frozen=True)
class Spoken:
    """One public message. `result` is what the assistant's reply came with, once that is written; `outer` is what the
    chat itself called a message of its visitor."""

    number: int
    id: str
    author: str
    text: str
    sent_at: datetime
    outer: str
    attachments: tuple[Attachment, ...]
    result: RunResult | None


@dataclass(frozen=True)
class Glance:
    """A conversation as its visitor sees it. `owner`: who has it; `asked`: questions that wait for a yes; `lines`: the
    newest of its journal, oldest first."""

    said: tuple[Spoken, ...]
    owner: str
    asked: tuple[Confirmation, ...]
    rated: bool
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True)
class Seen:
    """How far the journal and the messages of all conversations were looked at."""

    line: int
    message: int


def glance(connection: sa.Connection, ticket: str, now: datetime) -> Glance:
    """Takes no lock: who writes at the same time is not kept waiting."""
    owner = connection.scalar(sa.select(tickets.c.owner).where(tickets.c.ticket == ticket))
    rated = connection.scalar(sa.select(rating.c.score).where(rating.c.ticket == ticket))
    return Glance(
        said=tuple(spoken(connection, ticket)),
        owner=owner or "",
        asked=tuple(SqlConfirmations(connection).open(ticket, now)),
        rated=rated is not None,
        lines=tuple(last(connection, LINES, ticket=ticket)),
    )


def spoken(connection: sa.Connection, ticket: str) -> list[Spoken]:
    """The newest public messages of this conversation, oldest first."""
    wanted = sa.select(messages).where(messages.c.conversation == ticket.removeprefix(PREFIX), messages.c.public)
    rows = connection.execute(wanted.order_by(messages.c.number.desc()).limit(MOST)).all()
    answered = {row.key.rpartition("/")[2] for row in rows if (row.key or "").startswith(f"reply/{ticket}/")}
    ended = sa.select(result.c.message, result.c.result).where(
        result.c.ticket == ticket, result.c.message.in_(answered)
    )
    results = {row.message: row.result for row in connection.execute(ended)}
    return [
        Spoken(
            row.number,
            row.id,
            row.author,
            row.text,
            row.sent_at,
            row.outer or "",
            row.attachments or (),
            results.get((row.key or "").rpartition("/")[2]),
        )
        for row in reversed(rows)
    ]


def titles(connection: sa.Connection, sources: Collection[str]) -> Mapping[str, str]:
    """Of these articles, by source."""
    wanted = sa.select(article.c.source, article.c.title).where(article.c.source.in_(sources))
    return {row.source: row.title for row in connection.execute(wanted)} if sources else {}


def now_at(connection: sa.Connection) -> Seen:
    line = connection.scalar(sa.select(sa.func.max(journal.c.seq)))
    return Seen(line or 0, connection.scalar(sa.select(sa.func.max(messages.c.number))) or 0)


def changed(connection: sa.Connection, since: Seen) -> tuple[Seen, Sequence[str]]:
    """The tickets of conversations of ours in which something happened since then, and how far that looked."""
    lines = sa.select(journal.c.seq, journal.c.ticket).where(journal.c.seq > since.line)
    said = sa.select(messages.c.number, messages.c.conversation).where(messages.c.number > since.message)
    told = connection.execute(lines.order_by(journal.c.seq).limit(AT_ONCE)).all()
    new = connection.execute(said.order_by(messages.c.number).limit(AT_ONCE)).all()
    tickets = {row.ticket for row in told if row.ticket.startswith(PREFIX)}
    tickets |= {f"{PREFIX}{row.conversation}" for row in new}
    seen = Seen(told[-1].seq if told else since.line, new[-1].number if new else since.message)
    return seen, sorted(tickets)
