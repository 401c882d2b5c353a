"""What became of each message."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.outcome import RunResult
from deskhand.domain.standing import Standing
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.tickets import result as table

MOST_MESSAGES = 12  # of one former ticket, on average: more would be a story of its own


class SqlResults:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def put(
        self,
        ticket: str,
        message: str,
        result: RunResult,
        *,
        customer: str,
        at: datetime,
        verified: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """Replaces what was known of this message, but for whose it was: an agent's decision names no customer."""
        told = {"outcome": result.outcome.value, "result": result, "at": at, "standing": standing}
        whose = {"customer": customer, "verified": verified} if customer else {}
        row = insert(self.connection, table).values(ticket=ticket, message=message, **told, **whose)
        self.connection.execute(row.on_conflict_do_update(index_elements=["ticket", "message"], set_={**told, **whose}))

    def customer(self, ticket: str, message: str) -> str:
        whose = sa.select(table.c.customer).where(table.c.ticket == ticket, table.c.message == message)
        return self.connection.scalar(whose) or ""

    def get(self, ticket: str, message: str) -> RunResult | None:
        found: RunResult | None = self.connection.scalar(
            sa.select(table.c.result).where(table.c.ticket == ticket, table.c.message == message)
        )
        return found

    def standings(self, ticket: str, limit: int) -> Sequence[tuple[str, Standing]]:
        of_ticket = sa.select(table.c.message, table.c.standing).where(
            table.c.ticket == ticket, table.c.standing.is_not(None)
        )
        rows = self.connection.execute(of_ticket.order_by(table.c.number.desc()).limit(limit))
        return [(row.message, row.standing) for row in rows]

    def former(
        self, customer: str, *, but: str, since: datetime, tickets: int
    ) -> Sequence[tuple[str, datetime, RunResult, Standing]]:
        own = (table.c.customer == customer, table.c.verified, table.c.standing.is_not(None))
        theirs = (*own, table.c.ticket != but, table.c.at >= since)
        last = sa.func.max(table.c.number)
        newest = sa.select(table.c.ticket).where(*theirs).group_by(table.c.ticket).order_by(last.desc()).limit(tickets)
        columns = (table.c.ticket, table.c.at, table.c.result, table.c.standing)
        wanted = sa.select(*columns).where(*theirs, table.c.ticket.in_(newest))
        rows = self.connection.execute(wanted.order_by(table.c.number.desc()).limit(tickets * MOST_MESSAGES))
        return [(row.ticket, row.at, row.result, row.standing) for row in rows]
