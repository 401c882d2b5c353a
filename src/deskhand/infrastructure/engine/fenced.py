"""A run between fences: before each step and in each transaction it is asked whether whom it is about was forgotten."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import sqlalchemy as sa

from deskhand.domain.errors import WordsErased
from deskhand.infrastructure.engine import run
from deskhand.infrastructure.engine.status import MESSAGE, Status
from deskhand.infrastructure.storage.at_work import STOPPED, AtWork
from deskhand.infrastructure.storage.fence import AROUND, GONE

AT_WORK: ContextVar[AtWork | None] = ContextVar("at work", default=None)


@dataclass(frozen=True)
class Fenced:
    """`secret`: what forgotten names are marked with; `forget_runs`: the engine's way to erase its own."""

    database: sa.Engine
    secret: bytes
    status: Status
    forget_runs: Callable[[Collection[str]], None]

    @contextmanager
    def run(self, story: str, key: str, ticket: str, args: tuple[str, ...]) -> Iterator[Callable[[], None]]:
        """What is asked before each of its steps. A run that was forgotten takes with it what it has kept, and ends
        with `WordsErased`."""
        if not self.secret:
            yield lambda: None
            return
        message = args[1] if story == MESSAGE else ""
        work = AtWork(self.database, self.secret, self.status.runs, key, ticket, message)
        mine, around = AT_WORK.set(work), AROUND.set(work)
        try:
            yield work.ready
        except BaseException as error:
            # The engine, finding no row of the run it is at, says so by an error that nobody is meant to catch.
            if not isinstance(error, WordsErased) and self.status.state(key) not in (None, STOPPED):
                raise
            work.leave()
            self.forget_runs([key])
            raise WordsErased(GONE) from None
        finally:
            AT_WORK.reset(mine)
            AROUND.reset(around)


def about(*names: str) -> None:
    """See `ports.steps.About`."""
    if (work := AT_WORK.get()) is not None:
        work.learn(names)
        if run.within_step():
            work.ready()
