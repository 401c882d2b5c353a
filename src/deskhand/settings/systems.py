"""What `desk.toml` says of a company's systems: connectors, its database, its own systems, its mail server."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from deskhand.settings.strict import Strict


class QuestionTable(Strict):
    about: str
    sql: str
    binds: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    rows: int = Field(default=50, ge=1, le=1000)


class RecordsTable(Strict):
    """A company's own database. `twin`: the SQLite file of the made-up company, or, with `of`, what the twin of that
    system of its own keeps. `address`: postgresql://..., snowflake://..., or the path of a SQLite file; its secrets are
    DESKHAND_RECORDS_PASSWORD, or DESKHAND_RECORDS_KEY and DESKHAND_RECORDS_KEY_PASSPHRASE. `events`: questions over all
    customers, for `proactive/*.yaml` alone: no procedure and no brain can ask them."""

    twin: bool = False
    of: str = ""
    address: str = ""
    questions: dict[str, QuestionTable] = Field(default_factory=dict)
    events: dict[str, QuestionTable] = Field(default_factory=dict)


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
OURS = frozenset({"desk", "chat", "own", "records"})
OURS |= {"freshdesk", "hubspot", "jira", "salesforce", "stripe", "zendesk"}


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


class OAuthTable(Strict):
    """Signing in to the mailbox `user` by tokens (XOAUTH2) instead of a password, in `[systems.mail.oauth]` and in
    `[channels.email.oauth]`: see docs/channels.md. The client's secret is DESKHAND_MAIL_OAUTH_SECRET, or
    DESKHAND_IMAP_OAUTH_SECRET; of the grant `refresh_token` the token is DESKHAND_..._OAUTH_REFRESH_TOKEN."""

    user: str = Field(pattern=r"^[!-~]{1,320}$")
    token_address: str
    client_id: str = Field(pattern=r"^[!-~]{1,300}$")
    grant: Literal["client_credentials", "refresh_token"]
    scope: str = Field(default="", pattern=r"^[ -~]*$")

    @model_validator(mode="after")
    def _sound(self) -> "OAuthTable":
        found = ADDRESS.fullmatch(self.token_address)
        if not (found and found[4] and fit_address(self.token_address)):
            what = "https://host/path as the provider names it, with the company's own tenant in it"
            raise ValueError(f"token_address is to be {what}; http:// on this machine only; no user, no query")
        if self.grant == "client_credentials" and not self.scope:
            raise ValueError(
                "scope is to be said for client_credentials, such as https://outlook.office365.com/.default"
            )
        return self


class MailTable(Strict):
    """Where letters are handed in: `address` is smtps://host:465, or smtp://host:587 for STARTTLS. `sender`: of all of
    them, as "Name <address>". `oauth`: signs in by tokens."""

    twin: bool = False
    address: str = ""
    sender: str
    oauth: OAuthTable | None = None

    @model_validator(mode="after")
    def _sound(self) -> "MailTable":
        if self.twin and self.oauth:
            raise ValueError("a twin needs no oauth: take one of them out")
        return self


class SystemsTable(BaseModel):
    """Every other name is that of a connector, whose own table says what stands there (`connections/connectors.py`)."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, dict[str, Any]] = Field(init=False)  # in place of pydantic's Any

    own: dict[Annotated[str, AfterValidator(_own_name)], OwnTable] = Field(default_factory=dict)
    mail: MailTable | None = None

    @property
    def connectors(self) -> Mapping[str, Mapping[str, Any]]:
        """By name, in the order of the file, as they stand there."""
        return self.__pydantic_extra__
