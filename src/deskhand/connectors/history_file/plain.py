"""A past ticket in our own plain shape: a message with its answer, as a line of JSON or a row of a table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.history_file.text import said, told_time
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket

NEEDED = ("id", "from", "created_at", "text")
SYSTEM = "history"


def plain_ticket(told: Mapping[str, Any]) -> PastTicket:
    """ValueError says what is lacking or wrong. `agent_reply`, `resolved_at`, `csat`, `channel`, `subject`, `name`
    and `agent_replied_at` may be left out."""
    if lacking := [name for name in NEEDED if told.get(name) is None]:
        raise ValueError(f"it has no {', '.join(lacking)}")
    number, sender, text = str(told["id"]).strip(), str(told["from"]).strip().lower(), said(told["text"], "text")
    if not number or not sender:
        raise ValueError(f"its {'id' if not number else 'from'} is empty")
    created = told_time(told["created_at"], "created_at")
    unread: list[str] = []
    resolved, replied = _maybe(told, "resolved_at", unread), _maybe(told, "agent_replied_at", unread)
    messages = [Message("1", Author.CUSTOMER, public=True, text=text, sent_at=created)]
    if reply := said(told.get("agent_reply") or "", "agent_reply").strip():
        sent = max(replied or resolved or created, created)
        messages.append(Message("2", Author.AGENT, public=True, text=reply, sent_at=sent))
    ticket = Ticket(
        ref=Ref(SYSTEM, "ticket", number),
        subject=said(told.get("subject") or "", "subject"),
        status=Status.CLOSED,
        channel=str(told.get("channel") or "email"),
        requester=Requester(str(told.get("name") or ""), sender, verified=False),
        tags=frozenset(),
        version="",
        created_at=created,
        messages=tuple(messages),
    )
    return PastTicket(ticket, rating(told.get("csat"), unread), resolved, tuple(unread), replied is not None)


def rating(told: Any, unread: list[str]) -> int | None:
    """From 1 to 5; None for none. What is something else is noted in `unread`."""
    if told is None or (isinstance(told, str) and not told.strip()):
        return None
    try:
        number = float(told)
    except (TypeError, ValueError, OverflowError):
        number = 0.0
    if isinstance(told, bool) or number not in (1, 2, 3, 4, 5):
        unread.append("csat")
        return None
    return int(number)


def _maybe(told: Mapping[str, Any], name: str, unread: list[str]) -> datetime | None:
    if told.get(name) in (None, ""):
        return None
    try:
        return told_time(told[name], name)
    except ValueError:
        unread.append(name)
        return None
