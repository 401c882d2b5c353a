"""Every host that a desk may talk to, and why: what is written for it in `desk.toml` and in its secrets."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from deskhand.bootstrap.connections.connectors import egress_of, named
from deskhand.connectors import slack, twilio
from deskhand.connectors.http.egress import plain
from deskhand.infrastructure.llm.model_name import parse
from deskhand.settings import Settings

PROVIDERS = {"anthropic": "api.anthropic.com", "openai": "api.openai.com", "mistral": "api.mistral.ai"}
PROVIDERS |= {"google": "generativelanguage.googleapis.com"}
ANY = "any public host"


@dataclass(frozen=True)
class WayOut:
    """`private`: it may be in the company's own network. `refused`: why it would not be asked, "" where it would be."""

    host: str
    why: str
    private: bool = False
    refused: str = ""


def ways_out(settings: Settings) -> list[WayOut]:
    """By what they are for. A twin talks to nobody."""
    egress = egress_of(settings)
    found: list[WayOut] = []
    for host, why, over_http in _hosts(settings):
        refused = egress.refusal(host) if over_http and host != ANY else ""
        found.append(WayOut(host, why, not over_http or host in egress.private, refused))
    return found


def _hosts(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    """Each with its reason, and whether it is asked by our own HTTP client."""
    table, channels = settings.table, settings.table.channels
    files = False
    for name, one in named(settings).items():
        if not one.table.twin:
            files = True
            yield _host(one.table.address) or f"the servers of {one.connector.title}", f"systems.{name}", True
    for name, own in table.systems.own.items():
        if not own.twin:
            yield _host(own.address or settings.secret(f"{name}_address")), f"systems.own.{name}", True
    for name, hook in channels.hooks.items():
        if hook.address:
            yield _host(hook.address), f"channels.hooks.{name}: events", True
    for name, site in table.knowledge.sites.items():
        for host in (_host(site.sitemap), *(plain(one.partition(":")[0]) for one in site.hosts)):
            yield host, f"knowledge.sites.{name}", True
    if channels.slack and not channels.slack.twin:
        yield _host(channels.slack.address or slack.ADDRESS), "channels.slack", True
    if channels.twilio and not channels.twilio.twin:
        yield _host(channels.twilio.address or twilio.ADDRESS), "channels.twilio", True
    for what, mail in (("systems.mail", table.systems.mail), ("channels.email", channels.email)):
        if mail and not mail.twin:
            yield _host(mail.address), what, False
            if mail.oauth:
                yield _host(mail.oauth.token_address), f"{what}.oauth: tokens", True
    if table.access.oidc:
        yield _host(table.access.oidc.issuer), "access.oidc: who signs in", True
    if table.records and not table.records.twin and "://" in table.records.address:
        yield _host(table.records.address), "records", False
    if not settings.database_url.startswith("sqlite"):
        yield _host(settings.database_url), "the desk's own database", False
    for each in filter(None, (*table.chain, table.models.judge)):
        model = parse(each)
        yield _host(model.address) or PROVIDERS.get(model.provider, f"the servers of {model.provider}"), "model", False
    if files:
        yield ANY, "attachments: only what an agent opens, without our keys", True


def _host(address: str) -> str:
    return plain(urlsplit(address).hostname or "")
