"""A small stand-in of HelpDock: keeps tickets, messages and promises, and signs events."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.manifest import World
from deskhand_helpdock import API

Json = dict[str, Any]
TOKEN, SECRET = "twin-helpdock-token", "twin-helpdock-secret"
SETTABLE = ("state", "urgency", "team", "owner")
PAGE = 50


class HelpDockTwin:
    """`app` answers as HelpDock would, with the state in the file `path`. `rights` are those of our token."""

    secrets: Mapping[str, str] = {"helpdock_token": TOKEN, "helpdock_webhook_secret": SECRET}

    def __init__(self, path: str, clock: Callable[[], datetime], server: str = "https://twin.helpdock.example"):
        self.store, self.clock, self.server = TwinStore(path), clock, server
        self.rights = ["tickets:read", "tickets:write"]
        ticket = f"{API}/tickets/{{number:int}}"
        self.app = Starlette(
            routes=[
                Route(f"{API}/me", self.me),
                Route(f"{API}/changes", self.changes),
                Route(f"{API}/tickets", self.opened),
                Route(f"{API}/tickets", self.open, methods=["POST"]),
                Route(ticket, self.show),
                Route(ticket, self.change, methods=["PATCH"]),
                Route(f"{ticket}/messages", self.messages),
                Route(f"{ticket}/messages", self.say, methods=["POST"]),
            ]
        )

    def seeded(self) -> bool:
        return self.store.count("person") > 0

    def seed(self, world: World) -> None:
        """Every customer of the made-up company is known, and has confirmed their address."""
        people = [
            (one.email.lower(), {"name": one.name, "email": one.email, "confirmed": True}) for one in world.people
        ]
        with self.store.change():
            self.store.put(("person", email, "", "", 0, known) for email, known in people)

    # -- what people do -----------------------------------------------------------------------------

    def receive(self, email: str, text: str, ticket: int | None = None) -> tuple[dict[str, str], bytes]:
        """A customer writes, on a new ticket or on theirs: the headers and the body of the event about it."""
        with self.store.change():
            number = ticket or self._open({"email": email, "subject": text[:60]})
            message = self._add(number, "customer", text, public=True)
        about = {"kind": "message", "by": "customer", "public": True}
        event = {**about, "id": f"ev-{message['id']}", "ticket": number, "message": message["id"]}
        return self.signed(json.dumps(event).encode())

    def signed(self, body: bytes) -> tuple[dict[str, str], bytes]:
        stamp = str(int(self.clock().timestamp()))
        signature = hmac.digest(SECRET.encode(), stamp.encode() + b"." + body, "sha256").hex()
        return {"helpdock-signature": f"t={stamp},v1={signature}", "content-type": "application/json"}, body

    def annotate(self, number: int, text: str, *, public: bool) -> None:
        """An agent writes."""
        with self.store.change():
            self._add(number, "agent", text, public=public)

    def said(self, number: int, *, public: bool) -> list[str]:
        return [one["text"] for one in self._messages(number) if one["public"] is public]

    # -- the API ------------------------------------------------------------------------------------

    async def me(self, request: Request) -> Response:
        return _refused(request) or JSONResponse({"id": 1, "name": "Deskhand at HelpDock", "rights": self.rights})

    async def changes(self, request: Request) -> Response:
        if refused := _refused(request):
            return refused
        after, since = int(request.query_params.get("after", "0")), request.query_params.get("since")
        limit = int(request.query_params.get("limit", "100"))
        every = sorted((one["seq"], one["number"], one["changed_at"]) for one in self.store.every("ticket", 100_000))
        if since:
            start = datetime.fromisoformat(since)
            every = [one for one in every if datetime.fromisoformat(one[2]) >= start]
        every = [one for one in every if one[0] > after]
        found = [{"seq": seq, "ticket": number, "at": at} for seq, number, at in every[:limit]]
        return JSONResponse({"changes": found, "more": len(every) > limit})

    async def opened(self, request: Request) -> Response:
        found = self.store.named("ticket", request.query_params.get("reference", ""))
        return _refused(request) or JSONResponse({"tickets": found})

    async def open(self, request: Request) -> Response:
        asked = await request.json()
        if refused := _refused(request):
            return refused
        with self.store.change():
            if made := self.store.named("ticket", asked["reference"]):
                return JSONResponse(made[0])
            number = self._open(asked)
            self._add(number, "api", asked["text"], public=asked["public"])
            return JSONResponse(self.store.get("ticket", str(number)), 201)

    async def show(self, request: Request) -> Response:
        found = self.store.get("ticket", str(request.path_params["number"]))
        return _refused(request) or (JSONResponse(found) if found else Response(status_code=404))

    async def messages(self, request: Request) -> Response:
        number, after = request.path_params["number"], int(request.query_params.get("after", "0"))
        found = [one for one in self._messages(number) if one["id"] > after]
        answer = {"messages": found[:PAGE], "more": len(found) > PAGE}
        known = self.store.get("ticket", str(number)) is not None
        return _refused(request) or (JSONResponse(answer) if known else Response(status_code=404))

    async def say(self, request: Request) -> Response:
        asked, number = await request.json(), request.path_params["number"]
        if refused := _refused(request):
            return refused
        with self.store.change():
            ticket = self.store.get("ticket", str(number))
            if ticket is None:
                return Response(status_code=404)
            if made := [one for one in self._messages(number) if one["reference"] == asked["reference"]]:
                return JSONResponse(made[0])
            if asked["version"] != ticket["version"]:
                return JSONResponse({"error": "version"}, 409)
            made_now = self._add(number, "api", asked["text"], public=asked["public"], reference=asked["reference"])
            return JSONResponse(made_now, 201)

    async def change(self, request: Request) -> Response:
        asked, number = await request.json(), request.path_params["number"]
        if refused := _refused(request):
            return refused
        with self.store.change():
            ticket = self.store.get("ticket", str(number))
            if ticket is None:
                return Response(status_code=404)
            if asked.get("reference") in ticket["references"]:
                return JSONResponse(ticket)
            if asked.get("version", ticket["version"]) != ticket["version"]:
                return JSONResponse({"error": "version"}, 409)
            ticket |= {name: asked[name] for name in SETTABLE if name in asked}
            ticket["custom"] |= asked.get("custom", {})
            kept = [one for one in ticket["labels"] if one not in asked.get("remove_labels", ())]
            ticket["labels"] = list(dict.fromkeys([*kept, *asked.get("add_labels", ())]))
            ticket["references"] += [asked["reference"]] if "reference" in asked else []
            self._put(ticket)
            return JSONResponse(ticket)

    # -- inside -------------------------------------------------------------------------------------

    def _open(self, asked: Json) -> int:
        number, email = 1 + self.store.count("ticket"), asked["email"].lower()
        known = self.store.get("person", email)
        now = self.clock().isoformat()
        ticket = {
            "number": number,
            "subject": asked["subject"],
            "state": "new",
            "urgency": None,
            "team": None,
            "owner": None,
            "labels": [],
            "custom": {},
            "requester": known or {"name": asked.get("name", ""), "email": email, "confirmed": False},
            "reference": asked.get("reference", ""),
            "references": [],
            "version": 0,
            "opened_at": now,
        }
        self._put(ticket)
        return number

    def _add(self, number: int, by: str, text: str, *, public: bool, reference: str = "") -> Json:
        id = 1 + self.store.count("message")
        message: Json = {"id": id, "by": by, "public": public, "text": text, "proved": True}
        message |= {"at": self.clock().isoformat(), "reference": reference}
        self.store.put([("message", str(id), str(number), "", id, message)])
        ticket = self.store.get("ticket", str(number))
        assert ticket is not None
        self._put(ticket)
        return message

    def _put(self, ticket: Json) -> None:
        """A new version of it, and the newest change of all."""
        seq = 1 + max((one["seq"] for one in self.store.every("ticket", 100_000)), default=0)
        ticket |= {"version": ticket["version"] + 1, "seq": seq, "changed_at": self.clock().isoformat()}
        self.store.put([("ticket", str(ticket["number"]), "", ticket["reference"], ticket["number"], ticket)])

    def _messages(self, number: int) -> list[Json]:
        return self.store.owned("message", str(number))[::-1]


def _refused(request: Request) -> Response | None:
    if request.headers.get("authorization") == f"Bearer {TOKEN}":
        return None
    return JSONResponse({"error": "token"}, 401)
