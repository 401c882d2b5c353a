"""What screens and metrics read: plain views that change nothing and wait for nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import ToldAction
from deskhand.domain.standing import Standing
from deskhand.domain.suggestion import Suggestion
from deskhand.domain.within import Within
from deskhand.infrastructure.storage.journal import lines
from deskhand.infrastructure.storage.queue import inside
from deskhand.infrastructure.storage.suggestions import SqlSuggestions
from deskhand.infrastructure.storage.tables.tickets import result
from deskhand.infrastructure.storage.tables.tickets import ticket as table


@dataclass(frozen=True)
class TicketRow:
    """One line of the queue. `outcome` is that of its newest message, None while nothing has ended."""

    ticket: str
    channel: str
    owner: str
    turns: int
    outcome: str | None
    changed_at: datetime | None


def tickets(
    connection: sa.Connection,
    *,
    limit: int = 50,
    before: datetime | None = None,
    owner: str | None = None,
    within: Within | None = None,
) -> list[TicketRow]:
    """The last changed first; give the `changed_at` of the last row as `before` for the next page."""
    newest = (
        sa.select(result.c.outcome)
        .where(result.c.ticket == table.c.ticket)
        .order_by(result.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (table.c.ticket, table.c.channel, table.c.owner, table.c.turns, newest, table.c.changed_at)
    wanted = sa.select(*columns).order_by(table.c.changed_at.desc(), table.c.ticket).limit(limit)
    wanted = wanted.where(*inside(within))
    if before is not None:
        wanted = wanted.where(table.c.changed_at < before)
    if owner is not None:
        wanted = wanted.where(table.c.owner == owner)
    return [TicketRow(*row) for row in connection.execute(wanted)]


@dataclass(frozen=True)
class Contact:
    """One message of a customer on any channel, and what became of it. `requests` are in the customer's words, `deeds`
    what was done for it; `verified`: the help desk, or the site, vouched for whoever wrote."""

    number: int
    ticket: str
    message: str
    channel: str
    at: datetime | None
    verified: bool
    outcome: str
    requests: tuple[str, ...]
    deeds: tuple[ToldAction, ...]
    handed_to: str


def contacts(connection: sa.Connection, customer: str, *, limit: int = 50, before: int | None = None) -> list[Contact]:
    """Everything of this customer (a `Ref` as text), newest first; give the `number` of the last one as `before` for
    the next page."""
    columns = (result, table.c.channel)
    wanted = (
        sa.select(*columns).outerjoin(table, table.c.ticket == result.c.ticket).where(result.c.customer == customer)
    )
    if before is not None:
        wanted = wanted.where(result.c.number < before)
    rows = connection.execute(wanted.order_by(result.c.number.desc()).limit(limit)) if customer else ()
    return [
        Contact(
            number=row.number,
            ticket=row.ticket,
            message=row.message,
            channel=row.channel or "",
            at=row.at,
            verified=row.verified,
            outcome=row.outcome,
            requests=tuple(one.quote for one in row.result.requests),
            deeds=tuple(one for one in row.result.actions if one.receipt),
            handed_to=row.result.handoff.queue if row.result.handoff else "",
        )
        for row in rows
    ]


def timeline(connection: sa.Connection, ticket: str, *, limit: int = 1000) -> list[JournalLine]:
    """The journal's lines of one ticket, in order."""
    return lines(connection, limit=limit, ticket=ticket)


def standings(connection: sa.Connection, since: datetime) -> Iterator[tuple[str, str, Standing]]:
    """Ticket, message and what it was taken to mean, of every message that ended since then. These are words of
    customers, masked, in rows that can be erased."""
    columns = (result.c.ticket, result.c.message, result.c.standing)
    wanted = sa.select(*columns).where(result.c.at >= since, result.c.standing.is_not(None)).order_by(result.c.number)
    for row in connection.execute(wanted):
        yield row.ticket, row.message, row.standing


def pending(connection: sa.Connection, ticket: str | None = None) -> Sequence[Suggestion]:
    """Suggestions that wait for an agent, oldest first."""
    return SqlSuggestions(connection).pending(ticket)
