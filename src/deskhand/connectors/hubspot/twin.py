"""A small stand-in of HubSpot: contacts, companies, deals, notes and tasks, scopes, and a search that lags behind."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import Row, TwinStore
from deskhand.connectors.hubspot.client import OBJECTS, OWNERS, TOKEN
from deskhand.connectors.hubspot.twin_world import object_of, rows_of
from deskhand.connectors.world import World

Json = dict[str, Any]
READING = {kind: f"crm.objects.{kind}.read" for kind in ("contacts", "companies", "deals", "owners")}
READING |= dict.fromkeys(("notes", "tasks"), READING["contacts"])
WRITING = "crm.objects.contacts.write"
LINKS = {"notes": ("note_to_contact", 202), "tasks": ("task_to_contact", 204), "deals": ("contact_to_deal", 4)}
NUMBERS = {"hs_searchable_calculated_phone_number": "phone", "hs_searchable_calculated_mobile_number": "mobilephone"}
SETTABLE = ("phone", "mobilephone", "jobtitle", "customer_tier")
LONGEST = 65_536
KEY = "pat-twin"


class Refusal(Exception):
    def __init__(self, status: int, category: str, **context: list[str]):
        told: Json = {"status": "error", "category": category, "message": category.capitalize()}
        self.status, self.body = status, told | {"correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf"}
        self.body |= {"context": context} if context else {}


class HubspotTwin:
    """`app` answers as HubSpot would, with the state in the file `path`.

    `page`: objects, or ids, of one answer at most. `lag`: seconds until a search sees a change. `scopes`: of our key.
    `locked`: objects that HubSpot itself is working on. `tells_scopes`: what a key of this kind may.
    """

    def __init__(
        self, path: str, clock: Callable[[], datetime], server: str = "https://twin.hubapi.com", page: int = 100
    ):
        self.store, self.clock, self.server, self.page = TwinStore(path), clock, server, page
        self.secrets: Mapping[str, str] = {"hubspot_key": KEY}
        self.scopes, self.locked, self.lag = {*READING.values(), WRITING}, set[str](), 10
        self.tells_scopes = True
        self.app = Starlette(
            routes=[
                Route(TOKEN, self.token, methods=["POST"]),
                Route(f"{OWNERS}/{{id}}", self.owner),
                Route(f"{OBJECTS}/contacts/search", self.search, methods=["POST"]),
                Route(f"{OBJECTS}/{{kind}}", self.listed),
                Route(f"{OBJECTS}/{{kind}}", self.create, methods=["POST"]),
                Route(f"{OBJECTS}/{{kind}}/batch/read", self.batch, methods=["POST"]),
                Route(f"{OBJECTS}/{{kind}}/{{id}}", self.show),
                Route(f"{OBJECTS}/{{kind}}/{{id}}", self.change, methods=["PATCH"]),
                Route(f"{OBJECTS}/contacts/{{id}}/associations/{{to}}", self.linked),
            ],
            exception_handlers={Refusal: refused},
        )

    def seeded(self) -> bool:
        return self.store.count("contacts") > 0

    def seed(self, world: World) -> None:
        with self.store.change():
            self.store.put(rows_of(world, self.clock()))

    def entries(self, contact: str) -> list[Json]:
        """Notes and tasks on this contact."""
        return [one for kind in ("notes", "tasks") for one in self.store.owned(kind, contact)]

    def move(self, contact: str, **properties: str) -> None:
        """An agent changes a contact by hand; a search does not know it yet."""
        with self.store.change():
            self._set(self._row("contacts", contact), properties)

    # -- the API --------------------------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        if not self.tells_scopes or (await request.json()).get("tokenKey") != KEY:
            raise Refusal(404, "OBJECT_NOT_FOUND")
        return _Ascii({"userId": 1, "hubId": 4200, "appId": 7, "scopes": sorted(self.scopes)})

    async def owner(self, request: Request) -> Response:
        self._may(request, READING["owners"])
        return _Ascii(self._row("owners", request.path_params["id"])[5])

    async def listed(self, request: Request) -> Response:
        kind = self._kind(request)
        limit = int(request.query_params.get("limit", "10"))
        return _Ascii({"results": self.store.every(kind, limit)})

    async def show(self, request: Request) -> Response:
        kind, id = self._kind(request), request.path_params["id"]
        told = _with(self._row(kind, id)[5], request.query_params.get("properties", ""))
        links = [one for one in request.query_params.get("associations", "").split(",") if one in LINKS]
        if links and kind == "contacts":
            pages = {to: self._links(request, id, to, 0) for to in links}
            told["associations"] = {to: page for to, page in pages.items() if page["results"]}
        return _Ascii(told)

    async def linked(self, request: Request) -> Response:
        self._may(request, READING["contacts"])
        id, to = request.path_params["id"], request.path_params["to"]
        return _Ascii(
            self._links(request, self._row("contacts", id)[1], to, int(request.query_params.get("after", "0")))
        )

    async def search(self, request: Request) -> Response:
        self._may(request, READING["contacts"])
        asked = await request.json()
        self._catch_up()
        found = {one["id"]: one for group in asked["filterGroups"] for one in self._fitting(group["filters"])}
        start, some = int(asked["after"] or "0"), list(found.values())
        end = start + min(asked["limit"], self.page)
        part = some[start:end]
        page: Json = {"total": len(some), "results": [_with(one, ",".join(asked["properties"])) for one in part]}
        if end < len(some):
            page["paging"] = {"next": {"after": str(end)}}
        return _Ascii(page)

    async def batch(self, request: Request) -> Response:
        """207 with the errors beside the results, when some are not there."""
        kind, asked = self._kind(request), await request.json()
        rows = {one["id"]: self.store.get(kind, one["id"]) for one in asked["inputs"]}
        absent = [id for id, one in rows.items() if one is None]
        wanted = ",".join(asked["properties"])
        at = self._stamp()
        told: Json = {"status": "COMPLETE", "startedAt": at, "completedAt": at}
        told["results"] = [_with(one, wanted) for one in rows.values() if one]
        if not absent:
            return _Ascii(told)
        error = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "not found", "context": {"ids": absent}}
        return _Ascii(told | {"numErrors": 1, "errors": [error | {"errors": [], "links": {}}]}, 207)

    async def create(self, request: Request) -> Response:
        """The same request twice makes two."""
        kind, asked = self._kind(request, WRITING), await request.json()
        wanted = [(one["to"]["id"], one["types"][0]["associationTypeId"]) for one in asked["associations"]]
        if kind not in ("notes", "tasks") or not asked["properties"].get("hs_timestamp"):
            raise Refusal(400, "VALIDATION_ERROR")
        if any(len(value) > LONGEST for value in asked["properties"].values()):
            raise Refusal(400, "VALIDATION_ERROR")
        with self.store.change():
            if len(wanted) != 1 or wanted[0][1] != LINKS[kind][1] or not self.store.get("contacts", wanted[0][0]):
                raise Refusal(400, "VALIDATION_ERROR")
            contact = self._row("contacts", wanted[0][0])[1]
            if contact in self.locked:
                raise Refusal(423, "RESOURCE_LOCKED")
            now = int(self.clock().timestamp())
            id = str(200_001 + self.store.count("notes") + self.store.count("tasks"))
            made = object_of(id, asked["properties"], now)
            self.store.put([(kind, id, contact, "", now, made)])
        return _Ascii(made, 201)

    async def change(self, request: Request) -> Response:
        kind, asked = self._kind(request, WRITING), (await request.json())["properties"]
        if kind != "contacts" or set(asked) - set(SETTABLE) or any(len(one) > LONGEST for one in asked.values()):
            raise Refusal(400, "VALIDATION_ERROR")
        with self.store.change():
            row = self._row(kind, request.path_params["id"])
            if row[1] in self.locked:
                raise Refusal(423, "RESOURCE_LOCKED")
            return _Ascii(self._set(row, asked))

    # -- inside ---------------------------------------------------------------------------------------

    def _may(self, request: Request, scope: str) -> None:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            raise Refusal(401, "INVALID_AUTHENTICATION")
        if scope not in self.scopes:
            raise Refusal(403, "MISSING_SCOPES", requiredGranularScopes=[scope])

    def _kind(self, request: Request, scope: str = "") -> str:
        kind = str(request.path_params["kind"])
        self._may(request, scope or READING.get(kind, ""))
        if kind not in READING or kind == "owners":
            raise Refusal(404, "OBJECT_NOT_FOUND")
        return kind

    def _row(self, kind: str, id: str) -> Row:
        row = self.store.row(kind, id)
        if row is None:
            raise Refusal(404, "OBJECT_NOT_FOUND")
        return row

    def _set(self, row: Row, asked: Mapping[str, str]) -> Json:
        """A search sees it once the index has caught up."""
        body = row[5] | {"properties": row[5]["properties"] | asked, "updatedAt": self._stamp()}
        email = str(body["properties"]["email"]).lower()
        self.store.put([(*row[:3], email, row[4], body)])
        due = int(self.clock().timestamp()) + self.lag
        self.store.put([("pending", row[1], "waiting", "", due, {"contact": row[1]})])
        return body

    def _catch_up(self) -> None:
        now = int(self.clock().timestamp())
        with self.store.change():
            for waiting in self.store.owned("pending", "waiting"):
                row = self._row("pending", waiting["contact"])
                if row[4] > now:
                    continue
                contact = self._row("contacts", waiting["contact"])
                self.store.put([("indexed", *contact[1:]), ("pending", row[1], "done", "", row[4], row[5])])

    def _fitting(self, filters: list[Json]) -> list[Json]:
        """Of the index. Only the two questions that we ask are understood."""
        match filters:
            case [{"propertyName": "email", "operator": "EQ", "value": str(value)}]:
                return self.store.named("indexed", value.lower())
            case [{"propertyName": name, "operator": "CONTAINS_TOKEN", "value": str(value)}] if name in NUMBERS:
                ends, own = value.removeprefix("*"), NUMBERS[name]
                return [one for one in self.store.every("indexed", 100_000) if _digits(one, own).endswith(ends)]
            case _:
                raise Refusal(400, "VALIDATION_ERROR")

    def _links(self, request: Request, contact: str, to: str, start: int) -> Json:
        if to not in LINKS:
            raise Refusal(400, "VALIDATION_ERROR")
        self._may(request, READING[to])
        ids, end = [one["id"] for one in self.store.owned(to, contact)], start + self.page
        page: Json = {"results": [{"id": id, "type": LINKS[to][0]} for id in ids[start:end]]}
        return page | ({"paging": {"next": {"after": str(end)}}} if end < len(ids) else {})

    def _stamp(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")


class _Ascii(JSONResponse):
    """Half of a surrogate pair cannot be put on the wire otherwise."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


def _with(body: Json, wanted: str) -> Json:
    """An object with those of its properties that were asked for; what it does not have is null."""
    return body | {"properties": {name: body["properties"].get(name) for name in wanted.split(",") if name}}


def _digits(body: Json, name: str) -> str:
    return re.sub(r"[^0-9]", "", body["properties"].get(name) or "")


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _Ascii(error.body, error.status)
