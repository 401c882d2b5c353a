"""What `desk.toml` says, value by value with where it is set; people, their tokens, and who paused what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from inspect import getdoc

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from deskhand.bootstrap import Installation
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.settings import Settings, read_settings

router = APIRouter(include_in_schema=False)
YEAR = timedelta(days=365)
MOST = 50  # pauses that are told
PAUSES = ("desk.paused", "desk.resumed")
SECRET = re.compile(r"secret|password|token$|api_key", re.IGNORECASE)
PLAIN = "desk"  # the section of what stands in no table


@dataclass(frozen=True)
class Row:
    """`line` of `desk.toml` sets it; 0 where nobody did and the default holds."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class Section:
    """`about` is what the table says of itself."""

    name: str
    about: str
    rows: tuple[Row, ...]


@router.get("/settings", dependencies=[needs(Right.SETTINGS)])
def settings(request: Request, caller: Caller) -> HTMLResponse:
    """To be read: it is changed in the file, and holds from the next start."""
    installation: Installation = request.app.state.installation
    lines = list(installation.queries.lately(PAUSES, installation.desk.clock() - YEAR))
    values = {
        "people": [
            (one, _line(installation.settings, f"people.{one.id}"))
            for one in sorted(installation.people.values(), key=lambda one: one.id)
        ],
        "variables": sorted(installation.settings.secrets),
        "database": installation.settings.database_url.partition(":")[0],
        "changed": _changed(installation.settings),
        "sections": list(sections(installation.settings)),
        "pauses": list(reversed(lines))[:MOST],
        "standing": installation.queries.pauses(),
    }
    return page(request, caller, "settings.html", values)


def _changed(settings: Settings) -> bool:
    """Whether the file says something else by now."""
    try:
        return read_settings(settings.folder).table != settings.table
    except DeskFault:
        return True


def sections(settings: Settings) -> Iterator[Section]:
    """A section for each table, and the first one for what stands in none. People are told apart from them."""
    table = settings.table
    plain, tables = [], []
    for name in type(table).model_fields:
        value = getattr(table, name)
        if isinstance(value, BaseModel):
            tables.append(Section(name, _about(value), tuple(_rows(settings, name, value))))
        elif isinstance(value, dict) and any(isinstance(one, BaseModel) for one in value.values()):
            rows = [row for key, one in value.items() for row in _rows(settings, f"{name}.{key}", one)]
            tables.append(Section(name, "", tuple(rows)))
        elif name != "people":
            plain.append(_row(settings, name, value, name in table.model_fields_set))
    yield Section(PLAIN, "", tuple(plain))
    yield from (one for one in tables if one.rows)


def _rows(settings: Settings, at: str, model: object) -> Iterator[Row]:
    if not isinstance(model, BaseModel):
        yield _row(settings, at, model, True)
        return
    for name in type(model).model_fields:
        value, place = getattr(model, name), f"{at}.{name}"
        if isinstance(value, BaseModel):
            yield from _rows(settings, place, value)
        elif isinstance(value, dict) and value:
            for key, one in value.items():
                yield from _rows(settings, f"{place}.{key}", one)
        else:
            yield _row(settings, place, value, name in model.model_fields_set)


def _row(settings: Settings, at: str, value: object, given: bool) -> Row:
    last = at.rpartition(".")[2]
    told = "not shown" if SECRET.search(last) and value else _told(value)
    return Row(at, told, _line(settings, at) if given else 0)


def _line(settings: Settings, at: str) -> int:
    return settings.fault(at, "").line


def _told(value: object) -> str:
    match value:
        case None | "" | [] | ():
            return "-"
        case bool():
            return "yes" if value else "no"
        case list() | tuple() | set() | frozenset():
            return ", ".join(map(str, value))
        case Mapping():
            return ", ".join(f"{key}: {one}" for key, one in value.items()) or "-"
        case _:
            return str(value)


def _about(model: BaseModel) -> str:
    return " ".join((getdoc(type(model)) or "").split()).replace("`", "")
