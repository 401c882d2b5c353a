"""The only reader of the environment, and of the desk folder's `desk.toml`."""

import hashlib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from deskhand.domain.calendar import DAYS, Calendar, Span
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.money import Money
from deskhand.domain.stage import Stage

# Where each provider's key is looked for: the names that its own tools use. Bedrock's library finds its own.
MODEL_KEYS: Mapping[str, str] = {
    "anthropic": "ANTHROPIC_API_KEY",
    "google": "GEMINI_API_KEY",
    "mistral": "MISTRAL_API_KEY",
    "openai": "OPENAI_API_KEY",
}


SHORTEST_SECRET = 32  # characters of a secret that signs tokens
HOST = re.compile(r"(?=.{4,253}$)[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})*\.[a-z][a-z0-9-]{1,62}")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RolloutTable(Strict):
    default: Stage = Stage.READ_ONLY
    procedures: dict[str, Stage] = Field(default_factory=dict)


class QuestionTable(Strict):
    about: str
    sql: str
    binds: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    rows: int = Field(default=50, ge=1, le=1000)


class RecordsTable(Strict):
    """A company's own database. `twin`: the SQLite file of the made-up company, or, with `of`, what the twin of that
    system of its own keeps. `address`: postgresql://..., snowflake://..., or the path of a SQLite file; its secrets are
    DESKHAND_RECORDS_PASSWORD, or DESKHAND_RECORDS_KEY and DESKHAND_RECORDS_KEY_PASSPHRASE."""

    twin: bool = False
    of: str = ""
    address: str = ""
    questions: dict[str, QuestionTable] = Field(default_factory=dict)


class LookupTable(Strict):
    """A tool of an MCP server of `[systems.own]` as a look-up: see docs/mcp.md."""

    about: str
    system: str
    tool: str = Field(min_length=1)
    binds: dict[str, str]
    arguments: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    rows: str = ""
    most: int = Field(default=50, ge=1, le=200)
    found: str = ""
    approved: str = ""


LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
ADDRESS = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?((?:/[A-Za-z0-9._~-]+)*)/?")
OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
OURS = frozenset({"zendesk", "stripe", "records", "desk", "chat", "own"})


def fit_address(address: str) -> bool:
    """Whether a company's own system may be spoken to there: encrypted, or on this machine, and no more than a path."""
    found = ADDRESS.fullmatch(address)
    plain = found and (found[1] == "https" or found[2] in LOOPBACK)
    return bool(plain) and not {".", ".."} & set(found[4].split("/") if found else ())


class OwnTable(Strict):
    """A system of the company's own, for `actions/*.yaml`.

    `secret`: its key is DESKHAND_<SECRET>, sent as `Authorization: Bearer`, or as it is in another `header`. Without
    `address` (and without `twin`) that is a secret, too: DESKHAND_<NAME>_ADDRESS.
    """

    kind: Literal["http", "mcp"] = "http"
    twin: bool = False
    address: str = ""
    secret: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,39})?$")
    header: str = Field(default="Authorization", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")
    timeout_seconds: float = Field(default=10, gt=0, le=30)

    @model_validator(mode="after")
    def _sound(self) -> "OwnTable":
        if self.address and not fit_address(self.address):
            raise ValueError("address is to be https://host/path, or http:// on this machine; no user, no query")
        if self.twin and (self.address or self.secret):
            raise ValueError("a twin needs neither address nor secret")
        return self


def _own_name(name: str) -> str:
    if not OWN_NAME.fullmatch(name) or name in OURS:
        raise ValueError(f"{name!r} is no name for a system: small letters, digits and _, and none of ours")
    return name


class MailTable(Strict):
    """Where letters are handed in: `address` is smtps://host:465, or smtp://host:587 for STARTTLS. `sender`: of all of
    them, as "Name <address>"."""

    twin: bool = False
    address: str = ""
    sender: str


class SystemsTable(BaseModel):
    """Every other name is that of a connector, whose own table says what stands there (`bootstrap/connectors.py`)."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, dict[str, Any]] = Field(init=False)  # in place of pydantic's Any

    own: dict[Annotated[str, AfterValidator(_own_name)], OwnTable] = Field(default_factory=dict)
    mail: MailTable | None = None

    @property
    def connectors(self) -> Mapping[str, Mapping[str, Any]]:
        """By name, in the order of the file, as they stand there."""
        return self.__pydantic_extra__


class EmailTable(Strict):
    """A mailbox that we read; answers go out by [systems.mail]. `address` is imaps://host:993, or imap://host:143 for
    STARTTLS. `sent`: the folder of what was sent; `files_itself`: the server puts it there by itself. `receiver`: the
    name by which our own mail server signs its Authentication-Results; without it nobody is vouched for."""

    twin: bool = False
    address: str = ""
    folder: str = "INBOX"
    sent: str = ""
    files_itself: bool = False
    receiver: str = Field(default="", pattern=r"^[A-Za-z0-9._-]*$")
    own: list[str] = Field(default_factory=list)  # our addresses beside the sender's
    poll_minutes: float = Field(default=5, gt=0, le=60)


PATH = r"^[A-Za-z0-9_-]{1,60}(\.[A-Za-z0-9_-]{1,60}){0,9}$"
JsonPath = Annotated[str, Field(pattern=PATH)]


class HookTable(Strict):
    """A company's own system by signed webhooks (Standard Webhooks). `thread`, `requester` (an e-mail address), `text`,
    `name` and `subject` are paths in the JSON that it posts to /hooks/<name>, such as "message.text"; `only`: what
    other fields must hold. Its secret is DESKHAND_HOOK_<NAME>_SECRET.

    `address`: where our events are posted, signed with DESKHAND_HOOK_<NAME>_OUT_SECRET: replies in its own
    conversations always, with their words; and `events`, of `every_ticket` where that is wanted. `private`: it may be
    in the company's own network. `retry_seconds`: before each further attempt; then it is parked and shown."""

    thread: JsonPath
    requester: JsonPath
    text: JsonPath
    name: JsonPath | None = None
    subject: JsonPath | None = None
    only: dict[JsonPath, str] = Field(default_factory=dict)
    address: str = Field(default="", pattern=r"^(https?://[^\s@#]+)?$")
    events: list[Literal["message.sent", "ticket.handed_off", "ticket.resolved"]] = Field(default_factory=list)
    every_ticket: bool = False
    private: bool = False
    retry_seconds: list[Annotated[float, Field(ge=0)]] = Field(
        default=[5, 300, 1800, 7200, 18000, 36000], max_length=20
    )

    @model_validator(mode="after")
    def _protected(self) -> "HookTable":
        if self.address.startswith("http://") and not self.private:
            raise ValueError("address is to be https://; http:// is for a private one, in the company's own network")
        return self


CHANNELS_OF_OURS = OURS | {"email", "sms", "whatsapp", "slack", "twilio", "widget", "ask", "demo", "bench"}


def _hook_name(name: str) -> str:
    if not OWN_NAME.fullmatch(name) or name in CHANNELS_OF_OURS:
        raise ValueError(f"{name!r} is no name for a hook: small letters, digits and _, and none of ours")
    return name


class TwilioTable(Strict):
    """SMS and WhatsApp. `door`: the public address of our /hooks/twilio, exactly as Twilio was told it, since it signs
    that. Its token is DESKHAND_TWILIO_TOKEN. `address` of another server than Twilio's own."""

    twin: bool = False
    account: str = Field(default="", pattern=r"^(AC[0-9a-f]{32})?$")
    door: str = Field(pattern=r"^https://[^\s@#]+$")
    address: str = ""


class SlackTable(Strict):
    """Threads of these channels (their ids) become tickets. Its token is DESKHAND_SLACK_TOKEN, its signing secret
    DESKHAND_SLACK_SIGNING_SECRET."""

    twin: bool = False
    channels: list[Annotated[str, Field(pattern=r"^[CG][A-Z0-9]{2,20}$")]] = Field(min_length=1)
    address: str = ""


class ChannelsTable(Strict):
    """Where customers write to us without a help desk: we keep the conversations."""

    email: EmailTable | None = None
    twilio: TwilioTable | None = None
    slack: SlackTable | None = None
    hooks: dict[Annotated[str, AfterValidator(_hook_name)], HookTable] = Field(default_factory=dict)


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


def _zone(name: str) -> str:
    if name not in available_timezones():
        why = "is no time zone such as Europe/Berlin, or this machine has no table of them: install tzdata"
        raise ValueError(f"{name!r} {why}")
    return name


def _span(text: str) -> str:
    Span.parse(text)  # its ValueError says how one is written
    return text


Spans = list[Annotated[str, AfterValidator(_span)]]


class HoursTable(Strict):
    """When the office is open, as `["09:00-12:00", "13:00-17:30"]`; a day that is left out is closed."""

    monday: Spans = []
    tuesday: Spans = []
    wednesday: Spans = []
    thursday: Spans = []
    friday: Spans = []
    saturday: Spans = []
    sunday: Spans = []


class CalendarTable(Strict):
    """The office's hours in its own time zone, and the dates on which it does not open."""

    zone: Annotated[str, AfterValidator(_zone)]
    hours: HoursTable
    closed: list[date] = Field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        hours = {day: tuple(map(Span.parse, getattr(self.hours, name))) for day, name in enumerate(DAYS)}
        return Calendar(ZoneInfo(self.zone), hours, frozenset(self.closed))


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


class PrivacyTable(Strict):
    """What is masked before any brain sees a message, and given back in the reply. Passwords, keys, cards, bank
    accounts and national ids are masked whatever stands here, and never given back."""

    mask: list[Contact] = Field(default=[Contact.EMAIL, Contact.PHONE])


def _host(name: str) -> str:
    if not HOST.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a host, such as lumen.example; those below it are meant, too")
    return name


class RepliesTable(Strict):
    """Where a reply may send its reader: links and e-mail addresses to these hosts, and to those below them, pass when
    they stand in an article or in what a system says. In procedures and policy every address passes."""

    hosts: list[Annotated[str, AfterValidator(_host)]] = []

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


class WidgetTable(Strict):
    """The company's own site. `audience`: what its tokens name in `aud`; another desk's tokens name another one."""

    audience: str = Field(default="deskhand", min_length=1)


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
    rollout: RolloutTable = RolloutTable()
    people: dict[str, list[str]] = Field(default_factory=dict)
    systems: SystemsTable = SystemsTable()
    records: RecordsTable | None = None
    lookups: dict[str, LookupTable] = Field(default_factory=dict)
    channels: ChannelsTable = ChannelsTable()
    waiting: WaitingTable = WaitingTable()
    breakers: BreakersTable = BreakersTable()
    calendar: CalendarTable | None = None
    privacy: PrivacyTable = PrivacyTable()
    replies: RepliesTable = RepliesTable()
    receipts: ReceiptsTable = ReceiptsTable()
    identity: IdentityTable = IdentityTable()
    widget: WidgetTable = WidgetTable()
    feedback: FeedbackTable = FeedbackTable()
    knowledge: KnowledgeTable = KnowledgeTable()

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


@dataclass(frozen=True)
class Settings:
    """A desk folder, what it says, and the secrets that the environment gives.

    `state` is the folder where everything this desk remembers lies, unless a database is configured. `secrets_key`
    opens the file of its secrets (`secret_file.py`); "" where there is none.
    """

    folder: Path
    table: DeskTable
    state: Path
    database_url: str
    secrets: Mapping[str, str] = field(repr=False)
    secrets_key: str = field(default="", repr=False)

    def secret(self, name: str) -> str:
        """DESKHAND_<NAME>, or a fault that says which variable to set."""
        variable = f"DESKHAND_{name.upper()}"
        if not self.secrets.get(variable):
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, f"set the environment variable {variable}"),))
        return self.secrets[variable]

    def fault(self, at: str, what: str) -> Fault:
        """A fault of `desk.toml`, with the line of what is set `at` this dotted name."""
        file = self.folder / "desk.toml"
        return Fault(str(file), _place(_text(file), at), what)

    @property
    def widget_secrets(self) -> tuple[str, ...]:
        """DESKHAND_WIDGET_SECRET, two with a comma between while one takes the other's place; none when it is unset."""
        given = tuple(one for one in self.secrets.get("DESKHAND_WIDGET_SECRET", "").split(",") if one)
        if any(len(one) < SHORTEST_SECRET for one in given):
            what = f"DESKHAND_WIDGET_SECRET needs {SHORTEST_SECRET} characters: a shorter one can be guessed"
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, what),))
        return given

    def model_key(self, provider: str) -> str:
        """The key of a model's provider, or a fault that says which variable to set; "" where none is needed."""
        variable = MODEL_KEYS.get(provider)
        if variable and not self.secrets.get(variable):
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, f"set the environment variable {variable}"),))
        return self.secrets[variable] if variable else self.secrets.get("DESKHAND_MODEL_KEY", "")


def read_settings(folder: Path, state: Path | None = None) -> Settings:
    """The settings of this desk folder. `DeskFault` with file and line when it is not one.

    `state` instead of `.deskhand/` in the folder: for a desk that leaves no trace, such as that of `bench`.
    """
    file = folder / "desk.toml"
    if not file.is_file():
        raise DeskFault((Fault(str(file), 1, "there is no desk here; make one with `deskhand init`"),))
    ours = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251  (the one place)
        if name.startswith("DESKHAND_") or name in MODEL_KEYS.values()
    }
    place = (state or folder / ".deskhand").resolve()
    url = f"sqlite:///{place / 'desk.sqlite'}" if state else ours.get("DESKHAND_DATABASE_URL", "")
    url = url or f"sqlite:///{place / 'desk.sqlite'}"
    sealed, key = secret_place(folder), ours.pop("DESKHAND_SECRETS_KEY", "")
    if key:
        from deskhand import secret_file  # the cipher takes 20 ms to import, and most desks use none

        try:
            ours = secret_file.read(sealed, key) | ours
        except secret_file.Unopened as error:
            raise DeskFault((Fault(str(file), 1, str(error)),)) from error
    return Settings(folder, read_table(_text(file), str(file)), place, url, ours, key)


def secret_place(folder: Path) -> Path:
    """The file of this desk's secrets: DESKHAND_SECRETS_FILE, or one of its own among the user's settings."""
    if given := os.environ.get("DESKHAND_SECRETS_FILE"):  # noqa: TID251  (the one place)
        return Path(given)
    home = os.environ.get("XDG_CONFIG_HOME")  # noqa: TID251  (the one place)
    whole = folder.resolve()
    name = f"{whole.name}-{hashlib.sha256(str(whole).encode()).hexdigest()[:12]}.secrets"
    return (Path(home) if home else Path.home() / ".config") / "deskhand" / name


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DeskFault((Fault(str(file), 1, "is not UTF-8"),)) from error


def read_table(text: str, file: str) -> DeskTable:
    """`desk.toml` as checked values, or every fault in it."""
    try:
        return DeskTable.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DeskFault((Fault(file, _line_of(str(error)), f"TOML: {error}"),)) from error
    except ValidationError as error:
        faults = [(".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.errors()]
        raise DeskFault(tuple(Fault(file, _place(text, at), f"{at}: {why}") for at, why in faults)) from error


def _line_of(message: str) -> int:
    _, _, rest = message.partition("at line ")
    digits = rest.split(",")[0]
    return int(digits) if digits.isdigit() else 1


def _place(text: str, path: str) -> int:
    """The line that sets the last name of the path; 1 when it is not there. A number in it is a place in a list."""
    last = [part for part in path.split(".") if not part.isdigit()][-1]
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith((f"{last} ", f"{last}=")) or line.strip().rstrip("]").endswith(f".{last}"):
            return number
    return 1
