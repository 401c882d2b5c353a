"""Until when the help desk promised an answer, where that is a question of its own: asked only for whoever needs it."""

from dataclasses import replace

from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.ref import Ref
from deskhand.workflows.desk import Desk

RULES = frozenset({"talk.has_deadline", "talk.time_left"})


def with_due(desk: Desk, heard: Heard) -> Heard:
    """The same with what is due, where that is known by now. Whoever may not read it is told of no deadline."""
    ticket = Ref.parse(heard.ticket)
    if heard.due_at is not None or ticket.system not in desk.due:
        return heard
    try:
        return replace(heard, due_at=desk.due[ticket.system].due(ticket))
    except ConnectorError:
        return heard


def with_due_for_rules(desk: Desk, heard: Heard) -> Heard:
    """As `with_due`, where a rule on messages looks at it."""
    turn = desk.policy.chapters.get("turn")
    return with_due(desk, heard) if turn and not RULES.isdisjoint(turn.asks) else heard
