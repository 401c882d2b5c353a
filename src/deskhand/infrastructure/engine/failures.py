"""Runs that ended in an error: somebody is told of each, in a run of its own, before the ticket's next message."""

from collections.abc import Callable

import sqlalchemy as sa

from deskhand.infrastructure.engine.status import Status

STORY = "deskhand.failure"
TOLD = "failed/"  # the key of the run that tells, before the key of the one it tells of

OnFailure = Callable[[str, str, str], None]


class Failures:
    """Who wants to know of which story. `enqueue` is the engine's."""

    def __init__(self, database: sa.Engine, enqueue: Callable[..., None]):
        self.database, self.enqueue = database, enqueue
        self.status = Status(database)
        self.told: dict[str, OnFailure] = {}

    def report(self, story: str, ticket: str, key: str, why: str) -> None:
        """Start the run that tells; a second time changes nothing."""
        if story in self.told:
            with self.database.begin() as connection:
                self.enqueue(connection, STORY, ticket, TOLD + key, story, ticket, key, why)

    def tell(self, story: str, ticket: str, key: str, why: str) -> None:
        """The story of that run."""
        if story in self.told:
            self.told[story](ticket, key, why)

    def sweep(self) -> None:
        """Report what ended without a word: a run whose worker died of it again and again could not."""
        for story, ticket, key, state in self.status.untold(list(self.told), TOLD):
            self.report(story, ticket, key, state)
