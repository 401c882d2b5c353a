"""A small stand-in of Zendesk Support: keeps tickets, versions and promises, and knocks at doors with signed events."""

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_files import Upload, keep, sent, signed_in
from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.world import World
from deskhand.connectors.zendesk.twin_guide import GuideTwin

Json = dict[str, Any]
OWN_USER = 1
TOKEN = "twin-token"
SECRET = "twin-webhook-secret"
CLIENT = ("client_credentials", "twin-client", "twin-client-secret")
BASIC = ("assistant@lumen.example/token", "twin-api-token")
FILES = "https://twin.zdusercontent.example"  # where Zendesk's own addresses of files lead


class Answer(JSONResponse):
    """In ASCII: half of a surrogate pair, which a customer may well send, cannot be put on the wire otherwise."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


CLOSED = {
    "error": "RecordInvalid",
    "details": {"status": [{"description": "Status: closed prevents ticket update"}]},
}
SETTABLE = ("status", "tags", "priority", "group_id", "assignee_id")


class ZendeskTwin:
    """`app` answers as Zendesk would, with the state in the file `path`. `known` names a requester by address.

    `late`: what Zendesk does after it has answered is not done before `catch_up`."""

    secrets: Mapping[str, str] = {
        "zendesk_token": TOKEN,
        "zendesk_user": str(OWN_USER),
        "zendesk_webhook_secret": SECRET,
    }

    def __init__(self, path: str, clock: Callable[[], datetime], server: str = "https://twin.zendesk.com"):
        self.store, self.clock, self.server = TwinStore(path), clock, server
        self.jobs: list[Callable[[], None]] = []
        self.late = False
        self.guide = GuideTwin(self.store, clock, server, self._answer)
        self.app = Starlette(
            routes=[
                *self.guide.routes,
                Route("/oauth/tokens", self.token, methods=["POST"]),
                Route("/api/v2/search", self.search),
                Route("/api/v2/incremental/tickets/cursor", self.changed),
                Route("/api/v2/users/me", self.me),
                Route("/api/v2/users/{id:int}", self.user),
                Route("/api/v2/users/{id:int}/identities", self.identities),
                Route("/api/v2/tickets", self.listed),
                Route("/api/v2/tickets", self.create, methods=["POST"]),
                Route("/api/v2/tickets/{id:int}", self.show),
                Route("/api/v2/tickets/{id:int}", self.update, methods=["PUT"]),
                Route("/api/v2/tickets/{id:int}/comments", self.comments),
                Route("/api/v2/tickets/{id:int}/merge", self.merge, methods=["POST"]),
                Route("/api/v2/tickets/{id:int}/tags", self.tag, methods=["PUT", "DELETE"]),
                Route("/attachments/token/{id:int}/", self.attachment),
                Route("/attachment/{id:int}", self.stored),
            ]
        )

    def seeded(self) -> bool:
        return self.store.count("user") > 0

    def seed(self, world: World) -> None:
        """Every customer of the made-up company is a user with a verified address."""
        people = ((1000 + place, one.name, one.email) for place, one in enumerate(world.people))
        users = [("user", str(id), "", email, 0, user_of(id, name, email)) for id, name, email in people]
        own = (
            "user",
            str(OWN_USER),
            "",
            "assistant@lumen.example",
            0,
            user_of(OWN_USER, "Assistant", "assistant@lumen.example", role="agent"),
        )
        with self.store.change():
            self.store.put([own, *users])

    # -- the customer's side ------------------------------------------------------------------------

    def receive(
        self,
        email: str,
        text: str,
        ticket: int | None = None,
        *,
        flags: Sequence[int] = (),
        agent: int = 0,
        files: Sequence[Upload] = (),
    ) -> tuple[dict[str, str], bytes]:
        """A customer writes, on a new ticket or on theirs: the headers and the body of the signed event about it.

        `flags` stand beside the comment where Zendesk doubts it; `agent` opens the ticket in the customer's name.
        """
        with self.store.change():
            user = self._requester(email)
            number = ticket or self._open(user, text, agent or user["id"])
            comment = self._add(number, user["id"], text, public=True, flags=flags, files=files)
            body = self._event(number, comment, user)
        return self.signed(body)

    def verify(self, email: str) -> None:
        """Whoever has this address opened the link that Zendesk sent to it."""
        with self.store.change():
            user = self._requester(email) | {"verified": True}
            self.store.put([("user", str(user["id"]), "", email.lower(), 0, user)])

    def signed(self, body: bytes, stamp: datetime | None = None) -> tuple[dict[str, str], bytes]:
        """The headers that make this body a delivery of ours."""
        at = (stamp or self.clock()).isoformat(timespec="milliseconds")
        signature = base64.b64encode(hmac.digest(SECRET.encode(), at.encode() + body, "sha256")).decode()
        names = ("x-zendesk-webhook-signature-timestamp", "x-zendesk-webhook-signature")
        return dict(zip(names, (at, signature), strict=True)) | {
            "x-zendesk-webhook-invocation-id": secrets.token_hex(12),
            "content-type": "application/json",
        }, body

    def resolve(self, number: int, text: str, agent: int = 2) -> None:
        """An agent answers, and the ticket is solved."""
        with self.store.change():
            name = f"Agent {agent}"
            self.store.put(
                [("user", str(agent), "", "", 0, user_of(agent, name, f"{agent}@agents.example", role="agent"))]
            )
            self._add(number, agent, text, public=True)
            ticket = self.store.get("ticket", str(number))
            assert ticket is not None
            ticket["status"] = "solved"
            self._put(ticket)

    def annotate(self, number: int, text: str, agent: int = 2, *, public: bool = False) -> None:
        """An agent writes, and leaves the state as it is."""
        with self.store.change():
            user = user_of(agent, f"Agent {agent}", f"{agent}@agents.example", role="agent")
            self.store.put([("user", str(agent), "", "", 0, user)])
            self._add(number, agent, text, public=public)

    def said(self, number: int, *, public: bool) -> list[str]:
        """Every comment of the ticket that customers may read, or may not, oldest first."""
        return [one["body"] for one in self._comments(number) if one["public"] == public]

    def replies(self, number: int) -> list[Json]:
        """What was written on the ticket by us, oldest first."""
        return [one for one in self._comments(number) if one["author_id"] == OWN_USER]

    # -- the API --------------------------------------------------------------------------------------

    async def me(self, request: Request) -> Response:
        return self._answer(request, lambda: {"user": self.store.get("user", str(OWN_USER))})

    async def user(self, request: Request) -> Response:
        return self._answer(request, lambda: self._one("user", request))

    async def identities(self, request: Request) -> Response:
        def found() -> Json | None:
            user = self.store.get("user", str(request.path_params["id"]))
            if user is None:
                return None
            known = {"user_id": user["id"], "type": "email", "value": user["email"], "primary": True}
            return {"identities": [known | {"id": 500_000 + user["id"], "verified": user["verified"]}]}

        return self._answer(request, found)

    async def show(self, request: Request) -> Response:
        return self._answer(request, lambda: self._one("ticket", request))

    async def comments(self, request: Request) -> Response:
        def found() -> Json | None:
            number = request.path_params["id"]
            if self.store.get("ticket", str(number)) is None:
                return None
            comments = self._comments(number)
            start, size = (
                int(request.query_params.get("page[after]", "0")),
                int(request.query_params.get("page[size]", "100")),
            )
            part, more = comments[start : start + size], len(comments) > start + size
            users = {str(one["author_id"]) for one in part}
            return {
                "comments": part,
                "users": [user for id in sorted(users) if (user := self.store.get("user", id))],
                "meta": {"has_more": more, "after_cursor": str(start + size) if more else None, "before_cursor": None},
            }

        return self._answer(request, found)

    async def attachment(self, request: Request) -> Response:
        """As where attachments are private: whoever is signed in is sent on to the store."""
        if not self._known(request):
            return Response(status_code=403)
        id = request.path_params["id"]
        found = self.store.get("file", str(id))
        if found is None:
            return Response(status_code=404)
        return Response(status_code=302, headers={"location": f"{FILES}/attachment/{id}"})

    async def stored(self, request: Request) -> Response:
        """The store is somebody else's machine: whoever signs in there has told it a secret."""
        return Response(status_code=400) if signed_in(request) else sent(self.store, request.path_params["id"])

    async def search(self, request: Request) -> Response:
        """Of tickets that are solved, the newest first: no other search is understood."""

        def found() -> Json | None:
            asked = {name: request.query_params.get(name) for name in ("query", "sort_by", "sort_order")}
            if asked != {"query": "type:ticket status>=solved", "sort_by": "updated_at", "sort_order": "desc"}:
                return None
            solved = [one for one in self.store.every("ticket", 100_000) if one["status"] in ("solved", "closed")]
            solved.sort(key=lambda one: str(one["updated_at"]), reverse=True)
            page, size = int(request.query_params.get("page", "1")), int(request.query_params.get("per_page", "100"))
            return {"results": solved[(page - 1) * size : page * size], "count": len(solved)}

        return self._answer(request, found)

    async def listed(self, request: Request) -> Response:
        """By external id only: no other list is understood."""

        def found() -> Json | None:
            wanted = request.query_params.get("external_id")
            own = [one for one in self.store.every("ticket", 100_000) if one.get("external_id") == wanted]
            return {"tickets": own, "meta": {"has_more": False}} if wanted else None

        return self._answer(request, found)

    async def changed(self, request: Request) -> Response:
        """From a cursor on, the oldest change first. A cursor names the last change that it has seen."""

        def found() -> Json | None:
            cursor, size = request.query_params.get("cursor", ""), int(request.query_params.get("per_page", "1000"))
            begin = datetime.fromtimestamp(int(request.query_params.get("start_time", "0")), UTC)
            start = f"{begin:%Y-%m-%dT%H:%M:%SZ}/0"  # no ticket has the number 0: those of that second come, too
            stamp, _, number = (base64.b64decode(cursor).decode() if cursor else start).partition("/")
            every = [
                one
                for one in self.store.every("ticket", 100_000)
                if (one["updated_at"], one["id"]) > (stamp, int(number))
            ]
            every.sort(key=lambda one: (one["updated_at"], one["id"]))
            page = every[:size]
            last = f"{page[-1]['updated_at']}/{page[-1]['id']}" if page else f"{stamp}/{number}"
            after = base64.b64encode(last.encode()).decode()
            return {"tickets": page, "after_cursor": after, "end_of_stream": len(every) <= size}

        return self._answer(request, found)

    async def token(self, request: Request) -> Response:
        """A token for the client that this twin knows; others get none."""
        asked = await request.json()
        if (asked.get("grant_type"), asked.get("client_id"), asked.get("client_secret")) != CLIENT:
            return Answer({"error": "invalid_client"}, 401)
        return Answer({"access_token": TOKEN, "token_type": "bearer", "expires_in": 1800})

    async def create(self, request: Request) -> Response:
        """The same key and ticket get the first answer again; another ticket is refused."""
        if not self._known(request):
            return Answer({"error": "Couldn't authenticate you"}, 401)
        asked, key = (await request.json())["ticket"], request.headers.get("idempotency-key") or secrets.token_hex(8)
        if not asked.get("comment", {}).get("body") or not asked.get("requester", {}).get("email"):
            details = {"base": [{"description": "Description: cannot be blank", "error": "BlankValue"}]}
            return Answer({"error": "RecordInvalid", "details": details}, 422)
        with self.store.change():
            if before := self.store.answered(key):
                if before[0] != json.dumps(asked, sort_keys=True):
                    return Answer({"error": "IdempotentRequestError", "description": "Another request"}, 400)
                return Answer(before[2], before[1], {"x-idempotency-lookup": "hit"})
            user = self._requester(asked["requester"]["email"])
            number = self._open(user, asked.get("subject") or asked["comment"]["body"], OWN_USER)
            ticket = self.store.get("ticket", str(number))
            assert ticket is not None
            ticket |= {name: asked[name] for name in ("external_id", "tags", "priority") if name in asked}
            self._put(ticket)
            public, own = asked["comment"].get("public", True), asked.get("metadata")
            self._add(number, OWN_USER, asked["comment"]["body"], public=public, own=own)
            made = {"ticket": self.store.get("ticket", str(number))}
            self.store.answer(key, json.dumps(asked, sort_keys=True), 201, made)
        return Answer(made, 201, {"x-idempotency-lookup": "miss"})

    async def tag(self, request: Request) -> Response:
        if not self._known(request):
            return Answer({"error": "Couldn't authenticate you"}, 401)
        tags = (await request.json())["tags"]
        with self.store.change():
            ticket = self.store.get("ticket", str(request.path_params["id"]))
            if ticket is None:
                return Answer({"error": "RecordNotFound", "description": "Not found"}, 404)
            if ticket["status"] == "closed":
                return Answer(CLOSED, 422)
            others = [one for one in ticket["tags"] if one not in tags]
            ticket["tags"] = others if request.method == "DELETE" else others + tags
            self._put(ticket)
        return Response(status_code=204) if request.method == "DELETE" else Answer({"tags": ticket["tags"]})

    async def merge(self, request: Request) -> Response:
        """A job, which comes to nothing where a ticket is closed by then."""
        if not self._known(request):
            return Answer({"error": "Couldn't authenticate you"}, 401)
        asked, number = await request.json(), request.path_params["id"]
        with self.store.change():
            if self.store.get("ticket", str(number)) is None:
                return Answer({"error": "RecordNotFound", "description": "Not found"}, 404)
            self.jobs += [partial(self._merge, number, source, asked) for source in asked["ids"]]
        if not self.late:
            self.catch_up()
        id = secrets.token_hex(14)
        job = {"id": id, "url": f"{self.server}/api/v2/job_statuses/{id}.json", "status": "queued"}
        return Answer({"job_status": job | {"total": None, "progress": None, "message": None}})

    def catch_up(self) -> None:
        """Do what was only taken on."""
        while self.jobs:
            with self.store.change():
                self.jobs.pop(0)()

    async def update(self, request: Request) -> Response:
        if not self._known(request):
            return Answer({"error": "Couldn't authenticate you"}, 401)
        asked, number = (await request.json())["ticket"], request.path_params["id"]
        with self.store.change():
            ticket = self.store.get("ticket", str(number))
            if ticket is None:
                return Answer({"error": "RecordNotFound", "description": "Not found"}, 404)
            if asked.get("safe_update") and asked.get("updated_stamp") != ticket["updated_at"]:
                return Answer({"error": "UpdateConflict"}, 409)
            if ticket["status"] == "closed":
                return Answer(CLOSED, 422)
            ticket |= {name: asked[name] for name in SETTABLE if name in asked}
            held = {one["id"]: one for one in ticket.get("custom_fields", [])}
            ticket["custom_fields"] = list((held | {one["id"]: one for one in asked.get("custom_fields", [])}).values())
            self._put(ticket)
            if comment := asked.get("comment"):
                public, own = comment.get("public", True), asked.get("metadata")
                self._add(number, OWN_USER, comment["body"], public=public, own=own)
            return Answer({"ticket": self.store.get("ticket", str(number))})

    # -- inside -------------------------------------------------------------------------------------

    def _answer(self, request: Request, found: Callable[[], Json | None]) -> Response:
        if not self._known(request):
            return Answer({"error": "Couldn't authenticate you"}, 401)
        body = found()
        return Answer(body) if body else Answer({"error": "RecordNotFound", "description": "Not found"}, 404)

    def _known(self, request: Request) -> bool:
        basic = base64.b64encode(":".join(BASIC).encode()).decode()
        return request.headers.get("authorization") in (f"Bearer {TOKEN}", f"Basic {basic}")

    def _one(self, kind: str, request: Request) -> Json | None:
        found = self.store.get(kind, str(request.path_params["id"]))
        return {kind: found} if found else None

    def _merge(self, target: int, source: int, asked: Json) -> None:
        both = [self.store.get("ticket", str(one)) for one in (source, target)]
        if source == target or any(one is None or one["status"] == "closed" for one in both):
            return
        for name, number in (("source", source), ("target", target)):
            if text := asked.get(f"{name}_comment"):
                self._add(number, OWN_USER, text, public=asked.get(f"{name}_comment_is_public", False))
        ticket = self.store.get("ticket", str(source))
        assert ticket is not None
        ticket |= {"status": "closed", "tags": [*ticket["tags"], "closed_by_merge"]}
        self._put(ticket)

    def _requester(self, email: str) -> Json:
        """Whoever writes from an address that nobody has becomes a user whose address is not verified."""
        if found := self.store.named("user", email.lower()):
            return found[0]
        id = 1000 + self.store.count("user")
        user = user_of(id, email.partition("@")[0], email.lower(), verified=False)
        self.store.put([("user", str(id), "", email.lower(), 0, user)])
        return user

    def _open(self, user: Json, text: str, submitter: int) -> int:
        number = 1 + self.store.count("ticket")
        at = self._stamp()
        ticket = {
            "id": number,
            "url": f"{self.server}/api/v2/tickets/{number}.json",
            "created_at": at,
            "updated_at": at,
            "priority": "normal",
            "requester_id": user["id"],
            "submitter_id": submitter,
            "status": "new",
            "subject": " ".join(text.split())[:60] or "(no subject)",
            "tags": [],
            "via": {"channel": "email"},
        }
        self.store.put([("ticket", str(number), "", "", number, ticket)])
        return number

    def _add(
        self,
        number: int,
        author: int,
        text: str,
        *,
        public: bool,
        flags: Sequence[int] = (),
        files: Sequence[Upload] = (),
        own: Json | None = None,
    ) -> Json:
        ticket = self.store.get("ticket", str(number))
        assert ticket is not None
        id, place = 9000 + self.store.count("comment"), len(self._comments(number))
        comment = {
            "id": id,
            "type": "Comment",
            "author_id": author,
            "body": text,
            "plain_body": text,
            "public": public,
            "created_at": self._stamp(),
            "attachments": [self._attached(file, one) for file, one in keep(self.store, files)],
            "metadata": {"system": {}, "custom": own or {}, "flags": list(flags)},
        }
        self.store.put([("comment", str(id), str(number), "", place, comment)])
        self._put(ticket)
        return comment

    def _attached(self, id: int, one: Upload) -> Json:
        return {
            "id": id,
            "file_name": one.name,
            "content_url": f"{self.server}/attachments/token/{id}/?name=file",
            "content_type": one.type,
            "size": one.told,
            "inline": False,
            "malware_scan_result": "malware_not_found",
        }

    def _put(self, ticket: Json) -> None:
        """Every change has a version of its own, also within one second."""
        before = datetime.fromisoformat(ticket["updated_at"])
        now = self.clock().replace(microsecond=0)
        later = now if now > before else before.fromtimestamp(before.timestamp() + 1, before.tzinfo)
        ticket["updated_at"] = later.isoformat().replace("+00:00", "Z")
        self.store.put([("ticket", str(ticket["id"]), "", "", ticket["id"], ticket)])

    def _comments(self, number: int) -> list[Json]:
        return self.store.owned("comment", str(number))[::-1]

    def _stamp(self) -> str:
        return self.clock().isoformat(timespec="microseconds").replace("+00:00", "Z")

    def _event(self, number: int, comment: Json, user: Json) -> bytes:
        ticket = self.store.get("ticket", str(number))
        assert ticket is not None
        event = {
            "account_id": 1,
            "id": secrets.token_hex(13),
            "type": "zen:event-type:ticket.comment_added",
            "zendesk_event_version": "2022-11-06",
            "subject": f"zen:ticket:{number}",
            "time": self._stamp(),
            "event": {
                "comment": {
                    "id": str(comment["id"]),
                    "body": comment["body"],
                    "is_public": True,
                    "author": {"id": str(user["id"]), "is_staff": False},
                }
            },
            "detail": {
                "id": str(number),
                "subject": ticket["subject"],
                "status": "OPEN",
                "requester_id": str(ticket["requester_id"]),
                "via": {"channel": "email"},
            },
        }
        return json.dumps(event).encode()


def user_of(id: int, name: str, email: str, *, role: str = "end-user", verified: bool = True) -> Json:
    return {"id": id, "name": name, "email": email or None, "role": role, "verified": verified, "active": True}
