"""Writing on tickets at Zendesk: comments know no idempotency key, so each carries its mark."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.door import understood
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
        tags, version = self._now(ticket)
        change = {
            "comment": {"body": text, "public": public},
            "tags": [*tags, mark(key)],
            "safe_update": True,
            "updated_stamp": version,
        }
        self._wire.write("PUT", f"/api/v2/tickets/{ticket.id}", key=key, json={"ticket": change})
        return self._receipt(
            ticket, key, {"text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()}
        )

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        tags, _ = self._now(ticket)
        return self._receipt(ticket, key, {}) if mark(key) in tags else None

    @understood("ticket")
    def _now(self, ticket: Ref) -> tuple[list[str], str]:
        """Its tags, and its version."""
        raw = self._wire.read(f"/api/v2/tickets/{ticket.id}")["ticket"]
        return list(raw.get("tags") or ()), raw["updated_at"]

    def _receipt(self, ticket: Ref, key: str, details: Mapping[str, str]) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{mark(key)}", self._clock(), details)
