"""docs/clicks.md: what a person clicks to connect a system, its least rights, its secrets and its settings."""

from collections.abc import Iterator, Sequence

from docs.site.defaults import told
from docs.site.markdown import table

from deskhand.bootstrap.connections.connectors import installed, load
from deskhand.connectors.manifest import Connector

HEAD = """# What to click

Made from the connectors by `make reference`; `deskhand connect SYSTEM` tells the same, one step at a time, proves the
credentials and keeps them. What its settings are for is told in full in [systems.md](systems.md#tables). Secrets are
variables of the environment, or lie in the file that `connect` writes.
"""
# What each setting does; one that is not here fails, so that none is left unsaid.
ABOUT = {
    "twin": "A stand-in with made-up customers, in place of the real one.",
    "address": "Where it is.",
    "poll_minutes": "How often it is asked what changed, beside its events; 0 for never.",
    "fields": "Its names or ids of the company's own fields, by the desk's names of them.",
    "scopes": "What is asked for with an OAuth client; a desk that only reads leaves writing out.",
    "tier": "The field that says a customer's tier.",
    "flagged": "The field by which your people marked a customer.",
    "subscription": "The field that says the subscription.",
    "health": "The field that says how well the customer does.",
    "currency": "Of a company that has one; otherwise each deal names its own.",
    "stages": "The company's words for stages of deals, by its names of them.",
    "ids": "Fields that hold the customer's id in another system, for `[identity]`.",
    "writable": "Fields of the contact that the assistant may set, by the desk's names.",
    "senders_checked": "Forged mail is turned away before it gets there, and its portal asks people to sign in.",
    "project": "The key in front of numbers of requests.",
    "service_desk": "Where new tickets are opened, by its id.",
    "request_type": "Their type of request, by its id.",
    "issue_type": "Their type of issue, by its id.",
    "key_field": "The field of their form that holds our key.",
    "statuses": "What the company's own words for states mean.",
    "priorities": "What its words for priorities mean.",
    "vouched": "Types of account whose addresses the company vouches for.",
    "token_expires": "The day on which the API token ends; needed for the real one.",
}


def page() -> str:
    ours = (name for name, (one, *_) in sorted(installed().items()) if one.value.startswith("deskhand."))
    return "\n".join([HEAD, *(line for name in ours for line in _told(load(name)))]).rstrip() + "\n"


def _told(one: Connector) -> Iterator[str]:
    yield from (f"## {one.title}", "", f"`deskhand connect {one.system}`; it plays {', '.join(sorted(one.plays))}.", "")
    yield from (f"As of {one.steps_as_of}:", "", *_steps(one.steps))
    if one.webhook:
        yield from ("For its events:", "", *_steps(one.webhook))
    rights = ((what, names) for what, names in (("reading", one.reading), ("writing", one.writing)) if names)
    told = ((what, ", ".join(f"`{name}`" for name in names)) for what, names in rights)
    yield from table(("to", "least rights"), told)
    secrets = ((f"`DESKHAND_{each.name.upper()}`", _safe(each.about), _may(each.optional)) for each in one.secrets)
    yield from table(("secret", "what it is", ""), secrets)
    yield from table((f"`[systems.{one.system}]`", "unless said", "what it does"), _fields(one))


def _steps(steps: Sequence[str]) -> Iterator[str]:
    yield from (f"{place}. {_safe(step)}" for place, step in enumerate(steps, 1))
    yield ""


def _fields(one: Connector) -> Iterator[tuple[str, str, str]]:
    for name, field in one.table.model_fields.items():
        yield f"`{name}`", told(field), ABOUT[name]


def _may(optional: bool) -> str:
    return "optional" if optional else ""


def _safe(text: str) -> str:
    """As plain text: what stands in it is no markup."""
    return text.replace("<", "&lt;").replace("*", "\\*")
