"""The systems of a desk: the same clients whether a system is its twin in this process or the real one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deskhand.bootstrap.connections.connectors import Clock, Connected, Through, connect, named, straight
from deskhand.bootstrap.connections.mailer import mailer_of
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.systems.own import Own, own_systems
from deskhand.bootstrap.systems.unconnected import NO_BILLING, NO_BILLING_WRITER
from deskhand.connectors.manifest import Connector, HelpDeskTwin, Twin, Verify, VerifyEvent
from deskhand.connectors.own.twin import OwnTwin
from deskhand.connectors.records import twin as records_twin
from deskhand.connectors.records.postgres import Postgres
from deskhand.connectors.records.question import Question
from deskhand.connectors.records.records import Database, SqlRecords
from deskhand.connectors.records.sqlite import Sqlite
from deskhand.connectors.smtp.mailer import SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.connectors.world import World, make_world, read_recipe
from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.domain.errors import DeskFault, Fault
from deskhand.ports.reads import (
    AttachmentReads,
    BillingLedger,
    CustomerDirectory,
    CustomerRelations,
    DueTimes,
    TicketDesk,
    TicketFeed,
)
from deskhand.ports.writes import BillingWriter, RelationsWriter, TicketWriter
from deskhand.settings import RecordsTable, Settings

Tell = Callable[[str], None]
ZENDESK, STRIPE = "zendesk", "stripe"


@dataclass(frozen=True)
class Systems:
    """What is connected, by name in the order of `desk.toml`; and what is no connector. A `*_twin` is None where the
    system is no twin."""

    connected: Mapping[str, Connected]
    mail: SmtpMailer | None
    records: SqlRecords | None
    event_records: SqlRecords | None
    own: Own
    mail_twin: SmtpTwin | None
    own_twin: OwnTwin | None
    world: Callable[[], World] | None

    @property
    def tickets(self) -> Mapping[str, TicketDesk]:
        return {name: one.roles.tickets for name, one in self.connected.items() if one.roles.tickets}

    @property
    def replies(self) -> Mapping[str, TicketWriter]:
        return {name: one.roles.replies for name, one in self.connected.items() if one.roles.replies}

    @property
    def feeds(self) -> Mapping[str, TicketFeed]:
        return {name: one.roles.feed for name, one in self.connected.items() if one.roles.feed}

    @property
    def due(self) -> Mapping[str, DueTimes]:
        return {name: one.roles.due for name, one in self.connected.items() if one.roles.due}

    @property
    def files(self) -> Mapping[str, AttachmentReads]:
        return {name: one.roles.attachments for name, one in self.connected.items() if one.roles.attachments}

    @property
    def help_desk(self) -> str:
        """Where a new ticket goes: the first that is named."""
        return next(iter(self.replies), "")

    @property
    def directories(self) -> tuple[CustomerDirectory, ...]:
        """Where billing knows them first: money moves on its records."""
        first = sorted(self.connected.values(), key=lambda one: one.roles.billing is None)
        return tuple(one.roles.customers for one in first if one.roles.customers)

    @property
    def ledger(self) -> BillingLedger:
        return next((one.roles.billing for one in self.connected.values() if one.roles.billing), NO_BILLING)

    @property
    def writer(self) -> BillingWriter:
        writers = (one.roles.billing_writer for one in self.connected.values() if one.roles.billing_writer)
        return next(writers, NO_BILLING_WRITER)

    @property
    def relations(self) -> CustomerRelations | None:
        return next((one.roles.relations for one in self.connected.values() if one.roles.relations), None)

    @property
    def relations_writer(self) -> RelationsWriter | None:
        writers = (one.roles.relations_writer for one in self.connected.values() if one.roles.relations_writer)
        return next(writers, None)

    @property
    def doors(self) -> Mapping[str, Verify]:
        return {name: one.roles.verify for name, one in self.connected.items() if one.roles.verify}

    @property
    def events(self) -> Mapping[str, VerifyEvent]:
        return {name: one.roles.verify_event for name, one in self.connected.items() if one.roles.verify_event}

    @property
    def zendesk_twin(self) -> ZendeskTwin | None:
        twin = self.connected[ZENDESK].twin if ZENDESK in self.connected else None
        return twin if isinstance(twin, ZendeskTwin) else None

    @property
    def customers_twin(self) -> tuple[str, HelpDeskTwin] | None:
        """The first help desk that is a twin, with its name: there customers can be spoken for."""
        for name in self.tickets:
            twin = self.connected[name].twin
            if isinstance(twin, HelpDeskTwin):
                return name, twin
        return None

    @property
    def stripe_twin(self) -> StripeTwin | None:
        twin = self.connected[STRIPE].twin if STRIPE in self.connected else None
        return twin if isinstance(twin, StripeTwin) else None


def connect_systems(
    settings: Settings,
    folder: Folder,
    clock: Clock,
    tell: Tell,
    through: Through = straight,
    *,
    reads_only: bool = False,
) -> Systems:
    """The same clients whether a system is its twin in this process or the real one at its address. With `reads_only`
    nothing among them can write."""
    every, table = named(settings), settings.table.systems
    twins = _Twins(settings, clock, tell)
    connected = {
        name: connect(settings, one, partial(twins.of, one.connector), clock, through, reads_only=reads_only)
        for name, one in every.items()
    }
    records = event_records = None
    if settings.table.records is not None:
        records = _records(settings, settings.table.records, twins, folder.questions)
        if folder.events:
            event_records = _records(settings, settings.table.records, twins, folder.events)
    mail_twin = twins.mail() if table.mail and table.mail.twin else None
    return Systems(
        connected=connected,
        mail=mailer_of(settings, table.mail, mail_twin, clock) if table.mail and not reads_only else None,
        records=records,
        event_records=event_records,
        own=own_systems(settings, twins.own, clock, through, reads_only=reads_only),
        mail_twin=mail_twin,
        own_twin=twins.own() if any(one.twin for one in table.own.values()) else None,
        world=twins.world if any(one.twin for one in connected.values()) else None,
    )


def _records(settings: Settings, table: RecordsTable, twins: "_Twins", questions: tuple[Question, ...]) -> SqlRecords:
    return SqlRecords(_database(settings, table, twins), questions, twins.clock, twins.tell)


def real_records(settings: Settings, folder: Folder, clock: Clock) -> SqlRecords | None:
    """The company's own database alone; None where there is none, or where it is a twin."""
    table = settings.table.records
    if table is None or table.twin:
        return None
    return _records(settings, table, _Twins(settings, clock, lambda text: None), folder.questions)


def _database(settings: Settings, table: RecordsTable, twins: "_Twins") -> Database:
    """By its address: PostgreSQL, Snowflake, else a SQLite file."""
    if table.twin:
        if table.of:
            twins.own()
        return Sqlite(twins.own_file if table.of else twins.records())
    if table.address.startswith(("postgresql:", "postgres:")):
        return Postgres(table.address, settings.secrets.get("DESKHAND_RECORDS_PASSWORD", ""))
    if table.address.startswith("snowflake:"):
        from deskhand.connectors.records.snowflake import Unusable, snowflake  # ciphers, which most desks do not need

        passphrase = settings.secrets.get("DESKHAND_RECORDS_KEY_PASSPHRASE", "")
        try:
            return snowflake(table.address, settings.secret("records_key"), passphrase)
        except Unusable as error:
            raise DeskFault((settings.fault("records.address", f"records.address: {error}"),)) from error
    return Sqlite(Path(table.address))


class _Twins:
    """Twins with the made-up company in them, filled at their first use."""

    def __init__(self, settings: Settings, clock: Clock, tell: Tell):
        self.settings, self.clock, self.tell = settings, clock, tell
        self.place = settings.state / "twins"
        self.place.mkdir(parents=True, exist_ok=True)
        self.own_file = self.place / "own.sqlite"
        self._world: World | None = None
        self._own: OwnTwin | None = None

    def world(self) -> World:
        if self._world is None:
            file = self.settings.folder / "twins.toml"
            if not file.is_file():
                raise DeskFault(
                    (
                        Fault(
                            str(file), 1, "a twin needs this recipe of its made-up customers, as examples/lumen has one"
                        ),
                    )
                )
            recipe = read_recipe(file.read_text("utf-8", "replace"), str(file))
            self._world = make_world(recipe, self.clock())
        return self._world

    def of(self, connector: Connector) -> Twin:
        if connector.twin is None:
            what = f"{connector.title} has no twin: say its address instead"
            raise DeskFault((self.settings.fault(f"systems.{connector.system}.twin", what),))
        twin = connector.twin(self.place, self.clock)
        if not twin.seeded():
            self.tell(f"Filling the twin of {connector.title} with {len(self.world().people)} made-up customers ...")
            twin.seed(self.world())
        return twin

    def mail(self) -> SmtpTwin:
        return SmtpTwin(str(self.place / "mail.sqlite"), self.clock)

    def own(self) -> OwnTwin:
        """One for all systems of the company's own."""
        if self._own is None:
            self._own = OwnTwin(str(self.own_file), self.clock)
            if not self._own.seeded():
                recipe = self.settings.folder / "twins.toml"
                self._own.seed(self.world(), recipe.read_text("utf-8", "replace"), str(recipe))
        return self._own

    def records(self) -> Path:
        file = self.place / "records.sqlite"
        if not file.exists():
            fresh = file.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            records_twin.seed(fresh, self.world())
            fresh.rename(file)
        return file
