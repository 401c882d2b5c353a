"""A desk that replays: everything it reads with, and nothing that could write anywhere but in its own scratch file."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import sqlalchemy as sa

from deskhand.bootstrap.connections.connectors import Through, straight
from deskhand.bootstrap.desk.desk import Ground, Ways, build_desk
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.knowledge.library import build_library, open_folder
from deskhand.bootstrap.knowledge.sources import knowledge_sources
from deskhand.bootstrap.storage.store import has_journal
from deskhand.bootstrap.systems.systems import Systems, Tell, connect_systems
from deskhand.bootstrap.systems.unconnected import NO_BILLING_WRITER
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.kept import KeptAnswers
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.replayed import Replayed
from deskhand.execution.doors import Writes
from deskhand.infrastructure.library.words import index_anew
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage import tables
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.settings import Settings
from deskhand.understanding.redact import redact
from deskhand.workflows.desk import Desk
from deskhand.workflows.predict import TRAINED
from deskhand.workflows.replay_ticket import PastDesk, replay_ticket

DATABASE = "desk.sqlite"
CACHES = ("vectors.sqlite", "examples.sqlite")
# What a desk knows of no ticket in particular: taken over when a replay begins, and kept from ticket to ticket.
KNOWN = (
    tables.knowledge.library,
    tables.knowledge.article,
    tables.knowledge.passage,
    tables.customers.customer_link,
    tables.knowledge.example,
)
AT_ONCE = 500  # rows
HELP_DESKS = ("history", "csv", "mbox", "zendesk", "freshdesk", "jira")  # whose tickets a history may hold
FAST = ("synchronous=OFF", "secure_delete=OFF", "journal_mode=MEMORY")  # a scratch file that nobody needs again


def freeze(settings: Settings, place: Path, at: datetime, tell: Tell) -> None:
    """Into `place`, whole or not at all: the twins, the library and what agents taught, as they are now. The desk's own
    state is only read; what it has not got yet is made in `place`."""
    if place.exists():
        return
    tell("Freezing the facts: twins, articles, and what agents taught ...")
    new = place.with_name(f"{place.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for file in (*settings.state.glob("twins/*.sqlite"), *(settings.state / name for name in CACHES)):
        if file.exists():
            _copy(file, new / file.relative_to(settings.state))
    (new / "secret").write_text("0" * 64, "ascii")  # no address made with it is ever given out
    database = connect(f"sqlite:///{new / DATABASE}")
    migrate(database)
    if has_journal(settings):
        source = connect(settings.database_url, settings.table.privacy.own)
        try:
            take_over(source, database)
        except sa.exc.DatabaseError as error:
            what = f"the desk's database is of another version than this program: run `deskhand doctor` once ({error})"
            raise DeskFault((Fault(str(settings.folder), 1, what),)) from error
        finally:
            source.dispose()
    database.dispose()
    with replaying(settings, new, new / DATABASE, at, tell):
        pass
    new.rename(place)


def _copy(source: Path, target: Path) -> None:
    """A whole copy, also of what somebody is writing to at this moment."""
    target.parent.mkdir(parents=True, exist_ok=True)
    read = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)
    with closing(read), closing(sqlite3.connect(target)) as written:
        read.backup(written)


def take_over(source: sa.Engine, target: sa.Engine, known: Sequence[sa.Table] = KNOWN) -> None:
    """Read in one transaction; the words of the passages are indexed anew, as each kind of database does it its way."""
    with source.connect() as old, old.begin(), target.begin() as new:
        new.execute(sa.delete(tables.knowledge.library))
        for table in known:
            rows = old.execution_options(yield_per=AT_ONCE).execute(sa.select(table))
            for part in rows.mappings().partitions(AT_ONCE):
                new.execute(sa.insert(table), [dict(row) for row in part])
        index_anew(new)
        trained = sa.select(tables.journal.journal).where(tables.journal.journal.c.kind == TRAINED)
        if newest := old.execute(trained.order_by(tables.journal.journal.c.seq.desc()).limit(1)).mappings().first():
            new.execute(sa.insert(tables.journal.journal), [dict(newest)])


@dataclass(frozen=True)
class Replaying:
    """`replay` tells what would have become of one past ticket, and forgets it."""

    desk: Desk
    systems: Systems
    replay: Callable[[PastTicket], Replayed]


@contextmanager
def replaying(
    settings: Settings, frozen: Path, scratch: Path, at: datetime, tell: Tell, through: Through = straight
) -> Iterator[Replaying]:
    """A desk on what was frozen, at the moment `at`, with `scratch` as its memory. Nothing of it writes: its connectors
    make no writers, its clients refuse to write, and its executor has nothing to act through."""
    own = replace(settings, state=frozen, database_url=f"sqlite:///{scratch}")

    def clock() -> datetime:
        return at

    folder = load_folder(own)
    systems = connect_systems(own, folder, clock, tell, through, reads_only=True)
    database = connect(own.database_url, own.table.privacy.own)
    sa.event.listen(database, "connect", _hurry)
    store = SqlStore(database, _no_runs, keep_examples=False)
    embed = MiniLM()
    library = build_library(own, database, embed, tell)
    open_folder(own, library, knowledge_sources(own, systems, clock, through), folder.articles)
    conversations = Conversations(database, clock, redact)
    shown = PastDesk(clock)
    with ExitStack() as stack:
        stack.callback(database.dispose)
        ground = Ground(
            own,
            folder,
            systems,
            store,
            library,
            embed,
            step=_at_once,
            pause=_no_pause,
            conversations=conversations,
            clock=clock,
            grace=timedelta(0),
        )
        past = dict.fromkeys((*systems.tickets, *HELP_DESKS, conversations.system), shown)
        desk = build_desk(ground, Ways(writes=Writes(NO_BILLING_WRITER, {}), past=past), stack)
        # Asked of the replayed ticket they would tell of today; whether a code could be sent is part of the story.
        sends = settings.table.systems.mail is not None
        desk = replace(desk, due={}, files={}, scanner=None, proving=replace(desk.proving, sends=sends))
        wipe = _wiper(database)

        def replay(past: PastTicket) -> Replayed:
            try:
                return replay_ticket(desk, shown, past, time.perf_counter)
            finally:
                wipe()

        wipe()
        yield Replaying(desk, systems, replay)


def kept_facts(frozen: Path) -> Through:
    """Real systems are asked everything once, and the same question gets the same answer from then on."""

    def through(system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport | None:
        if isinstance(transport, InProcess):  # a twin, which is frozen by itself
            return transport
        return KeptAnswers(frozen / "facts.sqlite", transport)

    return through


def _wiper(database: sa.Engine) -> Callable[[], None]:
    """Forgets all but what is known of no ticket in particular. The journal of a scratch file protects nothing."""
    known = {table.name for table in KNOWN} | {tables.journal.journal.name}
    with database.begin() as connection:
        triggers = sa.text("select name from sqlite_master where type = 'trigger' and tbl_name = 'journal'")
        for (name,) in connection.execute(triggers).all():
            connection.exec_driver_sql(f"drop trigger {name}")
    others = [table.name for table in reversed(tables.metadata.sorted_tables) if table.name not in known]
    # Names of our own tables.
    deeds = [f"delete from {name}" for name in others] + [f"delete from journal where kind != '{TRAINED}'"]  # nosec B608

    script = "begin;" + ";".join(deeds) + ";commit;"

    def wipe() -> None:
        with database.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.executescript(script)  # thirty statements at the cost of one

    return wipe


def _hurry(connection: Any, _record: object) -> None:
    for pragma in FAST:
        connection.execute(f"PRAGMA {pragma}")


def _at_once(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def _no_pause(seconds: float) -> None:
    raise AssertionError("a replay waits for nobody")


def _no_runs(connection: sa.Connection, story: str, ticket: str, key: str, *args: str, **_: object) -> None:
    """What a run would do comes after the door, or is somebody else's."""
