"""Opening a desk: built once, from its folder, its systems and what we run on; at work until a block ends."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from deskhand.bootstrap.access.open_access import desk_tokens
from deskhand.bootstrap.channels.channels import connect_channels
from deskhand.bootstrap.channels.hooks import connect_hooks, register_events
from deskhand.bootstrap.channels.widget import Widget
from deskhand.bootstrap.clock import now
from deskhand.bootstrap.connections.connectors import Clock, Through, only_twins, straight
from deskhand.bootstrap.connections.tools import changed_tools
from deskhand.bootstrap.desk.alert_ways import register_alerts
from deskhand.bootstrap.desk.desk import Ground, Ways, build_desk
from deskhand.bootstrap.desk.report_ways import register_reports
from deskhand.bootstrap.desk.stopwatch import Stopwatch
from deskhand.bootstrap.desk.stories import register
from deskhand.bootstrap.folder.folder import Folder, load_folder
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.knowledge.library import Bookkeeper, build_library, open_folder
from deskhand.bootstrap.knowledge.sources import knowledge_sources
from deskhand.bootstrap.logs.careful_logs import careful_logs
from deskhand.bootstrap.outreach import build_outreach, register_contacts
from deskhand.bootstrap.privacy import Privacy
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.queries import Queries
from deskhand.bootstrap.systems.own import tool_faults
from deskhand.bootstrap.systems.systems import Systems, Tell, connect_systems
from deskhand.bootstrap.versions import control_of, snapshot
from deskhand.context.lookups.frozen import FrozenFacts
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.suggestion import Person
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lock import AnotherWorker
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage import policy_texts
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.telemetry import ticket_name
from deskhand.ports.writes import Mailer
from deskhand.rollout.control import Control
from deskhand.settings import Settings
from deskhand.understanding.redact import redact
from deskhand.workflows.announce import announcer
from deskhand.workflows.changes import note_version
from deskhand.workflows.consider import UNWRITTEN
from deskhand.workflows.written_stages import note_written

POLL = 0.05  # seconds between two looks at the queue on this machine's own database


@contextmanager
def open_desk(
    settings: Settings,
    *,
    tell: Tell,
    clock: Clock = now,
    grace: timedelta = timedelta(seconds=30),
    watch: Stopwatch | None = None,
    through: Through = straight,
    mailer: Mailer | None = None,
    folder: Folder | None = None,
    frozen: FrozenFacts | None = None,
) -> Iterator[Installation]:
    """A desk at work until the block ends. On SQLite another process may be at work: then this one only asks.

    `grace`: how long a request whose answer was lost may still be on its way. `through`: what requests pass between us
    and a system, from its name and the transport it would have (None: the network). `mailer`: what sends letters; a
    desk without one sends no one-time codes. `folder`: what was read of the desk folder already. `frozen`: answers that
    are given to look-ups.
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    careful_logs(settings, (desk_secret(settings).decode(), *desk_tokens(settings, settings.table.people).values()))
    folder = folder or load_folder(settings)
    systems = connect_systems(settings, folder, clock, tell, through)
    _examine(settings, folder, systems, tell)
    database = connect(settings.database_url, settings.table.privacy.own)
    engine = _engine(database, settings)
    engine.migrate()
    set_up(database)
    _erase_again(settings, database, engine, clock, tell)
    hooks = connect_hooks(settings, clock, through)
    store = SqlStore(
        database,
        engine.enqueue,
        keep_examples=settings.table.feedback.use,
        announce=announcer(list(hooks.values())),
        secret=desk_secret(settings),
    )
    control = _note_start(settings, folder, store, clock())
    embed = MiniLM()
    library = build_library(settings, database, embed, tell)
    sources = knowledge_sources(settings, systems, clock, through)
    open_folder(settings, library, sources, folder.articles)
    conversations = Conversations(database, clock, redact)
    channels = connect_channels(settings, systems.mail, conversations, clock, through)
    widget = Widget(settings, conversations, clock)
    ground = Ground(
        settings,
        folder,
        systems,
        store,
        library,
        embed,
        step=engine.step,
        pause=engine.pause,
        conversations=conversations,
        clock=clock,
        grace=grace,
    )
    files = {**channels.files, **widget.files}
    ways = Ways(mailer, channels.writer, files, channels.slack, frozen=frozen, control=control)
    with ExitStack() as stack:
        stack.callback(database.dispose)
        desk = build_desk(ground, ways, stack)
        outreach = build_outreach(settings, folder, systems, partial(Queries(database).of_kinds, ["billing.event"]))
        register(engine, desk, watch)
        register_events(engine, desk, hooks, channels.threads)
        register_alerts(engine, desk)
        register_reports(engine, desk)
        register_contacts(engine, desk, outreach)
        try:
            engine.start()
            stack.callback(engine.stop)
        except AnotherWorker:
            tell("Another process works this desk; asking it.")
        stack.callback(channels.close)
        yield Installation(
            settings,
            desk,
            store,
            engine,
            conversations,
            Queries(database, desk_secret(settings)),
            Bookkeeper(library, sources),
            systems,
            {name: Person(name, frozenset(roles)) for name, roles in settings.table.people.items()},
            desk_tokens(settings, settings.table.people) if only_twins(settings) else {},
            channels,
            widget,
            outreach,
        )


def _examine(settings: Settings, folder: Folder, systems: Systems, tell: Tell) -> None:
    """What only the systems can say of a desk folder: whether questions can be asked, and tools are what they were."""
    file = str(settings.folder / "desk.toml")
    for part, asked in (("records", systems.records), ("records.events", systems.event_records)):
        if asked and (faults := asked.check()):
            raise DeskFault(tuple(Fault(file, 1, f"{part}.{name}: {what}") for name, what in faults))
    wrong, unheard = tool_faults(folder, systems.own)
    for note in (*unheard, *changed_tools(settings, folder.tools, systems.own)):
        tell(str(note))
    if wrong:
        raise DeskFault(tuple(wrong))


def _erase_again(settings: Settings, database: sa.Engine, engine: Engine, clock: Clock, tell: Tell) -> None:
    """Who was forgotten stays so in a copy of the database that was put back."""
    for erased in Privacy(settings, database, engine, clock).again():
        left = "" if erased.whole else "; something of it is left, so it is looked at again at the next start"
        tell(f"Erased anew: {erased.id}, see {erased.receipt.name}{left}")


def _note_start(settings: Settings, folder: Folder, store: SqlStore, now: datetime) -> Control:
    """Which policy, stages and version of the folder hold from here on; whether that has to be approved."""
    policy_texts.keep(store.engine, folder.policy.digest, folder.policy.texts, now)
    note_written(store, settings.table.rollout.rollout, {UNWRITTEN, *(one.id for one in folder.procedures)}, now)
    control = control_of(settings)
    note_version(store, snapshot(settings), now)
    return control


def _engine(database: sa.Engine, settings: Settings) -> Engine:
    """As many messages at a time as there are threads for; a model's provider needs a limit of its own."""
    called = partial(ticket_name, desk_secret(settings))
    if not settings.table.chain:
        return Engine(database, settings.database_url, poll=POLL, called=called)
    pace = settings.table.models
    return Engine(
        database,
        settings.database_url,
        poll=POLL,
        at_once=pace.runs_at_once,
        per_minute=pace.runs_per_minute,
        called=called,
    )
