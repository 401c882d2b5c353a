"""The systems of the company's own that a desk names: the same clients whether one is its twin or the real one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit

import httpx2

from deskhand.bootstrap.connections.connectors import guarded
from deskhand.bootstrap.connections.tools import changed_tools
from deskhand.bootstrap.folder.folder import Folder
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.http import LARGEST, OwnHttp
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.connectors.own.tool_schema import misfits
from deskhand.connectors.own.twin import TOKEN, OwnTwin
from deskhand.domain.errors import ConnectorError, DeskFault, Fault
from deskhand.domain.own_call import ToolCall
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.arguments import ArgumentKind
from deskhand.settings import OwnTable, Settings, fit_address

TWIN = "https://twin.own.example"
BEARER = "Authorization"
Own = Mapping[str, OwnHttp | OwnMcp]
Through = Callable[[str, httpx2.BaseTransport | None], httpx2.BaseTransport | None]
SAMPLES = {ArgumentKind.INTEGER: "1", ArgumentKind.AMOUNT: "1.00 EUR"}


def own_systems(
    settings: Settings,
    twin: Callable[[], OwnTwin],
    clock: Callable[[], datetime],
    through: Through,
    *,
    reads_only: bool = False,
) -> Own:
    """By name; nothing is asked yet. `DeskFault` for a secret that is not set. `reads_only`: they refuse to write."""
    named = settings.table.systems.own.items()
    return {name: _system(name, one, settings, twin, clock, through, reads_only) for name, one in named}


def check_tools(settings: Settings, folder: Folder, clock: Callable[[], datetime]) -> tuple[list[Fault], list[Fault]]:
    """As `tool_faults`, of the real MCP servers alone and without a desk at work. A key that is not set is a note."""
    systems: dict[str, OwnHttp | OwnMcp] = {}
    notes: list[Fault] = []
    for name, one in settings.table.systems.own.items():
        if one.kind == "mcp" and not one.twin:
            try:
                systems[name] = _system(name, one, settings, _no_twin, clock, lambda _, transport: transport)
            except DeskFault as fault:
                notes += fault.faults
    faults, unheard = tool_faults(folder, systems)
    return faults, [*notes, *unheard, *changed_tools(settings, folder.tools, systems)]


def _no_twin() -> OwnTwin:
    raise AssertionError("a real system is not its twin")


def tool_faults(folder: Folder, systems: Own) -> tuple[list[Fault], list[Fault]]:
    """Faults of actions whose tools are not there or take something else; and notes of servers that did not answer."""
    faults: list[Fault] = []
    notes: list[Fault] = []
    for name, system in systems.items():
        actions = [one for one in folder.own.values() if one.spec.system == name]
        if not isinstance(system, OwnMcp) or not actions:
            continue
        try:
            tools = system.tools()
        except ConnectorError as error:
            notes.append(Fault("desk.toml", 1, f"{name}: its tools could not be compared with the actions: {error}"))
            continue
        for action in actions:
            for tool, sample in _samples(action):
                wrong = misfits(sample, tools[tool]) if tool in tools else ["the server has no such tool"]
                faults += [Fault(f"actions/{action.name}.yaml", 1, f"tool {tool}: {what}") for what in wrong]
    return faults, notes


def _samples(action: OwnAction) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each tool that it calls, with arguments as they would be sent."""
    values: dict[str, object] = {"key": "key"}
    for name, one in action.spec.arguments.items():
        values |= one.sent(name, SAMPLES.get(one.kind, "x"))
    for request in action.spec.requests:
        call = request.call(values, "key")
        if isinstance(call, ToolCall):
            yield call.tool, call.arguments


def _system(
    name: str,
    table: OwnTable,
    settings: Settings,
    twin: Callable[[], OwnTwin],
    clock: Callable[[], datetime],
    through: Through,
    reads_only: bool = False,
) -> OwnHttp | OwnMcp:
    transport: httpx2.BaseTransport | None = None
    address, headers = table.address, _headers(table, settings)
    if table.twin:
        address, headers = TWIN, {BEARER: f"Bearer {TOKEN}"}
        transport = InProcess(twin().app)
        address += "" if table.kind == "http" else "/mcp"
    elif not address:
        address = settings.secret(f"{name}_address")
        if not fit_address(address):
            what = f"DESKHAND_{name.upper()}_ADDRESS is to be https://host/path, or http:// on this machine"
            raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    at = urlsplit(address)
    base = address if table.kind == "http" else f"{at.scheme}://{at.netloc}"
    wire = Wire(
        base,
        headers=headers,
        transport=guarded(settings, through)(name, transport),
        deadline=table.timeout_seconds,
        silence=table.timeout_seconds,
        largest=LARGEST,
        reads_only=reads_only,
    )
    return OwnHttp(name, wire, clock) if table.kind == "http" else OwnMcp(name, wire, at.path or "/", clock)


def _headers(table: OwnTable, settings: Settings) -> dict[str, str]:
    """The key stands in one header, and nothing else does."""
    if not table.secret:
        return {}
    secret = settings.secret(table.secret)
    if not secret.isascii() or not secret.isprintable():
        what = f"DESKHAND_{table.secret.upper()} holds a letter that no header may have"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    return {table.header: f"Bearer {secret}" if table.header.title() == BEARER else secret}
