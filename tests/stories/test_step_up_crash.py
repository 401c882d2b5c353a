"""The power fails at every commit while a code is sent, and while one comes back: one letter, one try, one deed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.stories.lumen import Lumen, apart, opened
from tests.stories.mailbox import Mailbox

from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.stage import Stage
from deskhand.execution.doors import Writes
from deskhand.execution.executor import Executor
from deskhand.ports.store import Store, Transaction
from deskhand.workflows.carry_out import commit
from deskhand.workflows.consider import Way, consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.hear import hear

AT_ONCE = timedelta(0)  # what was lost is looked for without waiting
MOVE = "Please change the billing e-mail of our account to accounting@new-owner.example"


class PowerCut(BaseException):
    """Nothing after this line is done."""


@dataclass
class Dying:
    """A store whose process dies at commit `number`, before or after it reached the disk."""

    store: Store
    number: int
    after: bool
    commits: int = 0

    @contextmanager
    def begin(self, *, settles: bool = False) -> Iterator[Transaction]:
        self.commits += 1
        dies = self.commits == self.number
        with self.store.begin(settles=settles) as tx:
            yield tx
            if dies and not self.after:
                raise PowerCut
        if dies:
            raise PowerCut

    def look(self) -> AbstractContextManager[Transaction]:
        return self.store.look()

    def scrub(self) -> bool:
        return self.store.scrub()


@pytest.fixture
def lumen(folder: Path) -> Iterator[Lumen]:
    with opened(folder, apart, Mailbox()) as lumen:
        yield lumen


def people(lumen: Lumen) -> Iterator[str]:
    """A customer for each death."""
    found = lumen.installation.people_of_the_world()
    return iter([email for situation in sorted(found) for email in found[situation]])


def on(lumen: Lumen, store: Store) -> Desk:
    """The same desk over this store."""
    desk, systems = lumen.installation.desk, lumen.installation.systems
    writes = Writes(systems.writer, systems.replies, lumen.mailbox)
    executor = Executor(desk.gate, store, writes, desk.actions, desk.clock, AT_ONCE)
    return replace(desk, store=store, executor=executor)


@dataclass(frozen=True)
class Run:
    """One message's run. Like the engine it remembers each step that ended, and repeats the one that did not."""

    ticket: str
    message: str
    steps: dict[str, Any] = field(default_factory=dict)

    def live(self, desk: Desk) -> RunResult:
        heard = self._step("hear", lambda: hear(desk, self.ticket, self.message))
        considered = self._step("consider", lambda: consider(desk, heard, {}, str(Stage.AUTONOMOUS)))
        assert considered.way is Way.COMMIT
        done = commit(desk, heard, considered, None)
        assert isinstance(done, RunResult), done
        return done

    def _step(self, name: str, deed: Callable[[], Any]) -> Any:
        if name not in self.steps:
            self.steps[name] = deed()
        return self.steps[name]

    @property
    def number(self) -> int:
        return int(self.ticket.rpartition(":")[2])


def survived(run: Run, lumen: Lumen, dying: Dying) -> bool:
    """Whether no death met it."""
    try:
        run.live(on(lumen, dying))
    except PowerCut:
        return False
    return True


@pytest.mark.parametrize("after", [False, True])
def test_a_code_is_sent_once_wherever_the_power_fails(lumen: Lumen, after: bool) -> None:
    store = lumen.installation.store
    for deaths, email in enumerate(people(lumen), 1):
        run = written(lumen, email, MOVE)
        if survived(run, lumen, Dying(store, deaths, after)):
            break
        assert run.live(on(lumen, store)).outcome is RunOutcome.ASKED
        assert len(lumen.mailbox.to(email)) == 1
        assert len(lumen.replies(run.number)) == 1
        assert lumen.kinds(run.ticket).count("identity.code_sent") == 1
    assert deaths > 6


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("right", [False, True])
def test_a_code_counts_once_wherever_the_power_fails(lumen: Lumen, after: bool, right: bool) -> None:
    store = lumen.installation.store
    for deaths, email in enumerate(people(lumen), 1):
        asked = written(lumen, email, MOVE)
        asked.live(on(lumen, store))
        code = lumen.mailbox.code(email)
        run = written(lumen, email, code if right else f"{(int(code) + 1) % 10**8:08}", asked.number)
        if survived(run, lumen, Dying(store, deaths, after)):
            break
        told = run.live(on(lumen, store))
        with store.begin() as tx:
            latest = tx.identity.latest(run.ticket)
        assert latest is not None
        assert latest.tries == (0 if right else 1)
        assert told.outcome is (RunOutcome.RESOLVED if right else RunOutcome.ASKED)
        assert lumen.kinds(run.ticket).count("identity.proven" if right else "identity.failed") == 1
        assert len(lumen.replies(run.number)) == 2
        with lumen.network.quiet():
            assert (lumen.installation.systems.directories[0].by_email(email) == []) is right
    assert deaths > 4


def written(lumen: Lumen, email: str, text: str, number: int | None = None) -> Run:
    """On the help desk, its delivery filed; nobody has looked at it yet."""
    signed = lumen.write(email, text, number)
    delivery = lumen.installation.doors["zendesk"](signed[0], signed[1], lumen.clock())
    assert delivery is not None
    with lumen.installation.store.begin() as tx:
        assert tx.inbox.file(delivery)
        tx.tickets.next_turn(delivery.ticket, delivery.channel)
    return Run(delivery.ticket, delivery.message)
