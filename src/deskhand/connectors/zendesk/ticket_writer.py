"""Writing on tickets at Zendesk: comments know no idempotency key, so each carries its mark."""

from collections.abc import Callable
from datetime import datetime

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.marks import mark
from deskhand.domain.action import Receipt
from deskhand.domain.ref import Ref


class ZendeskWriter:
    """See `ports.writes.TicketWriter`."""

    system = SYSTEM

    def __init__(self, wire: Wire, clock: Callable[[], datetime]):
        self._wire, self._clock = wire, clock

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """`Clash` when somebody wrote in the moment between reading and writing: nothing was added."""
        now = self._wire.read(f"/api/v2/tickets/{ticket.id}")["ticket"]
        change = {
            "comment": {"body": text, "public": public},
            "tags": [*(now.get("tags") or ()), mark(key)],
            "safe_update": True,
            "updated_stamp": now["updated_at"],
        }
        self._wire.write("PUT", f"/api/v2/tickets/{ticket.id}", key=key, json={"ticket": change})
        return self._receipt(ticket, key)

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        tags = self._wire.read(f"/api/v2/tickets/{ticket.id}")["ticket"].get("tags") or ()
        return self._receipt(ticket, key) if mark(key) in tags else None

    def _receipt(self, ticket: Ref, key: str) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{mark(key)}", self._clock())
