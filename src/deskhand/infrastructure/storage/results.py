"""What became of each message."""

from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.outcome import RunResult
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables import result as table


class SqlResults:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def put(self, ticket: str, message: str, result: RunResult, *, customer: str, at: datetime) -> None:
        """Replaces what was known of this message."""
        told = {"outcome": result.outcome.value, "result": result, "customer": customer, "at": at}
        row = insert(self.connection, table).values(ticket=ticket, message=message, **told)
        self.connection.execute(row.on_conflict_do_update(index_elements=["ticket", "message"], set_=told))

    def customer(self, ticket: str, message: str) -> str:
        whose = sa.select(table.c.customer).where(table.c.ticket == ticket, table.c.message == message)
        return self.connection.scalar(whose) or ""

    def get(self, ticket: str, message: str) -> RunResult | None:
        found: RunResult | None = self.connection.scalar(
            sa.select(table.c.result).where(table.c.ticket == ticket, table.c.message == message)
        )
        return found
