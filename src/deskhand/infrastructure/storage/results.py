"""What became of each message."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.outcome import RunResult
from deskhand.domain.standing import Standing
from deskhand.infrastructure.storage.database import put
from deskhand.infrastructure.storage.tables.tickets import result as table

MOST_MESSAGES = 12  # of one former ticket, on average: more would be a story of its own

# Made once: these are asked for every message.
MOST: sa.BindParameter[int] = sa.bindparam("most", type_=sa.Integer)
THIS = (table.c.ticket == sa.bindparam("on"), table.c.message == sa.bindparam("of"))
CUSTOMER = sa.select(table.c.customer).where(*THIS)
RESULT = sa.select(table.c.result).where(*THIS)
STANDINGS = (
    sa.select(table.c.message, table.c.standing)
    .where(table.c.ticket == sa.bindparam("on"), table.c.standing.is_not(None))
    .order_by(table.c.number.desc())
    .limit(MOST)
)
OWN = (table.c.customer == sa.bindparam("whose"), table.c.verified, table.c.standing.is_not(None))
EARLIER = (*OWN, table.c.ticket != sa.bindparam("but"), table.c.at >= sa.bindparam("since"))
NEWEST = (
    sa.select(table.c.ticket)
    .where(*EARLIER)
    .group_by(table.c.ticket)
    .order_by(sa.func.max(table.c.number).desc())
    .limit(sa.bindparam("tickets", type_=sa.Integer))
)
FORMER = (
    sa.select(table.c.ticket, table.c.at, table.c.result, table.c.standing)
    .where(*EARLIER, table.c.ticket.in_(NEWEST))
    .order_by(table.c.number.desc())
    .limit(MOST)
)


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
        put(self.connection, table, {"ticket": ticket, "message": message, **told, **whose}, ["ticket", "message"])

    def customer(self, ticket: str, message: str) -> str:
        return self.connection.scalar(CUSTOMER, {"on": ticket, "of": message}) or ""

    def get(self, ticket: str, message: str) -> RunResult | None:
        found: RunResult | None = self.connection.scalar(RESULT, {"on": ticket, "of": message})
        return found

    def standings(self, ticket: str, limit: int) -> Sequence[tuple[str, Standing]]:
        rows = self.connection.execute(STANDINGS, {"on": ticket, "most": limit})
        return [(row.message, row.standing) for row in rows]

    def former(
        self, customer: str, *, but: str, since: datetime, tickets: int
    ) -> Sequence[tuple[str, datetime, RunResult, Standing]]:
        asked = {"whose": customer, "but": but, "since": since, "tickets": tickets, "most": tickets * MOST_MESSAGES}
        rows = self.connection.execute(FORMER, asked)
        return [(row.ticket, row.at, row.result, row.standing) for row in rows]
