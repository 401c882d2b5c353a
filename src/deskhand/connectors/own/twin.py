"""A small stand-in of a company's own server: a shop's orders, a product's accounts, and a team's notice board.

It keeps state and idempotency keys, lists what was done under which key, and refuses what makes no sense.
"""

import json
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.own.twin_mcp import McpTwin, ToolRefused
from deskhand.connectors.world import World
from deskhand.domain.errors import DeskFault, Fault

Json = dict[str, Any]
TOKEN = "own-twin-token"
IN_THE_HOUSE = ("placed", "picking")
# What the shop's own database shows to those who may read it.
VIEWS = """
create view if not exists orders as select id as number, name as customer_email,
    json_extract(body, '$.status') as status, json_extract(body, '$.total') as total,
    json_extract(body, '$.currency') as currency, json_extract(body, '$.placed_at') as placed_at,
    json_extract(body, '$.shipped_at') as shipped_at, json_extract(body, '$.delivered_at') as delivered_at,
    json_extract(body, '$.parcel.number') as parcel, json_extract(body, '$.parcel.carrier_says') as carrier_says,
    json_extract(body, '$.parcel.last_scan_at') as last_scan_at, json_extract(body, '$.address') as address
    from object where kind = 'order';
create view if not exists order_items as select orders.number, orders.customer_email,
    json_extract(item.value, '$.sku') as sku, json_extract(item.value, '$.name') as name,
    json_extract(item.value, '$.state') as state
    from orders join object on object.kind = 'order' and object.id = orders.number,
    json_each(object.body, '$.items') as item;
"""


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str):
        self.status, self.body = status, {"error": {"code": code, "message": message}}


class OwnTwin:
    """`app` answers as the company's server would, with the state in the file `path`; at /mcp as an MCP server."""

    def __init__(self, path: str, clock: Callable[[], datetime]):
        self.store, self.clock = TwinStore(path), clock
        self.store.database.executescript(VIEWS)
        self.mcp = McpTwin(
            {
                "orders_of": (("email",), self.tool(lambda one: {"orders": self.orders_of(one["email"])})),
                "get_order": (("order",), self.tool(lambda one: self.found(one["order"]))),
                "order_events": (("order",), self.tool(lambda one: {"events": self.done(one["order"])})),
                "cancel_order": (("order", "reason", "key"), self.tool(self.cancel_by_tool)),
            }
        )
        order = "/orders/{id}"
        self.app = Starlette(
            routes=[
                Route(order, self.shown(self.order)),
                Route(f"{order}/items/{{sku}}", self.shown(self.one_item)),
                Route(f"{order}/events", self.shown(self.events)),
                Route(f"{order}/delivery", self.shown(self.delivery)),
                Route(f"{order}/cancel", self.once(self.cancel), methods=["POST"]),
                Route(f"{order}/returns", self.once(self.take_back), methods=["POST"]),
                Route(f"{order}/returns/{{event}}", self.once(self.withdraw), methods=["DELETE"]),
                Route(f"{order}/exchanges", self.once(self.exchange), methods=["POST"]),
                Route(f"{order}/shipments", self.once(self.ship_again), methods=["POST"]),
                Route(f"{order}/address", self.once(self.readdress), methods=["PUT"]),
                Route(f"{order}/vouchers", self.once(self.give_voucher), methods=["POST"]),
                Route("/account", self.shown(self.account)),
                Route("/account/events", self.shown(self.account_events)),
                Route("/account/password-resets", self.once(self.send_reset), methods=["POST"]),
                Route("/account/closures", self.once(self.close_account), methods=["POST"]),
                Route("/notices", self.notice, methods=["POST"]),
                Route("/mcp", self.post_mcp, methods=["POST"]),
            ],
            exception_handlers={Refusal: refused},
        )

    def seeded(self) -> bool:
        return self.store.count("account") > 0

    def seed(self, world: World, recipe: str, file: str) -> None:
        """An account for every customer, and the orders that `twins.toml` tells of."""
        named = {one.email: one.name for one in world.people}
        accounts = (account_of(one.id, one.email, one.name, one.records.get("accounts", {})) for one in world.people)
        with self.store.change():
            self.store.put(("account", one["email"], "", one["email"], 0, one) for one in accounts)
            for one in orders_of(recipe, file, named, self.clock()):
                self.put_order(one)

    def put_order(self, order: Json) -> None:
        email = order["customer"]["email"]
        placed = int(datetime.fromisoformat(order["placed_at"]).timestamp())
        self.store.put([("order", order["id"], email, email, placed, order)])

    def done(self, owner: str) -> list[Json]:
        """What was done to an order, or an account by its address, newest first."""
        return self.store.owned("event", owner)

    def notices(self) -> list[Json]:
        return self.store.every("notice")

    # -- reading ------------------------------------------------------------------------------------

    def shown(self, find: Callable[[Request], Json]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            allowed(request)
            return JSONResponse(find(request))

        return answer

    def order(self, request: Request) -> Json:
        return self.get("order", request.path_params["id"])

    def one_item(self, request: Request) -> Json:
        order, sku = self.order(request), request.path_params["sku"]
        item = next((one for one in order["items"] if one["sku"] == sku), None)
        if item is None:
            raise Refusal(404, "missing", "There is no such item in this order.")
        return {"order": order, "item": item | {"final_sale": sku in order["final_sale"]}}

    def delivery(self, request: Request) -> Json:
        """Whether it can be delivered there, and the address as it would stand on the parcel."""
        order, to = self.order(request), " ".join(request.query_params.get("to", "").split())
        return {"order": order, "to": to.title(), "known": bool(re.search(r"\d{4,5}\b", to)) and len(to) < 120}

    def events(self, request: Request) -> Json:
        return {"events": self.done(self.get("order", request.path_params["id"])["id"])}

    def account(self, request: Request) -> Json:
        return self.get("account", request.query_params.get("email", ""))

    def account_events(self, request: Request) -> Json:
        return {"events": self.done(self.account(request)["email"])}

    # -- writing ------------------------------------------------------------------------------------

    def once(self, deed: Callable[[Mapping[str, str], Json, str], Json]) -> Callable[[Request], Any]:
        """The same key and request get the first answer again; another request under it is refused."""

        async def answer(request: Request) -> Response:
            allowed(request)
            raw = await request.body()
            return JSONResponse(
                self.do(request.url.path, deed, request.path_params, json.loads(raw or b"{}"), key_of(request))
            )

        return answer

    def do(
        self,
        where: str,
        deed: Callable[[Mapping[str, str], Json, str], Json],
        path: Mapping[str, str],
        fields: Json,
        key: str,
    ) -> Json:
        asked = json.dumps([where, fields], sort_keys=True)
        with self.store.change():
            if before := self.store.answered(key):
                if before[0] != asked:
                    raise Refusal(422, "key_reused", "This key stands for another request.")
                return before[2]
            done = deed(path, fields, key)
            self.store.answer(key, asked, 200, done)
        return done

    def cancel(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order = self.get("order", path["id"])
        if order["status"] not in IN_THE_HOUSE:
            raise Refusal(422, "too_late", f"Order {order['id']} is {order['status']}.")
        refund = {"amount": order["total"], "currency": order["currency"]}
        self.put_order(order | {"status": "cancelled"})
        return self.event("cancelled", order["id"], key, refund=refund, reason=fields.get("reason"))

    def take_back(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order, item = self.item(path["id"], fields.get("item"), ("kept",))
        item["state"] = "return announced"
        self.put_order(order)
        return self.event("return", order["id"], key, item=item["name"], sku=item["sku"], label=f"RL{token(8)}")

    def withdraw(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        event = self.get("event", path["event"])
        order, item = self.item(path["id"], event.get("sku"), ("return announced",))
        item["state"] = "kept"
        self.put_order(order)
        return self.event("return withdrawn", order["id"], key, of=event["id"], item=item["name"])

    def exchange(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order, item = self.item(path["id"], fields.get("item"), ("kept",))
        item["state"] = "exchange announced"
        self.put_order(order)
        wanted = str(fields.get("wanted", ""))
        return self.event("exchange", order["id"], key, item=item["name"], wanted=wanted, label=f"RL{token(8)}")

    def ship_again(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order = self.get("order", path["id"])
        if order["status"] != "shipped" or order["reshipped"]:
            raise Refusal(422, "not_lost", f"Order {order['id']} is {order['status']}, or was sent again already.")
        self.put_order(order | {"reshipped": True, "status": "picking"})
        return self.event("reshipment", order["id"], key, parcel=f"PX{token(8)}")

    def readdress(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order, address = self.get("order", path["id"]), str(fields.get("address", "")).strip()
        if order["status"] not in IN_THE_HOUSE or not address:
            raise Refusal(422, "too_late", f"Order {order['id']} is {order['status']}, or there is no address.")
        self.put_order(order | {"address": address})
        return self.event("address", order["id"], key, address=address, before=order["address"])

    def give_voucher(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        order = self.get("order", path["id"])
        amount = {"amount": fields.get("amount"), "currency": fields.get("currency")}
        return self.event("voucher", order["id"], key, voucher=amount, code=f"V{token(10)}")

    def send_reset(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        account = self.get("account", str(fields.get("email", "")))
        if account["status"] != "active":
            raise Refusal(422, "closed", "There is no open account.")
        return self.event("password reset", account["email"], key, sent_to=account["email"], hours=1)

    def close_account(self, path: Mapping[str, str], fields: Json, key: str) -> Json:
        account = self.get("account", str(fields.get("email", "")))
        if account["status"] != "active" or account["closing"]:
            raise Refusal(422, "closed", "There is no open account, or it is closing already.")
        self.store.put([("account", account["email"], "", account["email"], 0, account | {"closing": True})])
        closes = (self.clock() + timedelta(days=30)).isoformat()
        return self.event("closure", account["email"], key, closes_at=closes)

    async def notice(self, request: Request) -> Response:
        """As webhooks do, it answers with a word that is no JSON."""
        allowed(request)
        body = await request.json()
        id = f"no_{token(10)}"
        self.store.put([("notice", id, "", "", int(self.clock().timestamp()), body)])
        return PlainTextResponse("ok")

    # -- as tools -----------------------------------------------------------------------------------

    async def post_mcp(self, request: Request) -> Response:
        allowed(request)
        return await self.mcp.post(request)

    def tool(self, deed: Callable[[Json], Json]) -> Callable[[Json], Json]:
        def call(arguments: Json) -> Json:
            try:
                return deed(arguments)
            except Refusal as refusal:
                raise ToolRefused(json.dumps(refusal.body)) from refusal

        return call

    def found(self, id: str) -> Json:
        order = self.store.get("order", id)
        return {"found": order is not None, **(order or {})}

    def orders_of(self, email: str) -> list[Json]:
        """Newest first."""
        return self.store.named("order", email.lower())

    def cancel_by_tool(self, asked: Json) -> Json:
        return self.do("cancel_order", self.cancel, {"id": asked["order"]}, asked, asked["key"])

    # -- inside -------------------------------------------------------------------------------------

    def event(self, kind: str, owner: str, key: str, **more: Any) -> Json:
        at = self.clock()
        event = {"id": f"ev_{token(12)}", "kind": kind, "key": key, "at": at.isoformat(), **more}
        self.store.put([("event", event["id"], owner, "", int(at.timestamp()), event)])
        return event

    def item(self, id: str, sku: Any, states: tuple[str, ...]) -> tuple[Json, Json]:
        order = self.get("order", id)
        found = next((one for one in order["items"] if one["sku"] == sku), None)
        if found is None or found["state"] not in states or order["status"] != "delivered":
            raise Refusal(422, "no_such_item", f"Order {id} has no such item that could go back.")
        return order, found

    def get(self, kind: str, id: str) -> Json:
        found = self.store.get(kind, id)
        if found is None:
            raise Refusal(404, "missing", f"There is no {kind} of that name.")
        return found


def allowed(request: Request) -> None:
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        raise Refusal(401, "no_key", "The key is not right.")


def key_of(request: Request) -> str:
    return request.headers.get("idempotency-key") or secrets.token_hex(16)


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return JSONResponse(error.body, error.status)


def token(length: int) -> str:
    return secrets.token_hex(length)[:length]


def account_of(id: str, email: str, name: str, records: Mapping[str, Any]) -> Json:
    return {
        "id": f"acc_{id[4:]}",
        "email": email,
        "name": name,
        "workspace": records.get("workspace", ""),
        "status": records.get("status", "active"),
        "sso": bool(records.get("sso")),
        "locked": bool(records.get("locked")),
        "closing": False,
    }


def orders_of(recipe: str, file: str, names: Mapping[str, str], now: datetime) -> list[Json]:
    """`[[orders]]` of `twins.toml`, days counted back from now. `DeskFault` when something is missing or misspelt."""
    try:
        return [order_of(one, names, now) for one in tomllib.loads(recipe).get("orders", [])]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise DeskFault((Fault(file, 1, f"orders: cannot be read: {error}"),)) from error


def order_of(told: Mapping[str, Any], names: Mapping[str, str], now: datetime) -> Json:
    """`placed`, `shipped`, `delivered` and `last_scan` are days ago; items are "SKU name", final sale with a !."""

    def ago(days: str) -> str | None:
        return (now - timedelta(days=told[days], minutes=5)).isoformat() if days in told else None

    items = [one.removesuffix("!").strip().split(" ", 1) for one in told["items"]]
    parcel = None
    if "parcel" in told:
        parcel = {"number": told["parcel"], "carrier_says": told["carrier_says"], "last_scan_at": ago("last_scan")}
    return {
        "id": told["id"],
        "status": told["status"],
        "total": told["total"],
        "currency": told["currency"],
        "placed_at": ago("placed"),
        "shipped_at": ago("shipped"),
        "delivered_at": ago("delivered"),
        "customer": {"email": told["email"], "name": names.get(told["email"], "")},
        "address": told["address"],
        "country": told["country"],
        "made_to_order": told.get("made_to_order", False),
        "final_sale": [sku for (sku, _), one in zip(items, told["items"], strict=True) if one.endswith("!")],
        "items": [{"sku": sku, "name": name, "state": "kept"} for sku, name in items],
        "parcel": parcel,
        "reshipped": False,
    }
