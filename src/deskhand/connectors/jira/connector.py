"""Jira Service Management as a connector: what a desk says of it, what a person clicks, and how its token is proved."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx2
from pydantic import Field, model_validator

from deskhand.connectors.http.files import Files
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import SYSTEM, twin, webhook
from deskhand.connectors.jira.account import Account
from deskhand.connectors.jira.door import understood
from deskhand.connectors.jira.due_times import JiraDueTimes
from deskhand.connectors.jira.feed import JiraFeed
from deskhand.connectors.jira.files import JiraFiles
from deskhand.connectors.jira.new_tickets import NewTickets, Place
from deskhand.connectors.jira.ticket_desk import JiraTickets
from deskhand.connectors.jira.ticket_writer import JiraWriter
from deskhand.connectors.jira.twin_kept import PLACE
from deskhand.connectors.jira.words import Words
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin, Verify
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import ConnectorError, Invalid, Missing, Refused
from deskhand.domain.ticket import Priority, Status

ADDRESS = r"https://[a-z0-9-]+\.atlassian\.net|https://api\.atlassian\.com/ex/jira/[0-9a-f-]{36}"
Id = Annotated[str, Field(pattern=r"^[0-9]{0,19}$", coerce_numbers_to_str=True)]
FieldId = Annotated[str, Field(pattern=r"^customfield_[0-9]{1,19}$")]
LONGEST = timedelta(days=366)  # that a token lives
MOST = ("administrators", "jira-administrators", "jira-admins", "site-admins", "org-admins", "system-administrators")
READING = ("read:servicedesk-request", "read:jira-work", "read:jira-user")
WRITING = (*READING, "write:servicedesk-request", "write:jira-work")


class JiraTable(Table):
    """`[systems.jira]`. `statuses` and `priorities`: what the company's own words mean; `vouched`: types of account
    whose addresses the company vouches for, since they sign in and no mail is taken for theirs; `token_expires`: what
    Atlassian said when the token was made."""

    address: Annotated[str, Field(pattern=rf"^({ADDRESS}|{twin.SERVER}|)$")] = ""
    project: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,40}$")]
    service_desk: Id = ""
    request_type: Id = ""
    issue_type: Id = ""
    key_field: FieldId | Literal[""] = ""
    fields: Mapping[str, FieldId] = Field(default_factory=dict)
    statuses: Mapping[str, Status] = Field(default_factory=dict)
    priorities: Mapping[str, Priority] = Field(default_factory=dict)
    vouched: frozenset[Literal["atlassian", "customer"]] = frozenset()
    token_expires: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_twin_knows_its_place(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not raw.get("twin"):
            return raw
        known = {name: getattr(PLACE, name) for name in Place.__dataclass_fields__}
        return known | {"address": twin.SERVER, "vouched": ["atlassian"]} | {k: v for k, v in raw.items() if v != ""}

    @model_validator(mode="after")
    def _is_whole(self) -> "JiraTable":
        if not self.address:
            raise ValueError("address: say https://SITE.atlassian.net, or https://api.atlassian.com/ex/jira/CLOUD-ID")
        if not self.twin and self.token_expires is None:
            raise ValueError("token_expires: say on which day the API token ends; none lives longer than a year")
        return self


def stand_in(place: Path, clock: Callable[[], datetime]) -> Twin:
    return twin.JiraTwin(str(place / "jira.sqlite"), clock)


def connect(given: Given) -> Roles:
    table: JiraTable = given.table
    wire = _wire(given)
    account = Account(wire)
    words = Words(table.statuses, table.priorities)
    writer = None
    if not given.reads_only:
        new = NewTickets(wire, _place(table))
        writer = JiraWriter(wire, account.id, given.clock, new, words=words, fields=table.fields)
    return Roles(
        wire=wire,
        tickets=JiraTickets(wire, account.id, given.clock, words=words, fields=table.fields, vouched=table.vouched),
        replies=writer,
        feed=JiraFeed(wire, account, table.project),
        due=JiraDueTimes(wire),
        attachments=JiraFiles(Files(wire)),
        verify=_verify(given, account),
    )


def check(given: Given) -> Proof:
    """The account behind the token, and what it may do. `Refused` when Atlassian does not accept it, `Invalid` when the
    day on which it ends cannot be right."""
    table: JiraTable = given.table
    if table.token_expires and table.token_expires > given.clock().date() + LONGEST:
        what = f"systems.jira.token_expires says {table.token_expires}, but no API token of Atlassian lives so long"
        raise Invalid(f"{what}: write the day that was shown when it was made.")
    wire = _wire(given)
    try:
        own = _self(wire)
        rights = [_reads(wire, table), *_opens(wire, table), *_more(own)]
    except Refused as error:
        what = "Atlassian does not accept this address and API token for Jira. Is the token still valid, and is it used"
        raise Refused(
            f"{what} where it belongs? One with scopes works at https://api.atlassian.com/ex/jira/CLOUD-ID only."
        ) from error
    finally:
        wire.close()
    return Proof(str(own["accountId"]), tuple(rights), table.token_expires)


@understood("account")
def _self(wire: Wire) -> Mapping[str, Any]:
    own: Mapping[str, Any] = wire.read("/rest/api/3/myself", expand="groups")
    if not own["accountId"] or own.get("active") is False:
        raise Refused("GET /rest/api/3/myself: nobody is signed in")
    return own


@understood("search of issues")
def _reads(wire: Wire, table: JiraTable) -> Right:
    """Jira says that there is no such project to whoever may not see it; one without any request is seen."""
    asked = {"jql": f'project = "{table.project}" ORDER BY key DESC', "fields": "updated", "maxResults": 1}
    try:
        seen = isinstance(wire.read("/rest/api/3/search/jql", **asked)["issues"], list)
    except Invalid:
        seen = False
    return Right(f"see requests of the project {table.project}", seen, "reading")


@understood("form of a request type")
def _opens(wire: Wire, table: JiraTable) -> list[Right]:
    """Where the desk says how requests are opened: in somebody's name, and with the field that holds our key."""
    if not (table.service_desk and table.request_type):
        return []
    path = f"/rest/servicedeskapi/servicedesk/{table.service_desk}/requesttype/{table.request_type}/field"
    try:
        form = wire.read(path, expand="hiddenFields")
    except Missing:
        return [Right(f"see the request type {table.request_type}", False, "writing")]
    rights = [Right("raise requests on behalf of customers", form.get("canRaiseOnBehalfOf") is True, "writing")]
    if table.key_field:
        known = {one["fieldId"] for one in form["requestTypeFields"]}
        rights.append(Right(f"fill in {table.key_field} on the form", table.key_field in known, "writing"))
    return rights


@understood("account")
def _more(own: Mapping[str, Any]) -> list[Right]:
    groups = [str(one["name"]) for one in (own.get("groups") or {}).get("items") or ()]
    return [Right(f"member of {name}", True, "") for name in groups if name.startswith(MOST)]


def _wire(given: Given) -> Wire:
    auth = httpx2.BasicAuth(given.secret("jira_user"), given.secret("jira_token"))
    return given.wire(given.table.address, auth=auth)


def _place(table: JiraTable) -> Place:
    return Place(**{name: getattr(table, name) for name in Place.__dataclass_fields__})


def _verify(given: Given, account: Account) -> Verify | None:
    """None without a secret: then we poll."""
    signing = [one for one in given.secret("jira_webhook_secret").split(",") if one]
    project = given.table.project

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
        webhook.proven(signing, headers, body)  # nobody unknown makes us ask Jira who we are
        try:
            own = account.id()
        except ConnectorError:
            own = ""  # the ticket that is read again tells the same
        return webhook.verify(signing, own, project, headers, body, now)

    return verify if signing else None


CONNECTOR = Connector(
    system=SYSTEM,
    title="Jira Service Management (Cloud)",
    plays=frozenset({Role.TICKETS}),
    table=JiraTable,
    secrets=(
        Secret("jira_user", "the e-mail address of the account that Deskhand signs in as"),
        Secret("jira_token", "its API token"),
        Secret("jira_webhook_secret", "the secret of the webhook; without one, Jira is polled", optional=True),
    ),
    steps=(
        "Best: admin.atlassian.com > Directory > Service accounts > Create. Give it Jira Service Management, and in "
        "the project (Project settings > People) the role Service Desk Team, and nothing more.",
        "On its page: Create credentials > API token. Choose the scopes listed here, and the latest day of expiry.",
        "Write that day into desk.toml as systems.jira.token_expires: no token lives longer than a year.",
        "Open https://SITE.atlassian.net/_edge/tenant_info in a browser and copy cloudId: the address for "
        "systems.jira is https://api.atlassian.com/ex/jira/CLOUD-ID.",
        "Simpler, with all the rights of a person: id.atlassian.com > Security > API tokens > Create API token, with "
        "the address https://SITE.atlassian.net. A token with scopes does not work there.",
        "systems.jira.project is the key in front of request numbers: DESK of DESK-12.",
        "To let new tickets be opened: name service_desk, request_type and issue_type by their ids; add a text field "
        "to the form of the request type (hidden from customers), and name it as key_field (customfield_10100).",
        "Project settings > Screens: Labels, Priority and Assignee must be on the screen for editing: marks of what "
        "was done are labels that begin with dh_.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=READING,
    writing=WRITING,
    connect=connect,
    check=check,
    twin=stand_in,
    webhook=(
        "Jira settings > System > WebHooks > Create a WebHook, as an administrator: only those are signed.",
        "URL: the address of this desk's webhook. Secret: a long random word, also as DESKHAND_JIRA_WEBHOOK_SECRET.",
        "Issue related events, JQL: project = DESK (your key). Tick Issue: created and Comment: created.",
    ),
    # Atlassian tells no figure for API tokens that we could check, but limits writes on one issue: careful.
    pace=Pace(20, 2.0),
    guards_versions=False,
)
