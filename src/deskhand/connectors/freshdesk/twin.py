"""A small stand-in of Freshdesk: keeps tickets and conversations, and the promises that we rely on."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.freshdesk import API
from deskhand.connectors.freshdesk.page import to_html, to_text
from deskhand.connectors.http.twin_files import Upload, keep, sent, signed_in
from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.world import World

Json = dict[str, Any]
KEY = "twin-freshdesk-key"
TOKEN = "twin-freshdesk-token"
OWN_AGENT = 1
FILES = "https://twin-files.example"  # where Freshdesk keeps what is attached: no host of its own
LIST_DAYS = timedelta(days=30)
FIRST_ANSWER, SOLUTION = timedelta(days=1), timedelta(days=3)
SETTABLE = ("status", "priority", "tags", "group_id", "responder_id", "subject")
STATUSES, PRIORITIES = (2, 3, 4, 5), (1, 2, 3, 4)


class Answer(JSONResponse):
    """In ASCII: half of a surrogate pair, which a customer may well send, cannot be put on the wire otherwise."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


class FreshdeskTwin:
    """`app` answers as Freshdesk would, with the state in the file `path`. `limit`: calls a minute, None for any."""

    secrets: Mapping[str, str] = {"freshdesk_key": KEY, "freshdesk_webhook_token": TOKEN}

    def __init__(self, path: str, clock: Callable[[], datetime], server: str = "https://twin.freshdesk.com"):
        self.store, self.clock, self.server = TwinStore(path), clock, server
        self.limit: int | None = None
        self.roles = [2]  # of our own agent; 1 is an administrator
        self._calls: tuple[datetime | None, int] = (None, 0)
        self.app = Starlette(
            routes=[
                Route(f"{API}/agents/me", self.me),
                Route(f"{API}/roles", self.listed_roles),
                Route(f"{API}/contacts", self.contacts),
                Route(f"{API}/contacts/{{id:int}}", self.contact),
                Route(f"{API}/tickets", self.listed),
                Route(f"{API}/tickets", self.create, methods=["POST"]),
                Route(f"{API}/tickets/merge", self.merge, methods=["PUT"]),
                Route(f"{API}/tickets/{{id:int}}", self.show),
                Route(f"{API}/tickets/{{id:int}}", self.update, methods=["PUT"]),
                Route(f"{API}/tickets/{{id:int}}/conversations", self.conversations),
                Route(f"{API}/tickets/{{id:int}}/reply", self.reply, methods=["POST"]),
                Route(f"{API}/tickets/{{id:int}}/notes", self.note, methods=["POST"]),
                Route("/data/helpdesk/attachments/{id:int}", self.stored),
            ]
        )

    def seeded(self) -> bool:
        return self.store.count("contact") > 0

    def seed(self, world: World) -> None:
        """Every customer of the made-up company is a contact who opened the link that was sent to their address."""
        rows = []
        for place, one in enumerate(world.people):
            contact = self._contact(1000 + place, one.name, one.email, active=True)
            rows.append(("contact", str(contact["id"]), "", one.email.lower(), 0, contact))
        with self.store.change():
            self.store.put(rows)

    # -- what people do -----------------------------------------------------------------------------

    def receive(
        self,
        email: str,
        text: str,
        ticket: int | None = None,
        *,
        source: int = 1,
        html: str = "",
        files: Sequence[Upload] = (),
    ) -> tuple[dict[str, str], bytes]:
        """A customer writes, on a new ticket or on theirs: the headers and the body of the call about it."""
        with self.store.change():
            contact, page = self._requester(email), html or to_html(text)
            if ticket is None:
                number = self._open(contact, " ".join(text.split())[:60] or "(no subject)", page, source, files=files)
            else:
                number = ticket
                self._add(number, contact["id"], page, incoming=True, private=False, source=0, files=files)
        event = {"ticket_id": number, "ticket_latest_public_comment": text, "triggered_event": "{ticket_action:update}"}
        headers = {"content-type": "application/json", "x-deskhand-token": TOKEN}
        return headers, json.dumps({"freshdesk_webhook": event}).encode()

    def annotate(self, number: int, text: str, agent: int = 2, *, public: bool) -> None:
        """An agent writes, and leaves the state as it is."""
        with self.store.change():
            self._add(number, agent, to_html(text), incoming=False, private=not public, source=0 if public else 2)

    def said(self, number: int, *, public: bool) -> list[str]:
        """Every text of the ticket that its customer may read, or may not, oldest first."""
        ticket = self.store.get("ticket", str(number))
        assert ticket is not None
        first = [ticket["description_text"]] if public else []
        return first + [one["body_text"] for one in self._conversations(number) if one["private"] != public]

    # -- the API --------------------------------------------------------------------------------------

    async def me(self, request: Request) -> Response:
        contact = {"name": "Assistant", "email": "assistant@lumen.example", "active": True}
        own = {"id": OWN_AGENT, "ticket_scope": 1, "role_ids": self.roles, "type": "support_agent", "contact": contact}
        return self._refused(request) or Answer(own)

    async def listed_roles(self, request: Request) -> Response:
        """For administrators only."""
        if refused := self._refused(request):
            return refused
        if 1 not in self.roles:
            return Answer({"code": "access_denied", "message": "You are not authorized to perform this action."}, 403)
        return Answer([{"id": 1, "name": "Account Administrator"}, {"id": 2, "name": "Assistant"}])

    async def contact(self, request: Request) -> Response:
        return self._refused(request) or self._one("contact", request)

    async def contacts(self, request: Request) -> Response:
        """By address, telephone or mobile number, letter for letter."""
        if refused := self._refused(request):
            return refused
        given = request.query_params
        asked = {name: given[name] for name in ("email", "phone", "mobile") if name in given}
        every = self.store.every("contact", 100_000)
        return self._paged(request, [one for one in every if all(one[name] == value for name, value in asked.items())])

    async def show(self, request: Request) -> Response:
        return self._refused(request) or self._one("ticket", request)

    async def conversations(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        number = request.path_params["id"]
        if self.store.get("ticket", str(number)) is None:
            return Response(status_code=404)
        return self._paged(request, self._conversations(number))

    async def listed(self, request: Request) -> Response:
        """Those of thirty days, unless it is asked since when; without what they were opened with."""
        if refused := self._refused(request):
            return refused
        order, descending = request.query_params.get("order_by", "created_at"), request.query_params.get("order_type")
        since = request.query_params.get("updated_since")
        every = self.store.every("ticket", 100_000)
        if since:
            every = [one for one in every if _moment(one["updated_at"]) >= _moment(since)]
        else:
            every = [one for one in every if _moment(one["created_at"]) > self.clock() - LIST_DAYS]
        every.sort(key=lambda one: (one[order], one["id"]), reverse=descending != "asc")
        hidden = ("description", "description_text")
        return self._paged(request, [{k: v for k, v in one.items() if k not in hidden} for one in every])

    async def stored(self, request: Request) -> Response:
        """A store of files takes its own signature in the address, and no other beside it."""
        if signed_in(request) or request.query_params.get("signature") != "twin":
            return Response(status_code=400)
        return sent(self.store, request.path_params["id"])

    async def create(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        asked = await request.json()
        if wrong := [name for name in ("email", "subject", "description", "status", "priority") if not asked.get(name)]:
            return _invalid(wrong[0], "It should be a/an String", "missing_field")
        if bad := _unfit(asked):
            return bad
        with self.store.change():
            contact = self._requester(asked["email"], asked.get("name", ""))
            number = self._open(contact, asked["subject"], asked["description"], asked.get("source", 2), asked)
            return Answer(self.store.get("ticket", str(number)), 201)

    async def update(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        asked = await request.json()
        if bad := _unfit(asked):
            return bad
        with self.store.change():
            ticket = self.store.get("ticket", str(request.path_params["id"]))
            if ticket is None:
                return Response(status_code=404)
            ticket |= {name: asked[name] for name in SETTABLE if name in asked}
            ticket["tags"] = list(dict.fromkeys(ticket["tags"]))
            ticket["custom_fields"] |= asked.get("custom_fields", {})
            self._put(ticket)
            return Answer(ticket)

    async def merge(self, request: Request) -> Response:
        """What was said on the others goes to the first one, and they are closed."""
        if refused := self._refused(request):
            return refused
        asked = await request.json()
        with self.store.change():
            numbers = [asked["primary_id"], *asked["ticket_ids"]]
            tickets = [self.store.get("ticket", str(one)) for one in numbers]
            if len(set(numbers)) < len(numbers) or any(one is None or one["status"] == 5 for one in tickets):
                return _invalid("ticket_ids", "There is no such open ticket", "invalid_value")
            for one in tickets[1:]:
                assert one is not None
                for said in self._conversations(one["id"]):
                    told = {name: said[name] for name in ("incoming", "private", "source")}
                    self._add(numbers[0], said["user_id"], said["body"], **told)
                self._put(one | {"status": 5})
        return Response(status_code=200)

    async def reply(self, request: Request) -> Response:
        return await self._written(request, private=False)

    async def note(self, request: Request) -> Response:
        return await self._written(request, private=True)

    async def _written(self, request: Request, *, private: bool) -> Response:
        if refused := self._refused(request):
            return refused
        asked = await request.json()
        if not asked.get("body"):
            return _invalid("body", "It should be a/an String", "missing_field")
        number, private = request.path_params["id"], private and asked.get("private", True)
        with self.store.change():
            if self.store.get("ticket", str(number)) is None:
                return Response(status_code=404)
            source = 2 if private else 0
            made = self._add(number, OWN_AGENT, asked["body"], incoming=False, private=private, source=source)
            return Answer(made, 201)

    # -- inside -------------------------------------------------------------------------------------

    def _refused(self, request: Request) -> Response | None:
        """Calls that are refused count as well."""
        minute = self.clock().replace(second=0, microsecond=0)
        self._calls = (minute, 1 + (self._calls[1] if self._calls[0] == minute else 0))
        if self.limit is not None and self._calls[1] > self.limit:
            wait = 60 - self.clock().second
            return Answer({"message": "You have exceeded the limit"}, 429, {"retry-after": str(wait)})
        basic = base64.b64encode(f"{KEY}:X".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            told = {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."}
            return Answer(told, 401)
        return None

    def _one(self, kind: str, request: Request) -> Response:
        found = self.store.get(kind, str(request.path_params["id"]))
        return Answer(found) if found else Response(status_code=404)

    def _paged(self, request: Request, every: list[Json]) -> Response:
        number, size = int(request.query_params.get("page", "1")), int(request.query_params.get("per_page", "30"))
        if not (1 <= size <= 100 and 1 <= number <= 300):
            return _invalid("per_page", "It should be between 1 and 100", "invalid_value")
        part, more = every[(number - 1) * size : number * size], len(every) > number * size
        params = {**request.query_params, "page": str(number + 1)}
        link = {"link": f'<{self.server}{request.url.path}?{urlencode(params)}>; rel="next"'} if more else {}
        return Answer(part, 200, link)

    def _requester(self, email: str, name: str = "") -> Json:
        """Whoever writes from an address that nobody has becomes a contact who has not shown that it is theirs."""
        if found := self.store.named("contact", email.lower()):
            return found[0]
        id = 1000 + self.store.count("contact")
        contact = self._contact(id, name or email.partition("@")[0], email.lower(), active=False)
        self.store.put([("contact", str(id), "", email.lower(), 0, contact)])
        return contact

    def _contact(self, id: int, name: str, email: str, *, active: bool) -> Json:
        return {
            "id": id,
            "name": name,
            "email": email,
            "phone": None,
            "mobile": None,
            "active": active,
            "company_id": None,
            "other_emails": [],
            "custom_fields": {},
            "created_at": self._stamp(),
            "updated_at": self._stamp(),
        }

    def _open(
        self,
        contact: Json,
        subject: str,
        page: str,
        source: int,
        asked: Json | None = None,
        files: Sequence[Upload] = (),
    ) -> int:
        number, asked = 1 + self.store.count("ticket"), asked or {}
        ticket = {
            "id": number,
            "subject": subject,
            "description": page,
            "description_text": _folded(page),
            "status": asked.get("status", 2),
            "priority": asked.get("priority", 1),
            "source": source,
            "type": None,
            "requester_id": contact["id"],
            "responder_id": None,
            "group_id": None,
            "tags": list(asked.get("tags", [])),
            "custom_fields": dict(asked.get("custom_fields", {})),
            "spam": False,
            "fr_due_by": _written(self.clock() + FIRST_ANSWER),
            "due_by": _written(self.clock() + SOLUTION),
            "attachments": self._attached(files),
            "created_at": self._stamp(),
            "updated_at": self._stamp(),
        }
        self.store.put([("ticket", str(number), "", "", number, ticket)])
        return number

    def _add(
        self,
        number: int,
        user: int,
        page: str,
        *,
        incoming: bool,
        private: bool,
        source: int,
        files: Sequence[Upload] = (),
    ) -> Json:
        id, place = 9000 + self.store.count("conversation"), len(self._conversations(number))
        conversation = {
            "id": id,
            "body": page,
            "body_text": _folded(page),
            "incoming": incoming,
            "private": private,
            "user_id": user,
            "ticket_id": number,
            "source": source,
            "attachments": self._attached(files),
            "created_at": self._stamp(),
            "updated_at": self._stamp(),
        }
        self.store.put([("conversation", str(id), str(number), "", place, conversation)])
        ticket = self.store.get("ticket", str(number))
        assert ticket is not None
        self._put(ticket)
        return conversation

    def _attached(self, files: Sequence[Upload]) -> list[Json]:
        return [
            {
                "id": id,
                "name": one.name,
                "content_type": one.type,
                "size": one.told,
                "attachment_url": f"{FILES}/data/helpdesk/attachments/{id}?signature=twin",
                "created_at": self._stamp(),
                "updated_at": self._stamp(),
            }
            for id, one in keep(self.store, files)
        ]

    def _put(self, ticket: Json) -> None:
        """Changes within one second have the same time."""
        ticket["updated_at"] = self._stamp()
        self.store.put([("ticket", str(ticket["id"]), "", "", ticket["id"], ticket)])

    def _conversations(self, number: int) -> list[Json]:
        return self.store.owned("conversation", str(number))[::-1]

    def _stamp(self) -> str:
        return _written(self.clock())


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _unfit(asked: Json) -> Response | None:
    for name, known in (("status", STATUSES), ("priority", PRIORITIES)):
        if asked.get(name) is not None and asked[name] not in known:
            return _invalid(name, f"It should be one of these values: {known}", "invalid_value")
    for tag in asked.get("tags") or ():
        if len(tag) > 32 or "," in tag:
            return _invalid("tags", "It should be a list of tags of at most 32 characters", "invalid_value")
    return None


def _invalid(field: str, message: str, code: str) -> Response:
    errors = [{"field": field, "message": message, "code": code}]
    return Answer({"description": "Validation failed", "errors": errors}, 400)


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _folded(page: str) -> str:
    """The plain form that Freshdesk makes: one line."""
    return " ".join(to_text(page).split())
