"""What `desk.toml` says of how people get in: how long a sign-in lasts, who sees which queues, and single sign-on."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from deskhand.domain.rights import Role
from deskhand.settings.strict import Strict

TLS = r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/[^\s?#]*)?)$"


class OidcTable(Strict):
    """Single sign-on. `address`: where browsers reach this desk; `roles`: by group of the provider, the role of its
    members; `subjects`: by name in `[people]`, who that is at the provider; DESKHAND_OIDC_SECRET is the client's."""

    issuer: str = Field(pattern=TLS)
    client_id: str = Field(min_length=1)
    address: str = Field(pattern=TLS)
    scopes: list[str] = Field(default=["openid", "email", "profile"])
    groups_claim: str = "groups"
    roles: dict[str, Role] = Field(default_factory=dict)
    subjects: dict[str, str] = Field(default_factory=dict)

    @field_validator("scopes")
    @classmethod
    def _openid(cls, given: list[str]) -> list[str]:
        if "openid" not in given:
            raise ValueError("openid is among the scopes, or there is no ID token")
        return given


class AccessTable(Strict):
    """A session ends after `idle_hours` without a click, and after `most_days` in any case. `scopes`: by person, the
    queues whose tickets they see; who is not named there sees all. `address`: where browsers reach this desk; with it
    people can sign in by passkeys, which are good for that address alone."""

    idle_hours: float = Field(default=12, gt=0, le=24 * 7)
    most_days: float = Field(default=7, gt=0, le=90)
    scopes: dict[str, list[str]] = Field(default_factory=dict)
    oidc: OidcTable | None = None
    address: str = Field(default="", pattern=f"^$|{TLS}")

    @field_validator("address")
    @classmethod
    def _named(cls, given: str) -> str:
        host = urlsplit(given).hostname or ""
        if given and (":" in host or host.replace(".", "").isdigit()):
            raise ValueError("no browser makes passkeys for a number: name the desk, such as http://localhost:8600")
        return given
