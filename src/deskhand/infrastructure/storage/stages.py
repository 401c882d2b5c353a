"""The journal's lines about stages, and the stage that customers saw lately."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.database import put
from deskhand.infrastructure.storage.seals import NOTHING, STAGES, Proved, SqlSealed
from deskhand.infrastructure.storage.tables.journal import stage_seen
from deskhand.ports.memory.journal import Journal

SEEN = (
    sa.select(stage_seen.c.stage, stage_seen.c.slot, stage_seen.c.at)
    .where(stage_seen.c.who.in_(sa.bindparam("keys", expanding=True)))
    .where(stage_seen.c.procedure == sa.bindparam("of"), stage_seen.c.at > sa.bindparam("since"))
    .order_by(stage_seen.c.at.desc())
)


class SqlStages(SqlSealed):
    """See `ports.store.Stages`."""

    def __init__(self, connection: sa.Connection, lines: Journal, secret: bytes, proved: Proved = NOTHING):
        super().__init__(connection, lines, secret, STAGES, proved)

    def seen(self, keys: Collection[str], procedure: str, since: datetime) -> Sequence[Sighting]:
        rows = self.connection.execute(SEEN, {"keys": list(keys), "of": procedure, "since": since})
        return [Sighting(Stage(row.stage), row.slot, row.at) for row in rows]

    def see(self, keys: Collection[str], procedure: str, sighting: Sighting) -> None:
        seen = {"stage": str(sighting.stage), "slot": sighting.slot, "at": sighting.at}
        rows = [{"who": key, "procedure": procedure, **seen} for key in sorted(keys)]
        put(self.connection, stage_seen, rows, ["who", "procedure"])

    def forget(self, before: datetime) -> None:
        self.connection.execute(sa.delete(stage_seen).where(stage_seen.c.at < before))
