"""docs/clicks.md: what a person clicks to connect a system, its least rights, its secrets and its settings."""

from collections.abc import Iterator, Sequence
from typing import Any

from docs.site.defaults import told
from docs.site.markdown import table

from deskhand.bootstrap.connectors import installed, load
from deskhand.connectors.manifest import Connector

HEAD = """# What to click

Made from the connectors by `make reference`; `deskhand connect SYSTEM` tells the same, one step at a time, proves the
credentials and keeps them ([systems.md](systems.md)). Secrets are variables of the environment, or lie in the file that
`connect` writes.
"""
ABOUT = {
    "twin": "A stand-in with made-up customers, in place of the real one.",
    "poll_minutes": "How often it is asked what changed, beside its events; 0 for never.",
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
    about: dict[str, Any] = ABOUT | {"address": "Where it is."}
    for name, field in one.table.model_fields.items():
        yield f"`{name}`", told(field), about.get(name, "See [systems.md](systems.md#tables).")


def _may(optional: bool) -> str:
    return "optional" if optional else ""


def _safe(text: str) -> str:
    """As plain text: what stands in it is no markup."""
    return text.replace("<", "&lt;").replace("*", "\\*")
