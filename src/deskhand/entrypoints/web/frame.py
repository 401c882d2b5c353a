"""What every page shares: its frame, the reader's language, time zone and theme, and the addresses of static files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from deskhand.bootstrap import Installation
from deskhand.domain.guidance import in_words
from deskhand.domain.rights import Right, may
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import form_token
from deskhand.entrypoints.web.language import LANGUAGES, day_and_time, preferred, translations
from deskhand.entrypoints.web.sentences import said_in
from deskhand.workflows.dress import outline

FRAGMENT = "x-fragment"  # the header by which our own script asks for parts instead of a page
STATIC = Path(__file__).parent / "static"
THEMES, KEYS = ("system", "light", "dark"), ("on", "off")
TOLD = 300  # characters of a line that came by an address


@dataclass(frozen=True)
class Reader:
    """How this person wants pages: `theme` and `keys` of the lists above, a language of ours, their own time zone."""

    language: str
    theme: str
    keys: str
    zone: ZoneInfo


def reader(request: Request) -> Reader:
    """From cookies that hold nothing else; what makes no sense counts as not said."""
    given = request.cookies
    chosen = given.get("language", "")
    return Reader(
        language=chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", "")),
        theme=_one_of(THEMES, given.get("theme")),
        keys=_one_of(KEYS, given.get("keys")),
        zone=_zone(given.get("zone", "")),
    )


def page(
    request: Request, caller: Person, template: str, values: Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """A whole page of the workspace."""
    return HTMLResponse(render(request, caller, template, values), status)


def letter(
    request: Request, template: str, values: Mapping[str, object], status: int = 200, language: str = ""
) -> HTMLResponse:
    """A page for a customer who opened an address that was sent to them: no rail, and nothing of the workspace. In the
    `language` that they wrote in, where we have it; else in that of their browser."""
    known = language if language in LANGUAGES else preferred(request.headers.get("accept-language", ""))
    written = environment(known).get_template(template).render({"language": known, **values})
    return HTMLResponse(written, status, headers={"vary": "accept-language"})


def outside(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page for somebody who is not signed in, in their language and theme."""
    installation: Installation = request.app.state.installation
    how = reader(request)
    common = {"company": installation.settings.table.company, "reader": how}
    return HTMLResponse(environment(how.language).get_template(template).render({**common, **values}), status)


def render(request: Request, caller: Person, template: str, values: Mapping[str, object]) -> str:
    installation: Installation = request.app.state.installation
    how = reader(request)
    common = {
        "company": installation.settings.table.company,
        "caller": caller,
        "may": lambda right: may(caller, Right(right)),
        "form_token": form_token(request, caller),
        "path": request.url.path,
        "reader": how,
        "event": installation.queries.newest(),
        "broken_glass": installation.access.glass.unseen() if may(caller, Right.PEOPLE) else (),
        "paused": installation.queries.pauses(),
        "told": told_by_us(request),
    }
    return environment(how.language).get_template(template).render({**common, **values})


def told_by_us(request: Request) -> str:
    """What a form of ours answered. A link from elsewhere puts no words into this desk's mouth; browsers that are too
    old to say where somebody comes from are believed."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    return request.query_params.get("told", "")[:TOLD] if site == "same-origin" else ""


def wants_parts(request: Request) -> bool:
    return FRAGMENT in request.headers


@cache
def environment(language: str) -> Environment:
    """Templates in one language. Everything that is filled in is escaped, and a missing name is an error."""
    made = Environment(
        loader=PackageLoader("deskhand.entrypoints.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"static": static, "languages": LANGUAGES}
    made.filters |= {"outline": outline, "when": when, "plainly": plainly, "path": in_path, "whispered": in_words}
    made.filters |= {"translated": translated, "since": since}
    return made


@pass_context
def when(context: Context, at: datetime) -> Markup:
    """A moment in the reader's zone, with UTC in the tooltip."""
    how: Reader = context["reader"]
    exact = at.astimezone(UTC)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        exact.isoformat(), exact.strftime("%Y-%m-%d %H:%M:%S UTC"), day_and_time(at, how.zone, how.language)
    )


@pass_context
def since(context: Context, written: str) -> Markup:
    """A moment as a line of the journal has it."""
    return when(context, datetime.fromisoformat(written))


@pass_context
def translated(context: Context, text: object) -> str:
    """A sentence or a word of ours that came in English; on a letter in the customer's language."""
    how: Reader | None = context.get("reader")
    return said_in(str(text), how.language if how else context["language"])


@pass_context
def plainly(context: Context, value: object) -> str:
    """A value of a finding, for people."""
    match value:
        case None | "":
            return "-"
        case bool():
            return "✓" if value else "✕"
        case datetime():
            return when(context, value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def in_path(reference: str) -> str:
    """A reference such as "zendesk:ticket:1" as one part of an address."""
    return quote(reference, safe=":@")


@cache
def static(name: str) -> str:
    """A static file's address with a hash of its content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def inside(address: str) -> str:
    """The address when it leads to a page of ours, else the first page."""
    return address if re.fullmatch(r"/(?![/\\])[^\\\x00-\x1f]*", address) else "/"


def _one_of(known: tuple[str, ...], given: str | None) -> str:
    return given if given in known else known[0]


@cache
def _known_zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _zone(name: str) -> ZoneInfo:
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}", name) or len(name) > 64:
        return _known_zone("UTC")
    try:
        return _known_zone(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return _known_zone("UTC")
