"""Builds everything once: desk folder and settings in, a working installation out. The one file that knows adapters."""

import hmac
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx2
import sqlalchemy as sa

from deskhand.connectors import stripe, zendesk
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.connectors.records import twin as records_twin
from deskhand.connectors.records.postgres import PostgresRecords
from deskhand.connectors.records.question import Question
from deskhand.connectors.records.sqlite import SqliteRecords
from deskhand.connectors.stripe import webhook as stripe_webhook
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import VERSION, StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.twin import KEY, StripeTwin
from deskhand.connectors.stripe.twin import SECRET as STRIPE_SECRET
from deskhand.connectors.world import World, make_world, read_recipe
from deskhand.connectors.zendesk import webhook
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.connectors.zendesk.twin import OWN_USER, SECRET, TOKEN, ZendeskTwin
from deskhand.context.lookups import billing
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.article import Article
from deskhand.domain.delivery import BillingEvent, Delivery
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, JournalLine, Verified
from deskhand.domain.outcome import RunResult
from deskhand.domain.suggestion import Person
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.executor import Executor
from deskhand.execution.gate import Gate
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.infrastructure.brain.reader import BuiltInReader, spelling_of
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.index import Index
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage import queries
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.typed_json import codec
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy
from deskhand.ports.writes import TicketWriter
from deskhand.procedures.loading import Known, load_procedures
from deskhand.procedures.procedure import ActionShape, Procedure
from deskhand.rollout.stage import Rollout
from deskhand.settings import RecordsTable, Settings
from deskhand.workflows.billing_event import follow_refund
from deskhand.workflows.desk import Desk, Patience, Voice
from deskhand.workflows.park import park
from deskhand.workflows.resolve_message import resolve_message
from deskhand.workflows.settle_decision import expire_suggestion, settle_decision

Tell = Callable[[str], None]
Clock = Callable[[], datetime]
VerifyEvent = Callable[[Mapping[str, str], bytes, datetime], BillingEvent]
Verify = Callable[[Mapping[str, str], bytes, datetime], Delivery | None]
Through = Callable[[str, httpx2.BaseTransport | None], httpx2.BaseTransport | None]
T = TypeVar("T")
POLL = 0.05  # seconds between two looks at the queue on this machine's own database


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)  # noqa: TID251  (the one place)


def straight(system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport | None:
    """Nothing between us and a system."""
    return transport


# -- the desk folder ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Folder:
    """A desk folder without a fault. `notes` are worth a look, and no faults."""

    policy: Policy
    procedures: tuple[Procedure, ...]
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    notes: tuple[Fault, ...]


def load_folder(settings: Settings) -> Folder:
    """Everything that a desk folder holds, or `DeskFault` with every fault of every file."""
    faults: list[Fault] = []

    def loaded(load: Callable[[], T]) -> T | None:
        try:
            return load()
        except DeskFault as fault:
            faults.extend(fault.faults)
            return None

    table = settings.table
    articles = loaded(lambda: read_articles(settings.folder / table.articles)) or ()
    policy = loaded(lambda: load_policies(_texts(settings.folder, "policies")))
    questions = loaded(lambda: _questions(settings)) or ()
    queues = policy.queues if policy else frozenset()
    if policy and table.default_queue not in queues:
        what = f"default_queue {table.default_queue!r} is a queue of no policy file"
        faults.append(Fault(str(settings.folder / "desk.toml"), 1, what))
    shapes = {name: ActionShape(name, kind.arguments, kind.receipt) for name, kind in ACTIONS.items()}
    specs = {spec.name: spec for spec in (*billing.SPECS, *(one.spec() for one in questions))}
    known = Known(specs, shapes, {one.source for one in articles}, queues)
    procedures = loaded(lambda: load_procedures(_texts(settings.folder, "procedures"), known)) or ()
    faults += _rollout_faults(settings, {one.id for one in procedures}) if not faults else []
    if faults or policy is None:
        raise DeskFault(tuple(faults))
    return Folder(policy, procedures, articles, questions, policy.notes)


def _texts(folder: Path, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((folder / part).glob("*.y*ml")):
        name = f"{part}/{file.name}"
        try:
            found[name] = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise DeskFault((Fault(name, 1, "is not UTF-8"),)) from error
    return found


def _questions(settings: Settings) -> tuple[Question, ...]:
    records = settings.table.records
    if records is None:
        return ()
    found = tuple(
        Question(name, one.about, one.sql, one.binds, one.fields, one.rows) for name, one in records.questions.items()
    )
    file = str(settings.folder / "desk.toml")
    if faults := tuple(Fault(file, 1, f"records.{one.name}: {what}") for one in found for what in one.faults()):
        raise DeskFault(faults)
    return found


def _rollout_faults(settings: Settings, procedures: set[str]) -> list[Fault]:
    unknown = sorted(set(settings.table.rollout.procedures) - procedures - {"answers"})
    file = str(settings.folder / "desk.toml")
    return [Fault(file, 1, f"rollout: there is no procedure {name!r}") for name in unknown]


# -- systems, real or twins ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Systems:
    """What is connected. The twins are set where a system is one, and None otherwise."""

    ledger: StripeLedger
    writer: StripeWriter
    customers: StripeCustomers
    tickets: ZendeskTickets
    replies: ZendeskWriter
    records: SqliteRecords | PostgresRecords | None
    doors: Mapping[str, Verify]
    events: Mapping[str, VerifyEvent]
    zendesk_twin: ZendeskTwin | None
    stripe_twin: StripeTwin | None
    world: Callable[[], World] | None


def connect_systems(
    settings: Settings, folder: Folder, clock: Clock, tell: Tell, through: Through = straight
) -> Systems:
    """The same clients whether a system is its twin in this process or the real one at its address."""
    table = settings.table.systems
    if table.stripe is None or table.zendesk is None:
        what = "this version needs [systems.stripe] and [systems.zendesk], each a twin or an address"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    twins = _Twins(settings, clock, tell)
    stripe_twin = twins.stripe() if table.stripe.twin else None
    zendesk_twin = twins.zendesk() if table.zendesk.twin else None
    key = KEY if stripe_twin else settings.secret("stripe_key")
    headers = {"authorization": f"Bearer {key}", "stripe-version": VERSION}
    address = stripe.ADDRESS if stripe_twin else table.stripe.address or stripe.ADDRESS
    client = StripeClient(Wire(address, headers=headers, transport=through(stripe.SYSTEM, _transport(stripe_twin))))
    token = TOKEN if zendesk_twin else settings.secret("zendesk_token")
    address = zendesk_twin.server if zendesk_twin else table.zendesk.address
    transport = through(zendesk.SYSTEM, _transport(zendesk_twin))
    wire = Wire(address, headers={"authorization": f"Bearer {token}"}, transport=transport)
    own_user = str(OWN_USER) if zendesk_twin else settings.secret("zendesk_user")
    signing = [SECRET] if zendesk_twin else settings.secret("zendesk_webhook_secret").split(",")
    paying = [STRIPE_SECRET] if stripe_twin else settings.secret("stripe_webhook_secret").split(",")
    records = None
    if settings.table.records is not None:
        records = _records(settings.table.records, twins, folder.questions, clock)
    return Systems(
        ledger=StripeLedger(client, clock),
        writer=StripeWriter(client, clock),
        customers=StripeCustomers(client, clock),
        tickets=ZendeskTickets(wire, own_user, clock),
        replies=ZendeskWriter(wire, clock),
        records=records,
        doors={zendesk.SYSTEM: lambda headers, body, at: webhook.verify(signing, headers, body, at)},
        events={stripe.SYSTEM: lambda headers, body, at: stripe_webhook.verify(paying, headers, body, at)},
        zendesk_twin=zendesk_twin,
        stripe_twin=stripe_twin,
        world=twins.world if zendesk_twin else None,
    )


def _transport(twin: StripeTwin | ZendeskTwin | None) -> httpx2.BaseTransport | None:
    return InProcess(twin.app) if twin else None


def _records(
    table: RecordsTable, twins: "_Twins", questions: tuple[Question, ...], clock: Clock
) -> SqliteRecords | PostgresRecords:
    """By its address: a PostgreSQL database, else a SQLite file."""
    if not table.twin and table.address.startswith("postgresql:"):
        return PostgresRecords(table.address, questions, clock)
    return SqliteRecords(twins.records() if table.twin else Path(table.address), questions, clock)


class _Twins:
    """Twins with the made-up company in them, filled at their first use."""

    def __init__(self, settings: Settings, clock: Clock, tell: Tell):
        self.settings, self.clock, self.tell = settings, clock, tell
        self.place = settings.state / "twins"
        self.place.mkdir(parents=True, exist_ok=True)
        self._world: World | None = None

    def world(self) -> World:
        if self._world is None:
            file = self.settings.folder / "twins.toml"
            if not file.is_file():
                raise DeskFault((Fault(str(file), 1, "a twin needs this recipe of its made-up customers"),))
            recipe = read_recipe(file.read_text("utf-8"), str(file))
            self._world = make_world(recipe, self.clock())
        return self._world

    def stripe(self) -> StripeTwin:
        twin = StripeTwin(str(self.place / "stripe.sqlite"), self.clock)
        if not twin.seeded():
            self.tell(f"Filling the twins with {len(self.world().people)} made-up customers ...")
            twin.seed(self.world())
        return twin

    def zendesk(self) -> ZendeskTwin:
        twin = ZendeskTwin(str(self.place / "zendesk.sqlite"), self.clock)
        if not twin.seeded():
            twin.seed(self.world())
        return twin

    def records(self) -> Path:
        file = self.place / "records.sqlite"
        if not file.exists():
            fresh = file.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            records_twin.seed(fresh, self.world())
            fresh.rename(file)
        return file


# -- the installation ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Queries:
    """What screens read: views that change nothing."""

    database: sa.Engine

    def tickets(self, limit: int) -> list[queries.TicketRow]:
        with self.database.connect() as connection:
            return queries.tickets(connection, limit=limit)

    def timeline(self, ticket: str) -> list[JournalLine]:
        with self.database.connect() as connection:
            return queries.timeline(connection, ticket)

    def lines(self) -> Iterator[JournalLine]:
        """The whole journal, in order."""
        after = 0
        while page := self._page(after):
            yield from page
            after = page[-1].seq

    def last(self, limit: int, *, ticket: str | None = None) -> list[JournalLine]:
        with self.database.connect() as connection:
            return list(journal_of.last(connection, limit, ticket=ticket))

    def verify(self) -> Verified | Broken:
        with self.database.connect() as connection:
            return journal_of.verify(connection)

    def _page(self, after: int) -> list[JournalLine]:
        with self.database.connect() as connection:
            return journal_of.lines(connection, after, 5000)


@dataclass(frozen=True)
class Installation:
    """A desk at work. `doors` verify deliveries by system; `tokens` are people's, by their id."""

    settings: Settings
    desk: Desk
    store: SqlStore
    engine: Engine
    conversations: Conversations
    queries: Queries
    systems: Systems
    people: Mapping[str, Person]
    tokens: Mapping[str, str]

    @property
    def doors(self) -> Mapping[str, Verify]:
        return self.systems.doors

    def wait(self, key: str, timeout: float) -> RunResult:
        """The result of a run of a message or a decision."""
        result: RunResult = codec(RunResult).load(self.engine.wait(key, timeout))
        return result

    def write_as_customer(self, email: str, text: str) -> tuple[dict[str, str], bytes]:
        """At the help desk's twin: the signed delivery about a new ticket."""
        assert self.systems.zendesk_twin is not None, "only a twin's customers can be spoken for"
        return self.systems.zendesk_twin.receive(email, text)

    def people_of_the_world(self) -> dict[str, list[str]]:
        """Addresses of made-up customers by situation, flagged ones left out; empty where nothing is made up."""
        found: dict[str, list[str]] = {}
        for one in self.systems.world().people if self.systems.world else ():
            if not one.flagged:
                found.setdefault(one.situation, []).append(one.email)
        return found


def large_index(settings: Settings, passages: int) -> Index:
    """The desk's articles repeated under other names until there are so many passages: what search costs at a size."""
    articles = load_folder(settings).articles
    copies = passages // len(articles) + 1
    many = [replace(one, source=f"{one.source}-{n}") for n in range(copies) for one in articles][:passages]
    return Index(MiniLM(), many, VectorCache(settings.state / "vectors.sqlite"))


def erase_state(settings: Settings) -> None:
    """For a desk of twins only: forget everything, so that the next start is the first. Refuses any other desk."""
    table = settings.table
    twins = table.systems.zendesk and table.systems.zendesk.twin and table.systems.stripe and table.systems.stripe.twin
    if not twins or settings.database_url != f"sqlite:///{settings.state / 'desk.sqlite'}":
        what = "the demo starts from nothing, so every system must be a twin and the database the desk's own"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    if settings.state.exists():
        with hold(settings.state / "desk.sqlite.lock"):
            shutil.rmtree(settings.state)


@contextmanager
def open_journal(settings: Settings) -> Iterator[Queries]:
    """The journal alone, for reading; no worker is started."""
    database = connect(settings.database_url)
    if settings.database_url.startswith("sqlite") and not (settings.state / "desk.sqlite").exists():
        what = "this desk has no journal yet: nothing was ever asked of it"
        raise DeskFault((Fault(str(settings.state), 1, what),))
    try:
        yield Queries(database)
    finally:
        database.dispose()


class Stopwatch:
    """Wall and CPU milliseconds of each run of a message, for `bench`; `laps` in the order in which runs ended."""

    def __init__(self) -> None:
        self.laps: list[tuple[float, float]] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.laps.append((1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - cpu)))


@contextmanager
def open_desk(
    settings: Settings,
    *,
    tell: Tell,
    clock: Clock = now,
    grace: timedelta = timedelta(seconds=30),
    watch: Stopwatch | None = None,
    through: Through = straight,
) -> Iterator[Installation]:
    """A desk at work until the block ends. On SQLite another process may be at work: then this one only asks.

    `grace`: how long a request whose answer was lost may still be on its way. `through`: what requests pass between us
    and a system, from its name and the transport it would have (None: the network).
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    folder = load_folder(settings)
    systems = connect_systems(settings, folder, clock, tell, through)
    if systems.records and (faults := systems.records.check()):
        file = str(settings.folder / "desk.toml")
        raise DeskFault(tuple(Fault(file, 1, f"records.{name}: {what}") for name, what in faults))
    database = connect(settings.database_url)
    engine = Engine(database, settings.database_url, poll=POLL)
    engine.migrate()
    migrate(database)
    store = SqlStore(database, engine.enqueue)
    conversations = Conversations(database, clock)
    desk = _desk(settings, folder, systems, store, engine, conversations, clock, grace)
    _register(engine, desk, watch)
    people = {name: Person(name, frozenset(roles)) for name, roles in settings.table.people.items()}
    tokens = _tokens(settings, people)
    with ExitStack() as stack:
        stack.callback(database.dispose)
        try:
            engine.start()
            stack.callback(engine.stop)
        except AnotherWorker:
            tell("Another process works this desk; asking it.")
        yield Installation(settings, desk, store, engine, conversations, Queries(database), systems, people, tokens)


def _desk(
    settings: Settings,
    folder: Folder,
    systems: Systems,
    store: SqlStore,
    engine: Engine,
    conversations: Conversations,
    clock: Clock,
    grace: timedelta,
) -> Desk:
    table = settings.table
    embed, cache = MiniLM(), VectorCache(settings.state / "vectors.sqlite")
    knowledge = Index(embed, folder.articles, cache)
    spelling = spelling_of(folder.procedures, folder.articles)
    reader = BuiltInReader(folder.procedures, embed, knowledge, spelling=spelling, cache=cache)
    gate = Gate(folder.policy, systems.ledger, store, ACTIONS)
    writers: dict[str, TicketWriter] = {zendesk.SYSTEM: systems.replies, conversations.system: conversations}
    waiting = table.waiting
    return Desk(
        clock=clock,
        timer=time.perf_counter,
        step=engine.step,
        pause=engine.pause,
        store=store,
        desks={zendesk.SYSTEM: systems.tickets, conversations.system: conversations},
        directories=(systems.customers,),
        billing=systems.ledger,
        look_ups=LookUps(systems.ledger, systems.records, clock),
        knowledge=knowledge,
        reader=reader,
        planner=BuiltInPlanner(clock),
        procedures={one.id: one for one in folder.procedures},
        actions=ACTIONS,
        policy=folder.policy,
        rollout=Rollout(table.rollout.default, table.rollout.procedures),
        gate=gate,
        executor=Executor(gate, store, systems.writer, writers, ACTIONS, clock, grace),
        voice=Voice(table.company, table.signature, tuple(table.languages), table.default_queue),
        patience=Patience(
            suggestion=timedelta(hours=waiting.suggestion_hours),
            confirmation=timedelta(hours=waiting.confirmation_hours),
            rounds=tuple(waiting.silent_system_seconds),
        ),
    )


def _register(engine: Engine, desk: Desk, watch: Stopwatch | None) -> None:
    """Stories are plain functions; here they get the desk and become durable runs."""

    def resolve(ticket: str, message: str, stage: str = "") -> RunResult:
        with watch.lap() if watch else nullcontext():
            return resolve_message(desk, ticket, message, stage)

    def settle(suggestion: str) -> RunResult:
        return settle_decision(desk, suggestion)

    def expire(suggestion: str) -> None:
        expire_suggestion(desk, suggestion)

    def follow(refund: str) -> None:
        follow_refund(desk, refund)

    def parked(ticket: str, key: str, why: str) -> None:
        park(desk.store, ticket, key, why, queue=desk.voice.default_queue, now=desk.clock())

    engine.register("resolve_message", resolve, parked)
    engine.register("settle_decision", settle, parked)
    engine.register("expire_suggestion", expire, parked)
    engine.register("billing_event", follow)


def _tokens(settings: Settings, people: Iterable[str]) -> dict[str, str]:
    """A token for each person, made from one secret of this desk: nothing to keep but that."""
    file = settings.state / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), "ascii")
    secret = file.read_text("ascii").encode()
    return {name: hmac.digest(secret, name.encode(), "sha256").hex() for name in people}
