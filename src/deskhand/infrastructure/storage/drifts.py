"""What is known of each signal that is watched for drift: made of the journal, and made of it again at any time."""

from collections.abc import Mapping

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.journal import drift_stream as table
from deskhand.infrastructure.storage.tables.tickets import feed_cursor

SOURCE = "drift"  # among the cursors of what is read bit by bit


class SqlDrifts:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def upto(self) -> int:
        """See `ports.store.Drifts`."""
        found = self.connection.scalar(sa.select(feed_cursor.c.cursor).where(feed_cursor.c.source == SOURCE))
        return int(found or 0)

    def move(self, before: int, to: int) -> bool:
        if self.upto() != before:
            return False
        row = {"source": SOURCE, "cursor": str(to)}
        new = insert(self.connection, feed_cursor).values(row)
        self.connection.execute(new.on_conflict_do_update(index_elements=["source"], set_=row))
        return True

    def streams(self) -> Mapping[tuple[str, str], str]:
        return {(row.procedure, row.signal): row.state for row in self.connection.execute(sa.select(table))}

    def keep(self, states: Mapping[tuple[str, str], str]) -> None:
        """See `ports.store.Drifts`. One statement for all: there are hundreds of them in a round."""
        if not states:
            return
        new = insert(self.connection, table)
        new = new.on_conflict_do_update(index_elements=["procedure", "signal"], set_={"state": new.excluded.state})
        rows = [{"procedure": name, "signal": signal, "state": state} for (name, signal), state in states.items()]
        self.connection.execute(new, rows)
