"""The journal's lines about stages, and the stage that customers saw lately."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.seals import NOTHING, STAGES, Proved, SqlSealed
from deskhand.infrastructure.storage.tables.journal import stage_seen
from deskhand.ports.memory.journal import Journal


class SqlStages(SqlSealed):
    """See `ports.store.Stages`."""

    def __init__(self, connection: sa.Connection, lines: Journal, secret: bytes, proved: Proved = NOTHING):
        super().__init__(connection, lines, secret, STAGES, proved)

    def seen(self, keys: Collection[str], procedure: str, since: datetime) -> Sequence[Sighting]:
        wanted = sa.select(stage_seen.c.stage, stage_seen.c.slot, stage_seen.c.at).where(
            stage_seen.c.who.in_(keys), stage_seen.c.procedure == procedure, stage_seen.c.at > since
        )
        rows = self.connection.execute(wanted.order_by(stage_seen.c.at.desc()))
        return [Sighting(Stage(row.stage), row.slot, row.at) for row in rows]

    def see(self, keys: Collection[str], procedure: str, sighting: Sighting) -> None:
        seen = {"stage": str(sighting.stage), "slot": sighting.slot, "at": sighting.at}
        for key in sorted(keys):
            new = insert(self.connection, stage_seen).values({"who": key, "procedure": procedure, **seen})
            self.connection.execute(new.on_conflict_do_update(index_elements=["who", "procedure"], set_=seen))

    def forget(self, before: datetime) -> None:
        self.connection.execute(sa.delete(stage_seen).where(stage_seen.c.at < before))
