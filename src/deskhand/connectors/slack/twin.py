"""A small Slack: threads in channels with the metadata of each message, people, and signed events."""

import json
import secrets
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.signatures import hmac_sha256
from deskhand.connectors.http.twin_store import TwinStore

TOKEN, SECRET = "xoxb-twin", "twin-signing-secret"
CHANNEL, TEAM = "C0SUPPORT", "T0TWIN"
PAGE = 3  # messages of one answer, so that a thread has several
Json = dict[str, Any]


class SlackTwin:
    """One of `errors` is the answer to each call, in order; "" means none."""

    def __init__(self, path: str, clock: Callable[[], datetime]):
        self.store, self.clock = TwinStore(path), clock
        self.errors: deque[str] = deque()
        self.server = "https://slack.twin"
        calls = {
            "chat.postMessage": (self._post, "POST"),
            "conversations.history": (self._history, "GET"),
            "conversations.replies": (self._replies, "GET"),
            "users.info": (self._user, "GET"),
        }
        self.app = Starlette(
            routes=[Route(f"/api/{name}", self._guarded(deed), methods=[how]) for name, (deed, how) in calls.items()]
        )

    def add_user(self, id: str, name: str, email: str) -> None:
        profile = {"real_name": name, "email": email}
        self.store.put([("user", id, "", "", 0, {"id": id, "real_name": name, "profile": profile})])

    def receive(self, user: str, text: str, thread: str = "", **more: Any) -> tuple[dict[str, str], bytes]:
        """Somebody writes: the event, signed."""
        made = self._add(CHANNEL, thread, {"user": user, "text": text, "type": "message", **more})
        event = made | {"channel": CHANNEL, "channel_type": "channel", "event_ts": made["ts"]}
        told = {"type": "event_callback", "event_id": f"Ev{secrets.token_hex(5)}", "team_id": TEAM, "event": event}
        return self.signed(told)

    def signed(self, told: Json) -> tuple[dict[str, str], bytes]:
        body, stamp = json.dumps(told).encode(), str(int(self.clock().timestamp()))
        signature = "v0=" + hmac_sha256(SECRET, f"v0:{stamp}:".encode() + body).hex()
        return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}, body

    def thread(self, ts: str, channel: str = CHANNEL) -> list[Json]:
        """Oldest first, the one that began it included."""
        return self.store.owned("message", f"{channel}/{ts}")[::-1]

    def posted(self) -> list[Json]:
        """What the app wrote, oldest first."""
        return [one for one in self.store.every("message", 100_000)[::-1] if "bot_id" in one]

    def _add(self, channel: str, thread: str, message: Json) -> Json:
        with self.store.change():
            number = self.store.count("message")
            ts = f"{int(self.clock().timestamp())}.{number:06d}"
            made = message | {"ts": ts} | ({"thread_ts": thread} if thread else {})
            self.store.put([("message", ts, f"{channel}/{thread or ts}", "", number, made)])
        return made

    def _guarded(self, deed: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def guarded(request: Request) -> Response:
            error = self.errors.popleft() if self.errors else ""
            if not error and request.headers.get("authorization") != f"Bearer {TOKEN}":
                error = "invalid_auth"
            if error:
                return _no(error)
            answer: Response = await deed(request)
            return answer

        return guarded

    async def _post(self, request: Request) -> Response:
        asked = await request.json()
        if asked.get("channel") != CHANNEL:
            return _no("channel_not_found")
        if not asked.get("text"):
            return _no("no_text")
        message = {"type": "message", "bot_id": "B0TWIN", "text": asked["text"], "metadata": asked.get("metadata")}
        made = self._add(CHANNEL, asked.get("thread_ts", ""), message)
        return JSONResponse({"ok": True, "channel": CHANNEL, "ts": made["ts"], "message": made})

    async def _replies(self, request: Request) -> Response:
        asked = request.query_params
        held = self.thread(asked["ts"], asked["channel"])
        if not held:
            return _no("thread_not_found")
        start = int(asked.get("cursor") or 0)
        shown = held[start : start + PAGE]
        if asked.get("include_all_metadata") != "true":
            shown = [{name: value for name, value in one.items() if name != "metadata"} for one in shown]
        following = str(start + PAGE) if len(held) > start + PAGE else ""
        return JSONResponse({"ok": True, "messages": shown, "response_metadata": {"next_cursor": following}})

    async def _history(self, request: Request) -> Response:
        asked = request.query_params
        held = [one for one in self.store.every("message", 100_000) if "thread_ts" not in one]
        shown = held[: int(asked.get("limit") or 100)]
        if asked.get("include_all_metadata") != "true":
            shown = [{name: value for name, value in one.items() if name != "metadata"} for one in shown]
        return JSONResponse({"ok": True, "messages": shown})

    async def _user(self, request: Request) -> Response:
        found = self.store.get("user", request.query_params["user"])
        return JSONResponse({"ok": True, "user": found}) if found else _no("user_not_found")


def _no(error: str) -> Response:
    return JSONResponse({"ok": False, "error": error})
