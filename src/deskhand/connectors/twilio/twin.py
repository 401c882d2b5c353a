"""A small Twilio: takes messages and lists them, and signs what people write to our door as the real one does."""

import base64
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore

ACCOUNT, TOKEN = "AC" + "0" * 32, "twin-token"
NUMBER = "+15005550001"
LONGEST = 1600
Json = dict[str, Any]


class TwilioTwin:
    """`door`: the public address of ours that it was told."""

    def __init__(self, path: str, clock: Callable[[], datetime], door: str):
        self.store, self.clock, self.door = TwinStore(path), clock, door
        place = "/2010-04-01/Accounts/{account}/Messages.json"
        self.app = Starlette(
            routes=[Route(place, self._send, methods=["POST"]), Route(place, self._list, methods=["GET"])]
        )
        self.server = "https://twilio.twin"

    def receive(self, sender: str, text: str, *, to: str = NUMBER, **more: str) -> tuple[dict[str, str], bytes]:
        """Somebody writes: the delivery, signed."""
        fields = {"MessageSid": f"SM{secrets.token_hex(16)}", "From": sender, "To": to, "Body": text, "NumMedia": "0"}
        return self.signed(fields | more)

    def signed(self, fields: dict[str, str]) -> tuple[dict[str, str], bytes]:
        text = self.door + "".join(name + value for name, value in sorted(fields.items()))
        signature = base64.b64encode(hmac.digest(TOKEN.encode(), text.encode(), "sha1")).decode()
        headers = {"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded"}
        return headers, urlencode(fields).encode()

    def messages(self, to: str = "") -> list[Json]:
        """What was sent, oldest first."""
        return [one for one in self.store.every("message", 100_000)[::-1] if not to or one["to"] == to]

    def _known(self, request: Request) -> bool:
        wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        return request.headers.get("authorization") == f"Basic {wanted}" and (request.path_params["account"] == ACCOUNT)

    async def _send(self, request: Request) -> Response:
        if not self._known(request):
            return _error(401, 20003, "Authenticate")
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        if not form.get("To", "").removeprefix("whatsapp:").startswith("+"):
            return _error(400, 21211, "The 'To' number is not a valid phone number.")
        if not form.get("From"):
            return _error(400, 21603, "A 'From' phone number is required.")
        if not form.get("Body") or len(form["Body"]) > LONGEST:
            return _error(400, 21617, "The message body is missing or exceeds the 1600 character limit.")
        with self.store.change():
            number = self.store.count("message")
            sid = f"SM{number:032x}"
            made = {
                "sid": sid,
                "account_sid": ACCOUNT,
                "body": form["Body"],
                "from": form["From"],
                "to": form["To"],
                "direction": "outbound-api",
                "status": "queued",
                "date_created": format_datetime(self.clock()),
                "error_code": None,
            }
            self.store.put([("message", sid, "", "", number, made)])
        return JSONResponse(made, 201)

    async def _list(self, request: Request) -> Response:
        if not self._known(request):
            return _error(401, 20003, "Authenticate")
        asked = request.query_params
        sender = asked.get("From", "")
        held = [one for one in self.messages(asked.get("To", ""))[::-1] if one["from"] == sender]
        size, page = int(asked.get("PageSize", "50")), int(asked.get("Page", "0"))
        shown, more = held[page * size : (page + 1) * size], len(held) > (page + 1) * size
        following = f"{request.url.path}?{urlencode({**asked, 'Page': page + 1})}" if more else None
        return JSONResponse({"messages": shown, "page": page, "page_size": size, "next_page_uri": following})


def _error(status: int, code: int, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "status": status}, status)
