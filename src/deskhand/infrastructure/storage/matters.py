"""Which message gets the full answer to a matter of a customer."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.matter import Claim
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.tickets import matter as table


class SqlMatters:
    """Its transaction runs alone (`database.exclusive`): what was not claimed when read is not when it commits."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def claim(self, claim: Claim) -> bool:
        row = {"customer": claim.customer, "ticket": claim.ticket, "message": claim.message, "at": claim.at}
        return add_once(self.connection, table, row | {"claim": claim}, unless=["ticket", "message"])

    def claimed(self, customer: str, since: datetime) -> Sequence[Claim]:
        theirs = sa.select(table.c.claim).where(table.c.customer == customer, table.c.at >= since)
        return list(self.connection.scalars(theirs.order_by(table.c.number)))

    def forget(self, before: datetime) -> None:
        self.connection.execute(sa.delete(table).where(table.c.at < before))
