"""What every part of the twin of Stripe stands on: its store, its clock, its pages and its signed events."""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.stripe.twin_changes import Refusal

Json = dict[str, Any]


class TwinState:
    """`secrets`: what a client sends, and what an event is signed with, by the connector's names."""

    secrets: Mapping[str, str]

    def __init__(self, store: TwinStore, clock: Callable[[], datetime]):
        self.store, self.clock = store, clock

    def event(self, kind: str, about: Json) -> tuple[dict[str, str], bytes]:
        """The headers and body of a signed event about this object."""
        event = {"id": f"evt_{secrets.token_hex(12)}", "object": "event", "type": kind, "data": {"object": about}}
        return self.signed(json.dumps(event).encode())

    def signed(self, body: bytes) -> tuple[dict[str, str], bytes]:
        """The headers that make this body a delivery of ours."""
        stamp = self._now()
        secret = self.secrets["stripe_webhook_secret"]
        signature = hmac.digest(secret.encode(), f"{stamp}.".encode() + body, "sha256").hex()
        return {"stripe-signature": f"t={stamp},v1={signature}"}, body

    def _asked(self, request: Request) -> dict[str, str]:
        if request.headers.get("authorization") != f"Bearer {self.secrets['stripe_key']}":
            raise Refusal(401, "api_key_invalid", "Invalid API key provided.")
        return dict(request.query_params)

    def _get(self, kind: str, id: str) -> Json:
        found = self.store.get(kind, id)
        if found is None:
            raise Refusal(404, "resource_missing", f"No such {kind}: '{id}'")
        return found

    def _put(self, kind: str, body: Json) -> None:
        row = self.store.row(kind, body["id"])
        assert row is not None
        self.store.put([(*row[:5], body)])

    def _now(self) -> int:
        return int(self.clock().timestamp())


def page(found: list[Json], asked: dict[str, str], url: str) -> Response:
    """At most `limit` objects behind `starting_after`."""
    limit, start = min(int(asked.get("limit", 10)), 100), 0
    if after := asked.get("starting_after"):
        start = next((place + 1 for place, one in enumerate(found) if one["id"] == after), len(found))
    part = found[start : start + limit]
    return JSONResponse({"object": "list", "url": url, "has_more": len(found) > start + limit, "data": part})
