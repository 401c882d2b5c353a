"""A desk at work: built once, from its folder, its systems and what we run on."""

import hmac
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, partial

import sqlalchemy as sa

from deskhand.bootstrap.access import Access
from deskhand.bootstrap.careful_logs import careful_logs
from deskhand.bootstrap.channels import Channels, connect_channels
from deskhand.bootstrap.connectors import Clock, Through, named, straight
from deskhand.bootstrap.desk import Stopwatch, build_desk, register
from deskhand.bootstrap.drift import register_alerts
from deskhand.bootstrap.folder import Folder, load_folder
from deskhand.bootstrap.hooks import connect_hooks, register_events
from deskhand.bootstrap.knowledge import knowledge_sources
from deskhand.bootstrap.library import Bookkeeper, build_library, open_folder
from deskhand.bootstrap.numbers import Counting
from deskhand.bootstrap.outreach import build_outreach, register_contacts
from deskhand.bootstrap.own import tool_faults
from deskhand.bootstrap.passkeys import Passkeys, passkeys_of
from deskhand.bootstrap.privacy import Privacy
from deskhand.bootstrap.report_ways import register_reports
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.single_sign_on import SingleSignOn, single_sign_on
from deskhand.bootstrap.store import has_journal
from deskhand.bootstrap.systems import Systems, Tell, connect_systems
from deskhand.bootstrap.tools import changed_tools
from deskhand.bootstrap.versions import control_of, snapshot
from deskhand.bootstrap.widget import Widget
from deskhand.connectors.manifest import Verify
from deskhand.context.lookups.frozen import FrozenFacts
from deskhand.domain.article import Article
from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, JournalLine, ProvedPart, Sought, Verified
from deskhand.domain.outcome import RunResult
from deskhand.domain.pause import Pause
from deskhand.domain.queue import Filters, QueueRow, View
from deskhand.domain.suggestion import Person
from deskhand.domain.within import Within
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.receipt_token import OPT_OUT, RATING, key_of
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage import articles as articles_of
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage import policy_texts, queries, queue
from deskhand.infrastructure.storage.checkpoints import held_against, public_key
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.drifts import SqlDrifts
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.infrastructure.storage.pauses import SqlPauses
from deskhand.infrastructure.storage.seals import CHANGES, FAMILIES, STAGES, Family, newest, newest_is, sealed_lines
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.telemetry import ticket_name
from deskhand.infrastructure.typed_json import codec
from deskhand.ports.writes import Mailer
from deskhand.settings import Settings, own_database
from deskhand.understanding.redact import redact
from deskhand.workflows.announce import PARKED, REVIVED, Parked, announcer, parked, revive
from deskhand.workflows.changes import note_version
from deskhand.workflows.consider import UNWRITTEN
from deskhand.workflows.desk import Desk
from deskhand.workflows.outreach import Outreach
from deskhand.workflows.written_stages import note_written

STILL_THERE = timedelta(seconds=45)  # a page that is looked at says so every fifteen seconds
LATELY = 100_000  # lines of the journal that a page looks at
SLACK = timedelta(hours=1)  # by so much a line may be older than the one before it
POLL = 0.05  # seconds between two looks at the queue on this machine's own database


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)  # noqa: TID251  (the one place)


@dataclass(frozen=True)
class Queries:
    """What screens read: views that change nothing. `secret` proves the lines about stages."""

    database: sa.Engine
    secret: bytes = field(default=b"", repr=False)

    def tickets(self, limit: int, within: Within | None = None) -> list[queries.TicketRow]:
        with self.database.connect() as connection:
            return queries.tickets(connection, limit=limit, within=within)

    def queue(
        self,
        view: View,
        person: str,
        filters: Filters,
        *,
        limit: int,
        offset: int = 0,
        within: Within | None = None,
    ) -> list[QueueRow]:
        with self.database.connect() as connection:
            return queue.queue(connection, view, person, filters, limit=limit, offset=offset, within=within)

    def holds(self, within: Within, ticket: str) -> bool:
        """Whether the ticket is within these queues."""
        return ticket in self.holding(within, [ticket])

    def holding(self, within: Within, tickets: Collection[str]) -> set[str]:
        """Those of these tickets that are."""
        with self.database.connect() as connection:
            return queue.holding(connection, within, tickets)

    def row(self, ticket: str) -> QueueRow | None:
        """The ticket as a queue shows it."""
        with self.database.connect() as connection:
            return queue.row(connection, ticket)

    def waiting(self, person: str, within: Within | None = None) -> Mapping[View, int]:
        """How many tickets wait for people, by queue."""
        with self.database.connect() as connection:
            return queue.waiting(connection, person, within)

    def waiting_by_person(self) -> tuple[Mapping[View, int], Mapping[str, int]]:
        """How many tickets wait, by queue, and how many everybody has."""
        with self.database.connect() as connection:
            return queue.waiting_by_person(connection)

    def decide_since(self) -> datetime | None:
        """Since when the oldest suggestion waits for a person; None when none does."""
        with self.database.connect() as connection:
            return queue.decide_since(connection)

    def channels_used(self) -> list[str]:
        with self.database.connect() as connection:
            return queue.channels(connection)

    def look(self, ticket: str, person: str, now: datetime) -> list[str]:
        """Note that this person looks at the ticket now; who else does."""
        with self.database.begin() as connection:
            return queue.look(connection, ticket, person, now, now - STILL_THERE)

    def newest(self) -> int:
        """The number of the journal's newest line."""
        with self.database.connect() as connection:
            return journal_of.newest_number(connection)

    def changed(self, after: int, limit: int) -> list[tuple[int, str]]:
        """The tickets of the lines behind this number, each once, with the number of its last one; in order."""
        with self.database.connect() as connection:
            return journal_of.changed(connection, after, limit)

    def pauses(self) -> Sequence[Pause]:
        """Those that stand."""
        with self.database.connect() as connection:
            return SqlPauses(connection).standing()

    def timeline(self, ticket: str) -> list[JournalLine]:
        with self.database.connect() as connection:
            return queries.timeline(connection, ticket)

    def contacts(self, customer: str, limit: int, before: int | None = None) -> list[queries.Contact]:
        with self.database.connect() as connection:
            return queries.contacts(connection, customer, limit=limit, before=before)

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
        """The chain, where it ends, what is sealed in it, and the checkpoints in it."""
        return self.verify_with((), None)[0]

    def verify_with(
        self, elsewhere: Iterable[Checkpoint], here: Iterable[Checkpoint] | None
    ) -> tuple[Verified | Broken, int]:
        """The same with checkpoints of files (see `checkpoints.held_against`); with how many lines were signed."""
        with self.database.connect() as connection:
            since = newest(connection)
            known = held_against(connection, self.secret, elsewhere, here)
            if isinstance(known, Broken):
                return known, 0
            proof = journal_of.verify(connection, known)
            if isinstance(proof, Broken):
                return proof, len(known)
            sealed = [sealed_lines(connection, self.secret, one) for one in FAMILIES]
            wrong = [newest_is(connection, self.secret, since=since), *sealed]
        return next((one for one in wrong if isinstance(one, Broken)), proof), len(known)

    def public_key(self) -> str:
        """What checkpoints are proved by, in hex; "" while none was made."""
        with self.database.connect() as connection:
            return public_key(connection, self.secret)

    def stages(self) -> Sequence[JournalLine] | Broken:
        """Every line about stages, in order, or what is wrong with them."""
        return self.sealed(STAGES)

    def changes(self) -> Sequence[JournalLine] | Broken:
        """Every line about versions of the desk folder, in order, or what is wrong with them."""
        return self.sealed(CHANGES)

    def sealed(self, family: Family) -> Sequence[JournalLine] | Broken:
        """Every line of this family, in order, or what is wrong with them."""
        with self.database.connect() as connection:
            return sealed_lines(connection, self.secret, family)

    def verify_on(self, after: int, link: str, limit: int) -> ProvedPart | Broken:
        """Part of the chain; from its beginning where `after` is 0."""
        with self.database.connect() as connection:
            return journal_of.verify_on(connection, after, link if after else journal_of.FIRST, limit)

    def found(self, sought: Sought, limit: int, before: int | None = None) -> list[JournalLine]:
        """Lines that are looked for, the newest first."""
        with self.database.connect() as connection:
            return journal_of.found(connection, sought, limit, before=before)

    def found_all(self, sought: Sought, before: int) -> Iterator[JournalLine]:
        """Every line that is looked for with a number below `before`, in order."""
        after = 0
        while True:
            with self.database.connect() as connection:
                part = journal_of.found(connection, sought, 1000, before=before, after=after)
            if not part:
                return
            yield from part
            after = part[-1].seq

    def kinds(self) -> list[str]:
        """Of the journal's lines, by name."""
        with self.database.connect() as connection:
            return journal_of.kinds(connection)

    def of_kinds(self, kinds: Collection[str], *, ticket: str | None = None, after: int = 0) -> Iterator[JournalLine]:
        """The journal's lines of these kinds behind the number `after`, in order; those of one ticket where it is
        named."""
        while page := self._page(after, kinds, ticket):
            yield from page
            after = page[-1].seq

    def drift_streams(self) -> Mapping[tuple[str, str], str]:
        """What is known of each signal that is watched for drift, as text."""
        with self.database.connect() as connection:
            return SqlDrifts(connection).streams()

    def drift_upto(self) -> int:
        """The number of the last line of the journal that was looked at for drift."""
        with self.database.connect() as connection:
            return SqlDrifts(connection).upto()

    def articles(self, words: str, *, limit: int, offset: int = 0) -> list[articles_of.ArticleRow]:
        with self.database.connect() as connection:
            return articles_of.listed(connection, words, limit=limit, offset=offset)

    def article(self, source: str) -> Article | None:
        with self.database.connect() as connection:
            return articles_of.one(connection, source)

    def policy_texts(self) -> Mapping[str, Mapping[str, str]]:
        """The files of every policy that this desk was started with, by digest."""
        with self.database.connect() as connection:
            return policy_texts.kept(connection)

    def policy_versions(self) -> list[tuple[str, datetime]]:
        """The digest of each of these policies, with when this desk was first started with it; newest first."""
        with self.database.connect() as connection:
            return policy_texts.versions(connection)

    def newest_of(self, kind: str) -> JournalLine | None:
        """The last line of this kind."""
        with self.database.connect() as connection:
            found = journal_of.found(connection, Sought(kind=kind), 1)
        return found[0] if found else None

    def lately(self, kinds: Collection[str], since: datetime) -> Iterator[JournalLine]:
        """The lines of these kinds from then on, in order; of the newest `LATELY` lines of the journal at most."""
        with self.database.connect() as connection:
            before = journal_of.number_before(connection, since - SLACK)
            newest = journal_of.newest_number(connection)
        after = max(before, newest - LATELY)
        return (line for line in self.of_kinds(kinds, after=after) if line.at >= since)

    def bounded(self) -> int:
        """How many of the newest lines `lately` looks at; 0 when these are all."""
        return LATELY if self.newest() > LATELY else 0

    def _page(self, after: int, kinds: Collection[str] | None = None, ticket: str | None = None) -> list[JournalLine]:
        with self.database.connect() as connection:
            return journal_of.lines(connection, after, 5000, kinds=kinds, ticket=ticket)


@dataclass(frozen=True)
class Installation:
    """A desk at work. `doors` verify deliveries by system; `tokens` are people's by their id, see `Access`."""

    settings: Settings
    desk: Desk
    store: SqlStore
    engine: Engine
    conversations: Conversations
    queries: Queries
    knowledge: Bookkeeper
    systems: Systems
    people: Mapping[str, Person]
    tokens: Mapping[str, str]
    channels: Channels
    widget: Widget
    outreach: Outreach = field(default_factory=Outreach)

    @property
    def counting(self) -> Counting:
        """Every metric, from roll-ups."""
        return Counting(self.settings, self.queries.database)

    @cached_property
    def access(self) -> Access:
        """Who gets in, and what they are let in with."""
        return access_of(self.settings, self.queries.database)

    @cached_property
    def single_sign_on(self) -> SingleSignOn | None:
        """None where `[access.oidc]` is not set."""
        return single_sign_on(self.settings, self.queries.database, self.access, self.desk.clock)

    @cached_property
    def passkeys(self) -> Passkeys | None:
        """None where `[access] address` is not set."""
        return passkeys_of(self.settings, self.queries.database, self.access)

    @property
    def doors(self) -> Mapping[str, Verify]:
        return self.systems.doors

    def wait(self, key: str, timeout: float) -> RunResult:
        """The result of a run of a message or a decision."""
        result: RunResult = codec(RunResult).load(self.engine.wait(key, timeout))
        return result

    def receipt_key(self, token: str) -> str | None:
        """The effect whose receipt has this address; None when the address is none of ours."""
        return key_of(token, desk_secret(self.settings))

    def opting_out(self, token: str) -> str | None:
        """The customer whom this address of ours stops messages to; None when the address is none of ours."""
        return key_of(token, desk_secret(self.settings), OPT_OUT)

    def rated(self, token: str) -> str | None:
        """The ticket that this address of ours asks about (`domain.survey.name_of`); None when it is none of ours."""
        return key_of(token, desk_secret(self.settings), RATING)

    def parked_events(self) -> list[Parked]:
        """Events that a system of the company's never took."""
        return parked_events(self.queries)

    def post_again(self, id: str, by: str) -> int:
        """Post a parked event again, to all that never took it; to how many."""
        waiting = [one for one in self.parked_events() if one.id == id]
        for one in waiting:
            revive(self.store, one, by, self.desk.clock())
        return len(waiting)

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


def parked_events(queries: Queries) -> list[Parked]:
    """Events that a system of the company's never took, oldest first."""
    return parked(queries.of_kinds([PARKED, REVIVED]))


def only_twins(settings: Settings) -> bool:
    """Whether every connector is its twin, so that nothing done here is done to anybody."""
    return all(one.table.twin for one in named(settings).values())


def erase_state(settings: Settings) -> None:
    """For a desk of twins only: forget everything, so that the next start is the first. Refuses any other desk."""
    if not only_twins(settings) or settings.database_url != own_database(settings.state):
        what = "the demo starts from nothing, so every system must be a twin and the database the desk's own"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    if settings.state.exists():
        with hold(settings.state / "desk.sqlite.lock"):
            shutil.rmtree(settings.state)


@contextmanager
def open_journal(settings: Settings) -> Iterator[Queries]:
    """The journal alone, for reading; no worker is started."""
    database = connect(settings.database_url, settings.table.privacy.own)
    if not has_journal(settings):
        what = "this desk has no journal yet: nothing was ever asked of it"
        raise DeskFault((Fault(str(settings.state), 1, what),))
    try:
        yield Queries(database, desk_secret(settings))
    finally:
        database.dispose()


@contextmanager
def open_counting(settings: Settings) -> Iterator[Counting]:
    """The desk's numbers alone; no worker is started."""
    with open_journal(settings) as queries:
        set_up(queries.database)
        yield Counting(settings, queries.database)


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
    careful_logs(settings, (desk_secret(settings).decode(), *_tokens(settings, settings.table.people).values()))
    folder = folder or load_folder(settings)
    systems = connect_systems(settings, folder, clock, tell, through)
    file = str(settings.folder / "desk.toml")
    for part, asked in (("records", systems.records), ("records.events", systems.event_records)):
        if asked and (faults := asked.check()):
            raise DeskFault(tuple(Fault(file, 1, f"{part}.{name}: {what}") for name, what in faults))
    wrong, unheard = tool_faults(folder, systems.own)
    for note in (*unheard, *changed_tools(settings, folder.tools, systems.own)):
        tell(str(note))
    if wrong:
        raise DeskFault(tuple(wrong))
    database = connect(settings.database_url, settings.table.privacy.own)
    engine = _engine(database, settings)
    engine.migrate()
    set_up(database)
    for erased in Privacy(settings, database, engine, clock).again():
        left = "" if erased.whole else "; something of it is left, so it is looked at again at the next start"
        tell(f"Erased anew: {erased.id}, see {erased.receipt.name}{left}")
    policy_texts.keep(database, folder.policy.digest, folder.policy.texts, clock())
    hooks = connect_hooks(settings, clock, through)
    store = SqlStore(
        database,
        engine.enqueue,
        keep_examples=settings.table.feedback.use,
        announce=announcer(list(hooks.values())),
        secret=desk_secret(settings),
    )
    note_written(store, settings.table.rollout.rollout, {UNWRITTEN, *(one.id for one in folder.procedures)}, clock())
    control = control_of(settings)
    note_version(store, snapshot(settings), clock())
    embed = _embedder()
    library, sources = (
        build_library(settings, database, embed, tell),
        knowledge_sources(settings, systems, clock, through),
    )
    open_folder(settings, library, sources, folder.articles)
    conversations = Conversations(database, clock, redact)
    channels = connect_channels(settings, systems.mail, conversations, clock, through)
    widget = Widget(settings, conversations, clock)
    people = {name: Person(name, frozenset(roles)) for name, roles in settings.table.people.items()}
    tokens = _tokens(settings, people) if only_twins(settings) else {}
    with ExitStack() as stack:
        stack.callback(database.dispose)
        desk = build_desk(
            settings,
            folder,
            systems,
            store,
            library,
            embed,
            engine.step,
            engine.pause,
            conversations,
            clock,
            grace,
            stack,
            mailer,
            channels.writer,
            {**channels.files, **widget.files},
            channels.slack,
            frozen=frozen,
            control=control,
        )
        register(engine, desk, watch)
        register_events(engine, desk, hooks, channels.threads)
        register_alerts(engine, desk)
        register_reports(engine, desk)
        outreach = build_outreach(settings, folder, systems, partial(Queries(database).of_kinds, ["billing.event"]))
        register_contacts(engine, desk, outreach)
        try:
            engine.start()
            stack.callback(engine.stop)
        except AnotherWorker:
            tell("Another process works this desk; asking it.")
        stack.callback(channels.close)
        bookkeeper = Bookkeeper(library, sources)
        yield Installation(
            settings,
            desk,
            store,
            engine,
            conversations,
            Queries(database, desk_secret(settings)),
            bookkeeper,
            systems,
            people,
            tokens,
            channels,
            widget,
            outreach,
        )


@cache
def _embedder() -> MiniLM:
    """One in a process, however many desks are opened in it: what it remembers is the same for each."""
    return MiniLM()


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


def access_of(settings: Settings, database: sa.Engine) -> Access:
    """Who gets in at the desk with this database."""
    return Access(settings, database, _tokens(settings, settings.table.people) if only_twins(settings) else {})


@contextmanager
def open_access(settings: Settings) -> Iterator[Access]:
    """The same without opening the desk."""
    settings.state.mkdir(parents=True, exist_ok=True)
    database = connect(settings.database_url)
    try:
        set_up(database)
        yield access_of(settings, database)
    finally:
        database.dispose()


def trace_name(settings: Settings, ticket: str) -> str:
    """What traces and logs of this desk call a ticket."""
    settings.state.mkdir(parents=True, exist_ok=True)  # a desk that was never started gets its secret now
    return ticket_name(desk_secret(settings), ticket)


def person_of(settings: Settings, token: str) -> Person | None:
    """Whose token it is, without opening the desk."""
    with open_access(settings) as access:
        found = access.by_token(token.strip(), now())
    return found.person if found else None


def _tokens(settings: Settings, people: Iterable[str]) -> dict[str, str]:
    """A token for each person, made from one secret of this desk: nothing to keep but that."""
    secret = desk_secret(settings)
    return {name: hmac.digest(secret, name.encode(), "sha256").hex() for name in people}
