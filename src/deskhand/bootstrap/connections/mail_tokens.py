"""Tokens that sign in to a mailbox or a mail server, where `desk.toml` has an `oauth` table for it."""

from urllib.parse import urlsplit

from deskhand.bootstrap.connections.connectors import egress_of
from deskhand.connectors.bearer.client import Tokens
from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.settings import OAuthTable, Settings


def mail_tokens(settings: Settings, table: OAuthTable, name: str) -> Tokens:
    """One token for all who ask. `name` is that of its secrets, "mail" or "imap"; `DeskFault` where one is not set."""
    asked: dict[str, str | int] = {
        "grant_type": table.grant,
        "client_id": table.client_id,
        "client_secret": settings.secret(f"{name}_oauth_secret"),
    }
    if table.grant == "refresh_token":
        asked["refresh_token"] = settings.secret(f"{name}_oauth_refresh_token")
    if table.scope:
        asked["scope"] = table.scope
    at = urlsplit(table.token_address)
    wire = Wire(f"{at.scheme}://{at.netloc}", transport=Guarded(egress_of(settings)), patience=5.0)
    return ClientCredentials(wire, at.path, asked).current
