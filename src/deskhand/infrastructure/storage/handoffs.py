"""What follows a handoff: the packet as it was given, what the customer corrects, and which agents' words were seen."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.correction import Correction
from deskhand.domain.handoff import Handoff
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.tickets import agent_message, correction, result

TOLD = [correction.c[field.name] for field in fields(Correction)]
MOST = 50  # messages to look back for one with a packet: what follows it is the agents' own


class SqlHandoffs:
    """See `ports.store.Handoffs`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def packet(self, ticket: str, message: str = "") -> tuple[str, datetime, Handoff] | None:
        own = [result.c.ticket == ticket, result.c.outcome == RunOutcome.HANDED_OFF.value]
        own += [result.c.message == message] if message else []
        asked = sa.select(result.c.message, result.c.at, result.c.result).where(*own)
        for row in self.connection.execute(asked.order_by(result.c.number.desc()).limit(MOST)):
            ended: RunResult = row.result
            if ended.handoff is not None and row.at is not None:
                return row.message, row.at, ended.handoff
        return None

    def correct(self, one: Correction) -> bool:
        row = {column.name: getattr(one, column.name) for column in TOLD}
        return add_once(self.connection, correction, row)

    def correction(self, id: str) -> Correction | None:
        row = self.connection.execute(sa.select(*TOLD).where(correction.c.id == id)).one_or_none()
        return None if row is None else Correction(**row._mapping)

    def corrections(self, ticket: str) -> Sequence[Correction]:
        asked = sa.select(*TOLD).where(correction.c.ticket == ticket).order_by(correction.c.number)
        return [Correction(**row._mapping) for row in self.connection.execute(asked)]

    def saw(self, ticket: str, message: str, at: datetime) -> bool:
        return add_once(self.connection, agent_message, {"ticket": ticket, "message": message, "at": at})
