"""The systems of a desk: the same clients whether a system is its twin in this process or the real one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2

from deskhand.bootstrap.folder import Folder
from deskhand.bootstrap.own import Own, own_systems
from deskhand.connectors import stripe, zendesk
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.twin import OwnTwin
from deskhand.connectors.records import twin as records_twin
from deskhand.connectors.records.postgres import postgres
from deskhand.connectors.records.question import Question
from deskhand.connectors.records.records import SqlRecords
from deskhand.connectors.records.sqlite import sqlite
from deskhand.connectors.smtp.letter import address_of
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.connectors.stripe import webhook as stripe_webhook
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import VERSION, StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.twin import KEY, StripeTwin
from deskhand.connectors.stripe.twin import SECRET as STRIPE_SECRET
from deskhand.connectors.world import World, make_world, read_recipe
from deskhand.connectors.zendesk import webhook
from deskhand.connectors.zendesk.guide import ZendeskGuide
from deskhand.connectors.zendesk.resolved import Mask, ResolvedTickets
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.connectors.zendesk.twin import OWN_USER, SECRET, TOKEN, ZendeskTwin
from deskhand.domain.delivery import BillingEvent, Delivery
from deskhand.domain.errors import DeskFault, Fault, Invalid
from deskhand.settings import MailTable, RecordsTable, Settings

Tell = Callable[[str], None]
Clock = Callable[[], datetime]
VerifyEvent = Callable[[Mapping[str, str], bytes, datetime], BillingEvent]
Verify = Callable[[Mapping[str, str], bytes, datetime], Delivery | None]
Through = Callable[[str, httpx2.BaseTransport | None], httpx2.BaseTransport | None]


def straight(system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport | None:
    """Nothing between us and a system."""
    return transport


@dataclass(frozen=True)
class Systems:
    """What is connected. The twins are set where a system is one, and None otherwise."""

    ledger: StripeLedger
    writer: StripeWriter
    customers: StripeCustomers
    tickets: ZendeskTickets
    replies: ZendeskWriter
    mail: SmtpMailer | None
    records: SqlRecords | None
    guide: ZendeskGuide
    resolved: Callable[[Mask, int], ResolvedTickets]
    doors: Mapping[str, Verify]
    events: Mapping[str, VerifyEvent]
    zendesk_twin: ZendeskTwin | None
    stripe_twin: StripeTwin | None
    mail_twin: SmtpTwin | None
    world: Callable[[], World] | None
    own: Own
    own_twin: OwnTwin | None


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
    mail_twin = twins.mail() if table.mail and table.mail.twin else None
    tickets = ZendeskTickets(wire, own_user, clock)
    return Systems(
        ledger=StripeLedger(client, clock),
        writer=StripeWriter(client, clock),
        customers=StripeCustomers(client, clock),
        tickets=tickets,
        replies=ZendeskWriter(wire, clock),
        mail=_mailer(settings, table.mail, mail_twin, clock) if table.mail else None,
        records=records,
        guide=ZendeskGuide(wire),
        resolved=lambda mask, most: ResolvedTickets(wire, tickets, mask, most),
        doors={zendesk.SYSTEM: lambda headers, body, at: webhook.verify(signing, headers, body, at)},
        events={stripe.SYSTEM: lambda headers, body, at: stripe_webhook.verify(paying, headers, body, at)},
        zendesk_twin=zendesk_twin,
        stripe_twin=stripe_twin,
        mail_twin=mail_twin,
        world=twins.world if zendesk_twin else None,
        own=own_systems(settings, twins.own, clock, through),
        own_twin=twins.own() if any(one.twin for one in table.own.values()) else None,
    )


def _transport(twin: StripeTwin | ZendeskTwin | None) -> httpx2.BaseTransport | None:
    return InProcess(twin.app) if twin else None


def _mailer(settings: Settings, table: MailTable, twin: SmtpTwin | None, clock: Clock) -> SmtpMailer:
    """The twin opens its port with the first letter, and not before."""
    file = str(settings.folder / "desk.toml")
    try:
        address_of(table.sender)
    except Invalid as error:
        what = 'systems.mail.sender: say who the letters are from, as "Name <address>"'
        raise DeskFault((Fault(file, 1, what),)) from error
    if twin:
        return SmtpMailer(lambda: Server("127.0.0.1", twin.start(), Guard.NONE), table.sender, clock)
    user = settings.secrets.get("DESKHAND_MAIL_USER", "")
    try:
        server = Server.parse(table.address, user, settings.secret("mail_password") if user else "")
    except ValueError as error:
        raise DeskFault((Fault(file, 1, f"systems.mail.address: {error}"),)) from error
    return SmtpMailer(lambda: server, table.sender, clock)


def _records(table: RecordsTable, twins: "_Twins", questions: tuple[Question, ...], clock: Clock) -> SqlRecords:
    """By its address: a PostgreSQL database, else a SQLite file."""
    if not table.twin and table.address.startswith("postgresql:"):
        return SqlRecords(postgres(table.address), questions, clock)
    if table.of:
        twins.own()
    file = (twins.own_file if table.of else twins.records()) if table.twin else Path(table.address)
    return SqlRecords(sqlite(file), questions, clock)


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
                raise DeskFault((Fault(str(file), 1, "a twin needs this recipe of its made-up customers"),))
            recipe = read_recipe(file.read_text("utf-8", "replace"), str(file))
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
