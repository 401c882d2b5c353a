"""Connecting a system: what its credentials are worth is asked before anything is kept."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from deskhand.bootstrap.connections.connectors import Clock, egress_of, installed, load
from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.manifest import Connector as Connector
from deskhand.connectors.manifest import Given
from deskhand.connectors.manifest import Proof as Proof
from deskhand.domain.errors import DeskFault, Fault
from deskhand.settings import Settings, secret_file, secret_place

HEADER = re.compile(r"\s*\[")


@dataclass(frozen=True)
class Wanted:
    """What somebody entered: nothing of it is kept yet. `secrets` by name, without DESKHAND_ and in lower case."""

    connector: Connector
    table: Mapping[str, object]
    secrets: Mapping[str, str]


def find(name: str, folder: Path) -> Connector:
    """`DeskFault` with the names there are when there is none of this name, and for one that cannot be loaded."""
    if name not in installed():
        what = f"no connector {name!r} is installed, so nothing was kept; name one of {', '.join(sorted(installed()))}"
        raise DeskFault((Fault(str(folder), 1, what),))
    try:
        return load(name)
    except (ImportError, AttributeError, TypeError) as error:
        what = f"the connector {name!r} cannot be loaded: {error}. Nothing was kept; install it again"
        raise DeskFault((Fault(str(folder), 1, what),)) from error


def offered() -> Mapping[str, Connector]:
    """Every connector that is installed and can be loaded, by name."""
    found: dict[str, Connector] = {}
    for name in sorted(installed()):
        with suppress(ImportError, AttributeError, TypeError):
            found[name] = load(name)
    return found


def prove(settings: Settings, wanted: Wanted, clock: Clock) -> Proof:
    """What the system says of these credentials. `ConnectorError` when it does not accept them, `DeskFault` for a table
    that the connector does not understand or a secret that is missing."""
    connector = wanted.connector
    try:
        table = connector.table.model_validate(wanted.table)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise DeskFault(tuple(Fault(f"systems.{connector.system}", 1, what) for what in told)) from error
    optional = {one.name for one in connector.secrets if one.optional}

    def secret(name: str) -> str:
        if name not in optional and not wanted.secrets.get(name):
            what = f"{name} was not given, so nothing was proved or kept: call this again with it"
            raise DeskFault((Fault(str(settings.folder), 1, what),))
        return wanted.secrets.get(name, "")

    way = Guarded(egress_of(settings))
    return connector.check(Given(table, secret, clock, way, pace=connector.pace))


def keep(settings: Settings, wanted: Wanted, key: str) -> Path:
    """The secrets into the desk's encrypted file, then the table into its `desk.toml`. The file of secrets."""
    place = secret_place(settings.folder)
    named = {f"DESKHAND_{name.upper()}": value for name, value in wanted.secrets.items() if value}
    try:
        secret_file.write(place, key, secret_file.read(place, key) | named)
    except secret_file.Unopened as error:
        raise DeskFault((Fault(str(place), 1, f"{error}; nothing was kept"),)) from error
    file = settings.folder / "desk.toml"
    fresh = file.with_suffix(".new")
    fresh.write_text(with_table(file.read_text("utf-8"), wanted.connector.system, wanted.table), "utf-8")
    fresh.replace(file)
    return place


def with_table(text: str, system: str, table: Mapping[str, object]) -> str:
    """`desk.toml` with this table in place of what `[systems.<system>]` set before; every other line as it was."""
    header = f"[systems.{system}]"
    lines = text.splitlines()
    wanted = [f"{name} = {_toml(value)}" for name, value in table.items()]
    try:
        start = next(place for place, line in enumerate(lines) if line.split("#")[0].strip() == header)
    except StopIteration:
        return "\n".join([*lines, "", header, *wanted, ""])
    end = next((place for place in range(start + 1, len(lines)) if HEADER.match(lines[place])), len(lines))
    kept = [line for line in lines[start + 1 : end] if line.lstrip().startswith("#") or not line.strip()]
    return "\n".join([*lines[: start + 1], *wanted, *kept, *lines[end:], ""])


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            text = str(value).replace("\\", "\\\\").replace('"', '\\"')
            return f'"{text}"'
