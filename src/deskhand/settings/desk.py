"""`desk.toml`, whole, with the tables that say how this desk works."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from deskhand.domain.contact import Contact
from deskhand.domain.money import Money
from deskhand.settings.access import AccessTable
from deskhand.settings.ai_notice import AiNoticeTable
from deskhand.settings.alerts import AlertsTable
from deskhand.settings.attachments import AttachmentsTable
from deskhand.settings.audit import AuditTable
from deskhand.settings.changes import ChangesTable
from deskhand.settings.channels import ChannelsTable
from deskhand.settings.costs import CostsTable
from deskhand.settings.egress import EgressTable
from deskhand.settings.hours import CalendarTable
from deskhand.settings.limits import LimitsTable
from deskhand.settings.outcomes import OutcomesTable
from deskhand.settings.quality import CsatTable, QualityTable
from deskhand.settings.reports import ReportsTable
from deskhand.settings.retention import RetentionTable
from deskhand.settings.rollout import RolloutTable
from deskhand.settings.routing import RoutingTable
from deskhand.settings.strict import Strict
from deskhand.settings.systems import LookupTable, RecordsTable, SystemsTable
from deskhand.settings.widget import WidgetTable

OWN_NUMBER = re.compile(r"[0-9]{4,19}(\[0-9\]\{[0-9]{1,2}\})?")
HOST = re.compile(r"(?=.{4,253}$)[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})*\.[a-z][a-z0-9-]{1,62}")


class ProactiveTable(Strict):
    """How often `serve` looks for events that customers are written to about first, in minutes; 0 for never."""

    every_minutes: float = Field(default=5, ge=0)


class WaitingTable(Strict):
    """How long we wait, in hours for people and in seconds for systems."""

    suggestion_hours: float = 72
    confirmation_hours: float = 72
    silent_system_seconds: list[float] = Field(default=[5, 35, 60])


class BreakersTable(Strict):
    """When everything stops by itself until a person has looked: actions without a person within a minute, and money
    that the assistant may move alone within 24 hours, as `{USD = "500.00"}`. 0 for no limit of actions."""

    actions_per_minute: int = Field(default=60, ge=0)
    money_per_day: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _amounts(self) -> "BreakersTable":
        self.caps  # noqa: B018  (an amount that is none is a fault here)
        return self

    @property
    def caps(self) -> dict[str, Money]:
        """The cap of each currency that has one."""
        return {currency: Money.parse(f"{text} {currency}") for currency, text in self.money_per_day.items()}


class PriceTable(Strict):
    """US dollars for a million tokens, as the company pays them, and since when."""

    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    output: float = Field(ge=0)
    as_of: date


class ModelsTable(Strict):
    """How language models are used, when there are any. `ticket_*` are hard limits: at one of them people take over.

    `runs_at_once` is for each worker, `runs_per_minute` for all of them together; 0 means no limit. A run is one
    message, with two calls as a rule.
    """

    judge: str = ""
    timeout_seconds: float = Field(default=45, gt=0, le=600)
    retries: int = Field(default=2, ge=0, le=5)
    runs_at_once: int = Field(default=8, ge=1, le=64)
    runs_per_minute: int = Field(default=0, ge=0)
    ticket_calls: int = Field(default=24, ge=0)
    ticket_tokens: int = Field(default=150_000, ge=0)
    ticket_dollars: float = Field(default=1.0, ge=0)
    trace_content: bool = False
    prices: dict[str, PriceTable] = Field(default_factory=dict)


def _pattern(text: str) -> str:
    if not OWN_NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is to be digits, with [0-9]{{n}} where any may stand, such as 4810[0-9]{{12}}")
    return text


class PrivacyTable(Strict):
    """What is masked before any brain sees a message, and given back in the reply. Passwords, keys, cards, bank
    accounts and national ids are masked whatever stands here, and never given back. `own_numbers`: patterns of digits
    that look like a card's number and are the company's own, or those of test cards, such as "4810[0-9]{12}"."""

    mask: list[Contact] = Field(default=[Contact.EMAIL, Contact.PHONE])
    own_numbers: list[Annotated[str, AfterValidator(_pattern)]] = Field(default_factory=list)

    def own(self, digits: str) -> bool:
        """Whether these digits are no card's, whatever they look like."""
        return any(re.fullmatch(one, digits) for one in self.own_numbers)


def _host(name: str) -> str:
    if not HOST.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a host, such as lumen.example; those below it are meant, too")
    return name


class RepliesTable(Strict):
    """Where a reply may send its reader: links and e-mail addresses to these hosts, and to those below them, pass when
    they stand in an article or in what a system says. In procedures and policy every address passes."""

    hosts: list[Annotated[str, AfterValidator(_host)]] = Field(default_factory=list)

    @property
    def trusted(self) -> frozenset[str]:
        return frozenset(self.hosts)


class ReceiptsTable(Strict):
    """`address`: where customers reach this desk's server, such as https://desk.lumen.example. A letter that tells of a
    deed then ends with the address of its receipt. Without one, letters name references and no address."""

    address: str = Field(default="", pattern=r"^(https://[^\s@/?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)?$")


class IdentityTable(Strict):
    """How long a one-time code may be given back, and how long a proof holds after it. `changes`: by sign of a
    take-over, the field of a look-up that says when it was, such as `records.account_access.password_set_at`; for
    `recent_days` from then on policy knows the sign. `external_id`: the system in which the help desk's own id of a
    person is theirs, too. `same`: by "system.field", the system in which that field's value is their id, such as
    `{"stripe.metadata.crm_id" = "salesforce"}`."""

    external_id: str = ""
    same: dict[str, str] = Field(default_factory=dict)
    code_minutes: int = Field(default=10, ge=1, le=60)
    proof_minutes: int = Field(default=30, ge=1, le=24 * 60)
    recent_days: float = Field(default=7, gt=0, le=90)
    changes: dict[str, str] = Field(default_factory=dict)


class FeedbackTable(Strict):
    """`use`: whether what agents make of suggestions is kept, and heeded for messages like that one. Without it nothing
    new is kept, and what was kept before is not looked at; it can still be listed and erased."""

    use: bool = True


class SiteTable(Strict):
    """A site whose pages are articles. `hosts`: from where else it may be read; `locale`: of pages that say none."""

    sitemap: str = Field(pattern=r"^https?://[^\s@/]+/\S*$")
    hosts: list[str] = Field(default_factory=list)
    audience: Literal["public", "customers", "internal"] = "public"
    locale: str = Field(default="", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")
    product: str = ""
    pages: int = Field(default=2_000, ge=1, le=50_000)


class KnowledgeTable(Strict):
    """What is read besides the articles folder. `resolved_tickets`: how many of the newest are precedents, at most;
    `refresh_minutes`: how often `serve` reads its sources of knowledge again; 0 for never. `deskhand knowledge report`
    tells of articles unchanged for longer than `stale_days`, and of questions without an answer that came in at least
    `gap_messages` messages."""

    zendesk_guide: bool = False
    resolved_tickets: int = Field(default=0, ge=0, le=1_000)
    sites: dict[str, SiteTable] = Field(default_factory=dict)
    refresh_minutes: float = Field(default=60, ge=0)
    stale_days: int = Field(default=365, ge=1)
    gap_messages: int = Field(default=2, ge=1)


class DeskTable(Strict):
    """`desk.toml`, whole. `model`: one language model, or several to fall back on in order; "" for none."""

    company: str
    signature: str
    languages: list[str] = Field(default=["en"], min_length=1)
    default_queue: str
    articles: str = "articles"
    model: str | list[str] = ""
    models: ModelsTable = ModelsTable()
    audit: AuditTable = AuditTable()
    changes: ChangesTable = ChangesTable()
    rollout: RolloutTable = RolloutTable()
    people: dict[str, list[str]] = Field(default_factory=dict)
    access: AccessTable = AccessTable()
    systems: SystemsTable = SystemsTable()
    egress: EgressTable = EgressTable()
    limits: LimitsTable = LimitsTable()
    ai_notice: AiNoticeTable = AiNoticeTable()
    records: RecordsTable | None = None
    lookups: dict[str, LookupTable] = Field(default_factory=dict)
    channels: ChannelsTable = ChannelsTable()
    alerts: AlertsTable = AlertsTable()
    reports: ReportsTable = ReportsTable()
    attachments: AttachmentsTable = AttachmentsTable()
    waiting: WaitingTable = WaitingTable()
    outcomes: OutcomesTable = OutcomesTable()
    costs: CostsTable = CostsTable()
    quality: QualityTable = QualityTable()
    csat: CsatTable = CsatTable()
    breakers: BreakersTable = BreakersTable()
    calendar: CalendarTable | None = None
    routing: RoutingTable = RoutingTable()
    privacy: PrivacyTable = PrivacyTable()
    retention: RetentionTable = RetentionTable()
    replies: RepliesTable = RepliesTable()
    receipts: ReceiptsTable = ReceiptsTable()
    identity: IdentityTable = IdentityTable()
    widget: WidgetTable = WidgetTable()
    feedback: FeedbackTable = FeedbackTable()
    knowledge: KnowledgeTable = KnowledgeTable()
    proactive: ProactiveTable = ProactiveTable()

    @model_validator(mode="after")
    def _ways_of_alerts(self) -> "DeskTable":
        if self.alerts.email and self.systems.mail is None:
            raise ValueError("alerts.email: there is no [systems.mail] to send it by")
        if self.reports.to and self.systems.mail is None:
            raise ValueError("reports.to: there is no [systems.mail] to send reports by")
        if self.alerts.slack and self.channels.slack is None:
            raise ValueError("alerts.slack: there is no [channels.slack] to send it by")
        return self

    @model_validator(mode="after")
    def _records_of(self) -> "DeskTable":
        of = self.records.of if self.records else ""
        if of and not (self.records and self.records.twin and of in self.systems.own and self.systems.own[of].twin):
            raise ValueError(f"records.of: {of!r} is no twin of [systems.own], or [records] is no twin itself")
        return self

    @property
    def chain(self) -> tuple[str, ...]:
        """The models to ask, in order."""
        named = [self.model] if isinstance(self.model, str) else self.model
        return tuple(name for name in named if name)
