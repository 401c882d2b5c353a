"""A small stand-in of Salesforce: contacts, accounts, deals and tasks, sessions that end, and one record for a key."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import Row, TwinStore
from deskhand.connectors.salesforce.client import BASE
from deskhand.connectors.salesforce.marks import KEY_FIELD
from deskhand.connectors.salesforce.twin_soql import Malformed, Query, parse
from deskhand.connectors.salesforce.twin_world import id_of, rows_of
from deskhand.connectors.world import World

Json = dict[str, Any]
RELATED = {"Account": ("Account", "AccountId"), "Owner": ("User", "OwnerId")}
ON_CONTACT = (
    "Id Name Email Phone MobilePhone Title CreatedDate SystemModstamp AccountId OwnerId Tier__c Flagged__c Stripe_Id__c"
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "Contact": tuple(ON_CONTACT.split()),
    "Account": ("Id", "Name", "Subscription_Status__c", "Health__c"),
    "User": ("Id", "Name"),
    "Opportunity": tuple("Id Name StageName Amount CurrencyIsoCode CloseDate AccountId IsClosed CreatedDate".split()),
    "Task": ("Id", "WhoId", "OwnerId", "Subject", "Description", "Status", "ActivityDate", KEY_FIELD),
}
SETTABLE: Mapping[str, tuple[str, ...]] = {
    "Contact": ("Phone", "MobilePhone", "Title", "Tier__c"),
    "Task": FIELDS["Task"][1:-1],
}
LONGEST = {"Title": 128, "Phone": 40, "MobilePhone": 40, "Subject": 255, "Description": 32_000}


class Refusal(Exception):
    def __init__(self, status: int, code: str):
        self.status, self.body = status, [{"errorCode": code, "message": code.capitalize()}]


class SalesforceTwin:
    """`app` answers as Salesforce would, with the state in the file `path`.

    `page`: records of one answer. `spent`: the day's calls are used up. `deletes`: our user
    may. `locked`: records that somebody is saving.
    """

    def __init__(
        self, path: str, clock: Callable[[], datetime], server: str = "https://twin.my.salesforce.com", page: int = 2000
    ):
        self.store, self.clock, self.server, self.page = TwinStore(path), clock, server, page
        self.secrets: Mapping[str, str] = {
            "salesforce_client_id": "twin-client",
            "salesforce_client_secret": "twin-secret",
        }
        self.sessions, self.given = set[str](), 0
        self.spent, self.deletes, self.locked = False, False, set[str]()
        self.app = Starlette(
            routes=[
                Route("/services/oauth2/token", self.token, methods=["POST"]),
                Route(f"{BASE}/query", self._known(self.query)),
                Route(f"{BASE}/query/{{locator}}", self._known(self.more)),
                Route(f"{BASE}/sobjects/{{kind}}/describe", self._known(self.describe)),
                Route(f"{BASE}/sobjects/{{kind}}/{{id}}", self._known(self.show)),
                Route(f"{BASE}/sobjects/{{kind}}/{{id}}", self._known(self.change), methods=["PATCH"]),
                Route(f"{BASE}/sobjects/Task/{KEY_FIELD}/{{key}}", self._known(self.keyed)),
                Route(f"{BASE}/sobjects/Task/{KEY_FIELD}/{{key}}", self._known(self.upsert), methods=["PATCH"]),
            ],
            exception_handlers={Refusal: refused},
        )

    def seeded(self) -> bool:
        return self.store.count("Contact") > 0

    def seed(self, world: World) -> None:
        with self.store.change():
            self.store.put(rows_of(world, self.clock()))

    def end_sessions(self) -> None:
        """Every token given out so far is worth nothing."""
        self.sessions.clear()

    def tasks(self, contact: str) -> list[Json]:
        """Notes and tasks on this contact."""
        return self.store.owned("Task", contact)

    # -- the API --------------------------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        asked = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        own = {"client_id": "salesforce_client_id", "client_secret": "salesforce_client_secret"}
        if any(asked.get(field) != self.secrets[name] for field, name in own.items()):
            return _Ascii({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
        self.given += 1
        token = f"twin-session-{self.given}"
        self.sessions.add(token)
        told = {"access_token": token, "instance_url": self.server, "token_type": "Bearer", "scope": "api"}
        return _Ascii(told | {"id": f"{self.server}/id/00D/005", "issued_at": "1795510800000", "signature": "s"})

    async def query(self, request: Request) -> Response:
        soql = request.query_params.get("q", "")
        try:
            query = parse(soql)
        except Malformed:
            raise Refusal(400, "MALFORMED_QUERY") from None
        return self._page(query, soql, 0)

    async def more(self, request: Request) -> Response:
        cursor = self.store.get("cursor", request.path_params["locator"])
        if cursor is None:
            raise Refusal(400, "INVALID_QUERY_LOCATOR")
        return self._page(parse(cursor["soql"]), cursor["soql"], cursor["start"])

    async def describe(self, request: Request) -> Response:
        kind = self._kind(request)
        fields = [
            {
                "name": name,
                "type": "string",
                "externalId": name == KEY_FIELD,
                "unique": name == KEY_FIELD,
                "updateable": name in SETTABLE.get(kind, ()),
                "createable": name in (*SETTABLE.get(kind, ()), KEY_FIELD),
            }
            for name in FIELDS[kind]
        ]
        return _Ascii({"name": kind, "label": kind, "deletable": self.deletes, "fields": fields})

    async def show(self, request: Request) -> Response:
        kind, wanted = self._kind(request), request.query_params.get("fields", "")
        names = wanted.split(",") if wanted else list(FIELDS[kind])
        return _Ascii(self._told(kind, self._row(kind, request.path_params["id"])[5], names))

    async def change(self, request: Request) -> Response:
        kind = self._kind(request)
        asked = self._sound(kind, await request.json())
        with self.store.change():
            row = self._row(kind, request.path_params["id"])
            if row[1] in self.locked:
                raise Refusal(400, "UNABLE_TO_LOCK_ROW")
            self.store.put([(*row[:5], row[5] | asked | {"SystemModstamp": self._stamp()})])
        return Response(status_code=204)

    async def keyed(self, request: Request) -> Response:
        found = self.store.named("Task", request.path_params["key"])
        if not found:
            raise Refusal(404, "NOT_FOUND")
        return _Ascii(self._told("Task", found[0], list(FIELDS["Task"])))

    async def upsert(self, request: Request) -> Response:
        """The key stands in the address, and not in the body once more."""
        asked, key = self._sound("Task", await request.json()), request.path_params["key"]
        if len(key) > 64:
            raise Refusal(400, "STRING_TOO_LONG")
        with self.store.change():
            contact = self.store.row("Contact", str(asked.get("WhoId")))
            if contact is None:
                raise Refusal(400, "FIELD_INTEGRITY_EXCEPTION")
            if contact[1] in self.locked:
                raise Refusal(400, "UNABLE_TO_LOCK_ROW")
            there = self.store.named("Task", key)
            id = there[0]["Id"] if there else id_of("00T", self.store.count("Task"))
            blank = dict.fromkeys(FIELDS["Task"]) | {"Id": id, KEY_FIELD: key}
            body = (there[0] if there else blank) | asked
            self.store.put([("Task", id, contact[1], key, self._now(), body)])
        saved: Json = {"id": id, "success": True, "errors": [], "created": not there}
        return _Ascii(saved, 200 if there else 201)

    # -- inside ---------------------------------------------------------------------------------------

    def _known(self, answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def checked(request: Request) -> Response:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            if token not in self.sessions:
                raise Refusal(401, "INVALID_SESSION_ID")
            if self.spent:
                raise Refusal(403, "REQUEST_LIMIT_EXCEEDED")
            answered: Response = await answer(request)
            return answered

        return checked

    def _page(self, query: Query, soql: str, start: int) -> Response:
        found = self._found(query)
        part, end = found[start : start + self.page], start + self.page
        records = [self._told(query.kind, one, query.fields) for one in part]
        body: Json = {"totalSize": len(found), "done": end >= len(found), "records": records}
        if not body["done"]:
            locator = f"01g{self.store.count('cursor'):012d}-{end}"
            self.store.put([("cursor", locator, "", "", 0, {"soql": soql, "start": end})])
            body["nextRecordsUrl"] = f"{BASE}/query/{locator}"
        return _Ascii(body)

    def _found(self, query: Query) -> list[Json]:
        if query.kind not in FIELDS:
            raise Refusal(400, "INVALID_TYPE")
        first = query.tests[0]
        match (query.every, first.field):
            case (True, "Id"):
                one = self.store.get(query.kind, str(first.value))
                some = [one] if one else []
            case (True, "Email"):
                some = self.store.named(query.kind, str(first.value).lower())
            case (True, "AccountId"):
                some = self.store.owned(query.kind, str(first.value))
            case _:
                some = self.store.every(query.kind, 100_000)
        for test in query.tests:
            if test.field not in FIELDS[query.kind]:
                raise Refusal(400, "INVALID_FIELD")
        hold = all if query.every else any
        return [one for one in some if hold(test.holds(one) for test in query.tests)]

    def _told(self, kind: str, body: Json, names: list[str] | tuple[str, ...]) -> Json:
        """The record as it is answered, with what stands in records that it points to."""
        told: Json = {"attributes": {"type": kind, "url": f"{BASE}/sobjects/{kind}/{body['Id']}"}}
        for name in names:
            of, _, field = name.rpartition(".")
            if not of:
                if name not in FIELDS[kind]:
                    raise Refusal(400, "INVALID_FIELD")
                told[name] = body.get(name)
                continue
            other, by = RELATED.get(of, ("", ""))
            if kind != "Contact" or field not in FIELDS.get(other, ()):
                raise Refusal(400, "INVALID_FIELD")
            there = self.store.get(other, str(body[by])) if body[by] else None
            inner = told.get(of) or {"attributes": {"type": other}}
            told[of] = inner | {field: there.get(field)} if there else None
        return told

    def _sound(self, kind: str, asked: Any) -> Json:
        if not isinstance(asked, dict) or set(asked) - set(SETTABLE.get(kind, ())):
            raise Refusal(400, "INVALID_FIELD_FOR_INSERT_UPDATE")
        if any(len(str(value)) > LONGEST.get(name, 10_000) for name, value in asked.items()):
            raise Refusal(400, "STRING_TOO_LONG")
        return asked

    def _kind(self, request: Request) -> str:
        kind = str(request.path_params["kind"])
        if kind not in FIELDS:
            raise Refusal(404, "NOT_FOUND")
        return kind

    def _row(self, kind: str, id: str) -> Row:
        row = self.store.row(kind, id)
        if row is None:
            raise Refusal(404, "NOT_FOUND")
        return row

    def _now(self) -> int:
        return int(self.clock().timestamp())

    def _stamp(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000+0000")


class _Ascii(JSONResponse):
    """Half of a surrogate pair cannot be put on the wire otherwise."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _Ascii(error.body, error.status)
