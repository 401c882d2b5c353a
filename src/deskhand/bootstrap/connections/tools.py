"""The look-ups of a desk that are tools of MCP servers: read from `desk.toml`, and compared with what servers have."""

from collections.abc import Mapping, Sequence
from typing import Any

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.connectors.own.lookup import ToolLookUps, ToolQuestion
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.domain.errors import ConnectorError, DeskFault, Fault
from deskhand.settings import Settings


def tool_questions(settings: Settings) -> tuple[ToolQuestion, ...]:
    """`[lookups]`, or `DeskFault` with all that is wrong there."""
    faults: list[Fault] = []
    found: list[ToolQuestion] = []
    own = settings.table.systems.own
    for name, table in settings.table.lookups.items():
        one = ToolQuestion(name=name, **table.model_dump())
        wrong = list(one.faults())
        if one.system not in own or own[one.system].kind != "mcp":
            wrong.append(f'{one.system!r} is no system of [systems.own] with kind = "mcp"')
        faults += [settings.fault(f"lookups.{name}", f"lookups.{name}: {what}") for what in wrong]
        found.append(one)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


def tool_look_ups(questions: Sequence[ToolQuestion], own: Mapping[str, Any], clock: Clock) -> ToolLookUps | None:
    """None for a desk that has none."""
    servers = {name: one for name, one in own.items() if isinstance(one, OwnMcp)}
    return ToolLookUps(questions, servers, clock) if questions else None


def changed_tools(settings: Settings, questions: Sequence[ToolQuestion], own: Mapping[str, Any]) -> list[Fault]:
    """Each look-up whose tool a person has to look at before it is asked, and each server that did not answer."""
    found: list[Fault] = []
    for name, server in own.items():
        asked = [one for one in questions if one.system == name]
        if not asked or not isinstance(server, OwnMcp):
            continue
        try:
            tools = server.described()
        except ConnectorError as error:
            found.append(settings.fault(f"systems.own.{name}", f"{name}: its tools could not be looked at: {error}"))
            continue
        why = ((one, one.changed(tools)) for one in asked)
        found += [settings.fault(f"lookups.{one.name}", f"lookups.{one.name}: {what}") for one, what in why if what]
    return found
