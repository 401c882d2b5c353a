"""A store with decisions of agents in its journal, and what promotions are held to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskhand.bootstrap import Queries
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage, StageNow
from deskhand.domain.suggestion import Person
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.rollout.book import Book, book
from deskhand.rollout.evidence import Gates
from deskhand.rollout.requests import Request, Share, requests
from deskhand.rollout.stage import Rollout
from deskhand.workflows.promote import Answer, Rules, approve, ask, give_due
from deskhand.workflows.step_back import step_back
from deskhand.workflows.watch_stages import Watched, watch_stages
from deskhand.workflows.written_stages import note_written

AT = datetime(2026, 3, 9, 9, tzinfo=UTC)
ANA, TOM = Person("ana", frozenset({"agent"})), Person("tom", frozenset({"agent", "team_lead"}))
FIVE = (Share(5),)


@dataclass
class Stages:
    store: SqlStore
    rules: Rules
    now: datetime = AT
    cases: int = 0
    request: str = ""
    answers: list[Answer] = field(default_factory=list)

    def lines(self, kinds: Collection[str], since: datetime) -> Iterator[JournalLine]:
        return Queries(self.store.engine).lately(kinds, since)

    def decide(self, states: dict[str, int], procedure: str = "refund") -> None:
        """Agents decide on so many suggestions."""
        with self.store.begin() as tx:
            for state in (one for one, count in states.items() for _ in range(count)):
                self.cases += 1
                ticket, id = f"t:{self.cases}", f"s{self.cases}"
                ended = {"message": "1", "procedures": [procedure], "stage": "assisted", "suggestion": id}
                tx.journal.append("message.ended", ticket, ended, self.now)
                tx.journal.append("suggestion.settled", ticket, {"suggestion": id, "state": state}, self.now)

    def note(self, kind: str, /, ticket: str = "t:1", **body: object) -> None:
        with self.store.begin() as tx:
            tx.journal.append(kind, ticket, body, self.now)

    def ask(
        self,
        stage: Stage = Stage.AUTONOMOUS,
        shares: tuple[Share, ...] = FIVE,
        person: Person = ANA,
        scope: Scope = Scope(),  # noqa: B008  (frozen)
        procedure: str = "refund",
    ) -> Answer:
        answer = ask(
            self.store,
            self.lines,
            self.rules,
            procedure=procedure,
            stage=stage,
            scope=scope,
            shares=shares,
            person=person,
            why="it does well",
            now=self.now,
        )
        self.request = answer.request or self.request
        return answer

    def approve(self, person: Person = TOM) -> Answer:
        return approve(self.store, self.lines, self.rules, request=self.request, person=person, now=self.now)

    def back(self, why: str = "drift", procedure: str = "refund") -> StageNow:
        return step_back(self.store, procedure=procedure, why=why, by="watch", now=self.now, evidence={})

    def wait(self, **time: float) -> int:
        """How many shares were given after so much time."""
        self.now += timedelta(**time)
        return give_due(self.store, self.lines, self.rules, self.now)

    def watch(self, since: int = -1) -> Watched:
        return watch_stages(self.store, self.lines, self.rules, self.now, since)

    @property
    def told(self) -> list[JournalLine]:
        with self.store.begin() as tx:
            changes = tx.stages.changes()
        assert not isinstance(changes, Broken)
        return list(changes)

    @property
    def book(self) -> Book:
        return book(self.told)

    @property
    def requests(self) -> tuple[Request, ...]:
        return requests(self.told)

    @property
    def top(self) -> Stage:
        """Of `refund`."""
        return self.book.top("refund")


def stages(folder: Path, rollout: Rollout | None = None, gates: Gates | None = None) -> Stages:
    """`refund` is assisted by desk.toml."""
    database = connect(f"sqlite:///{folder / 'desk.sqlite'}")
    migrate(database)
    store = SqlStore(database, lambda *_, **__: None, secret=b"a secret")
    rollout = rollout or Rollout(Stage.READ_ONLY, {"refund": Stage.ASSISTED})
    names = frozenset({"refund", "invoice", "answers"})
    note_written(store, rollout, names, AT)
    return Stages(store, Rules(rollout, gates or Gates(), names))
