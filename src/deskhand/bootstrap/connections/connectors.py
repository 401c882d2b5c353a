"""The connectors that a desk names: found among the installed packages, and given what they need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import EntryPoint, entry_points

import httpx2
from pydantic import ValidationError

from deskhand.connectors.http.egress import Egress, Guarded, plain
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.manifest import Connector, Given, Role, Roles, Table, Twin
from deskhand.domain.errors import DeskFault, Fault
from deskhand.settings import Settings

GROUP = "deskhand.connectors"
Clock = Callable[[], datetime]
Through = Callable[[str, httpx2.BaseTransport | None], httpx2.BaseTransport | None]


def straight(system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport | None:
    """Nothing between us and a system."""
    return transport


def egress_of(settings: Settings, *private: str) -> Egress:
    """What `[egress]` says; these hosts may be private as well."""
    table = settings.table.egress
    return Egress(frozenset({*table.private, *map(plain, private)}), frozenset(table.hosts))


def guarded(settings: Settings, through: Through = straight, *private: str) -> Through:
    """`through`, with the desk's own way to the network where a system is no twin."""

    def way(system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport | None:
        return through(system, transport or Guarded(egress_of(settings, *private)))

    return way


@dataclass(frozen=True)
class Named:
    """A connector that a desk names, and what the desk says of it."""

    connector: Connector
    table: Table


@dataclass(frozen=True)
class Connected:
    """A system at work, and its twin where it is one."""

    connector: Connector
    given: Given
    roles: Roles
    twin: Twin | None


@cache
def installed() -> Mapping[str, tuple[EntryPoint, ...]]:
    """Every connector of every installed package, by name; none of them is loaded."""
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for one in entry_points(group=GROUP):
        found[one.name] = (*found.get(one.name, ()), one)
    return found


def load(name: str) -> Connector:
    """KeyError when no installed package offers it, TypeError when what it offers is none, or several packages do:
    nobody slips in under the name of another."""
    one, *others = installed()[name]
    if others:
        packages = ", ".join(sorted(each.dist.name if each.dist else each.value for each in (one, *others)))
        raise TypeError(f"several installed packages offer it, and only one may: {packages}")
    connector = one.load()
    if not isinstance(connector, Connector):
        raise TypeError(f"{one.value} is a {type(connector).__name__}, not a Connector")
    return connector


def named(settings: Settings) -> Mapping[str, Named]:
    """Those in `[systems]`, in its order. `DeskFault` with each name that is none and each table that does not fit."""
    found: dict[str, Named] = {}
    faults: list[Fault] = []
    for name, table in settings.table.systems.connectors.items():
        if name not in installed():
            what = f"no connector of that name is installed; there are {', '.join(sorted(installed()))}"
            faults.append(settings.fault(f"systems.{name}", what))
            continue
        try:
            connector = load(name)
            found[name] = Named(connector, connector.table.model_validate(table))
        except (ImportError, AttributeError, TypeError) as error:
            faults.append(settings.fault(f"systems.{name}", f"the connector cannot be loaded: {error}"))
        except ValidationError as error:
            faults += [_fault(settings, name, one["loc"], one["msg"]) for one in error.errors()]
    for role, what in ((Role.BILLING, "say what was paid"), (Role.RELATIONS, "be the CRM")):
        players = [name for name, one in found.items() if role in one.connector.plays]
        if len(players) > 1:
            told = f"{' and '.join(players)} are both here, and only one system can {what}"
            faults.append(settings.fault(f"systems.{players[-1]}", told))
    if faults:
        raise DeskFault(tuple(faults))
    return found


def roles_of(every: Iterable[Named]) -> frozenset[Role]:
    """What these play together."""
    return frozenset().union(*(one.connector.plays for one in every))


def connect(
    settings: Settings,
    one: Named,
    twin: Callable[[], Twin],
    clock: Clock,
    through: Through,
    *,
    reads_only: bool = False,
) -> Connected:
    """The same client whether a system is its twin in this process or the real one at its address. With `reads_only`
    it plays no role that writes, whatever the connector made."""
    name, stand_in = one.connector.system, None
    secret, transport, table = _secret(settings, one.connector), None, one.table
    if table.twin:
        stand_in = twin()
        keys = stand_in.secrets
        secret, transport = (lambda name: keys.get(name, "")), InProcess(stand_in.app)
        table = table.model_copy(update={"address": stand_in.server})
    pace = None if stand_in else one.connector.pace
    given = Given(table, secret, clock, guarded(settings, through)(name, transport), pace, reads_only)
    roles = one.connector.connect(given)
    if reads_only:
        roles = replace(roles, replies=None, billing_writer=None, relations_writer=None)
    return Connected(one.connector, given, roles, stand_in)


def _secret(settings: Settings, connector: Connector) -> Callable[[str], str]:
    optional = {one.name for one in connector.secrets if one.optional}

    def secret(name: str) -> str:
        return settings.secrets.get(f"DESKHAND_{name.upper()}", "") if name in optional else settings.secret(name)

    return secret


def _fault(settings: Settings, name: str, place: tuple[int | str, ...], what: str) -> Fault:
    at = ".".join(map(str, ("systems", name, *place)))
    return settings.fault(at, f"{at}: {what.removeprefix('Value error, ')}")


def only_twins(settings: Settings) -> bool:
    """Whether every connector is its twin, so that nothing done here is done to anybody."""
    return all(one.table.twin for one in named(settings).values())
