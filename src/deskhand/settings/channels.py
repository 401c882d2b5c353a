"""What `desk.toml` says of channels whose conversations are ours."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from deskhand.settings.strict import Strict
from deskhand.settings.systems import OURS, OWN_NAME, OAuthTable


class EmailTable(Strict):
    """A mailbox that we read; answers go out by [systems.mail]. `address` is imaps://host:993, or imap://host:143 for
    STARTTLS. `sent`: the folder of what was sent; `files_itself`: the server puts it there by itself. `receiver`: the
    name by which our own mail server signs its Authentication-Results; without it nobody is vouched for. `oauth`: signs
    in by tokens."""

    twin: bool = False
    address: str = ""
    folder: str = "INBOX"
    sent: str = ""
    files_itself: bool = False
    receiver: str = Field(default="", pattern=r"^[A-Za-z0-9._-]*$")
    own: list[str] = Field(default_factory=list)  # our addresses beside the sender's
    poll_minutes: float = Field(default=5, gt=0, le=60)
    oauth: OAuthTable | None = None

    @model_validator(mode="after")
    def _sound(self) -> "EmailTable":
        if self.twin and self.oauth:
            raise ValueError("a twin needs no oauth: take one of them out")
        return self


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
    events: list[
        Literal["drift.alarmed", "message.sent", "ticket.handed_off", "ticket.resolved", "sla.warned", "sla.breached"]
    ] = Field(default_factory=list)
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
