"""The inbox: each delivery and each message is filed once."""

from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.delivery import Delivery
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.tickets import inbox


class SqlInbox:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def file(self, delivery: Delivery) -> bool:
        row = {
            "source": delivery.source,
            "id": delivery.id,
            "ticket": delivery.ticket,
            "message": delivery.message,
            "channel": delivery.channel,
            "received_at": delivery.received_at,
        }
        return add_once(self.connection, inbox, row)

    def received_at(self, ticket: str, message: str) -> datetime | None:
        return self.connection.scalar(
            sa.select(inbox.c.received_at).where(inbox.c.ticket == ticket, inbox.c.message == message)
        )

    def last_of(self, source: str) -> datetime | None:
        newest = sa.select(sa.func.max(inbox.c.received_at)).where(inbox.c.source == source)
        found: datetime | None = self.connection.scalar(newest)
        return found
