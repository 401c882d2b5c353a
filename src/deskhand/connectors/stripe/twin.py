"""A small stand-in of Stripe: keeps state, idempotency keys and refusals, as the real one does."""

import hmac
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import Row, TwinStore
from deskhand.connectors.world import World

Json = dict[str, Any]
KEY = "sk_test_twin"
SECRET = "whsec_twin"


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, param: str = ""):
        self.status = status
        self.body = {"error": {"type": "invalid_request_error", "code": code, "message": message, "param": param}}


class StripeTwin:
    """`app` answers as Stripe would, with the state in the file `path`."""

    def __init__(self, path: str, clock: Callable[[], datetime]):
        self.store, self.clock = TwinStore(path), clock
        self.app = Starlette(
            routes=[
                Route("/v1/customers", self.customers),
                Route("/v1/customers/{id}", self.show("customer")),
                Route("/v1/customers/{id}", self.once(self.change_customer), methods=["POST"]),
                Route("/v1/charges", self.list("charge")),
                Route("/v1/charges/{id}", self.show("charge")),
                Route("/v1/refunds", self.refunds),
                Route("/v1/refunds", self.once(self.refund), methods=["POST"]),
                Route("/v1/refunds/{id}", self.show("refund")),
                Route("/v1/subscriptions", self.list("subscription")),
                Route("/v1/subscriptions/{id}", self.show("subscription")),
                Route("/v1/subscriptions/{id}", self.once(self.change_subscription), methods=["POST"]),
                Route("/v1/invoices", self.list("invoice")),
                Route("/v1/invoices/{id}", self.show("invoice")),
                Route("/v1/invoices/{id}/send", self.once(self.send_invoice), methods=["POST"]),
            ],
            exception_handlers={Refusal: refused},
        )

    def seeded(self) -> bool:
        return self.store.count("customer") > 0

    def seed(self, world: World) -> None:
        """Fill it with the made-up company's customers, all at once."""
        with self.store.change():
            self.store.put(rows_of(world))

    # -- reading ------------------------------------------------------------------------------------

    def list(self, kind: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            asked = self._asked(request)
            since = int(asked.get("created[gte]", 0))
            owner = asked.get("customer")
            found = self.store.owned(kind, owner, since) if owner else self.store.every(kind)
            return page(found, asked, request.url.path)

        return answer

    def show(self, kind: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self._asked(request)
            return JSONResponse(self._get(kind, request.path_params["id"]))

        return answer

    async def customers(self, request: Request) -> Response:
        asked = self._asked(request)
        found = self.store.named("customer", asked["email"]) if "email" in asked else self.store.every("customer")
        return page(found, asked, request.url.path)

    async def refunds(self, request: Request) -> Response:
        asked = self._asked(request)
        found = self.store.owned("refund", asked["charge"]) if "charge" in asked else self.store.every("refund")
        return page(found, asked, request.url.path)

    # -- writing ------------------------------------------------------------------------------------

    def once(self, deed: Callable[[Request, dict[str, str]], Json]) -> Callable[[Request], Any]:
        """The same key and parameters get the first answer again; other parameters are refused."""

        async def answer(request: Request) -> Response:
            self._asked(request)
            fields = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
            key = request.headers.get("idempotency-key") or secrets.token_hex(16)
            asked = json.dumps([request.url.path, fields], sort_keys=True)
            with self.store.change():
                if before := self.store.answered(key):
                    if before[0] != asked:
                        raise Refusal(400, "idempotency_error", "Keys can only be used with the same parameters.")
                    return JSONResponse(before[2], before[1], {"idempotent-replayed": "true"})
                done = deed(request, fields)
                self.store.answer(key, asked, 200, done)
            return JSONResponse(done)

        return answer

    def refund(self, request: Request, fields: dict[str, str]) -> Json:
        charge = self._get("charge", fields.get("charge", ""))
        left = charge["amount"] - charge["amount_refunded"]
        amount = fields.get("amount", str(left))
        if charge["disputed"]:
            raise Refusal(400, "charge_disputed", "This charge has been charged back.")
        if left == 0:
            raise Refusal(400, "charge_already_refunded", f"Charge {charge['id']} has already been refunded.")
        if charge["status"] != "succeeded" or not amount.isdigit() or not 0 < int(amount) <= left:
            raise Refusal(400, "amount_too_large", "Refund amount is greater than unrefunded amount.", "amount")
        metadata = {name[9:-1]: value for name, value in fields.items() if name.startswith("metadata[")}
        refund = refund_of(charge, int(amount), self._now(), f"re_{secrets.token_hex(12)}", metadata)
        charge["amount_refunded"] += int(amount)
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self._put("charge", charge)
        self.store.put([("refund", refund["id"], charge["id"], "", refund["created"], refund)])
        return refund

    def change_subscription(self, request: Request, fields: dict[str, str]) -> Json:
        one = self._get("subscription", request.path_params["id"])
        if one["status"] == "canceled":
            raise Refusal(404, "resource_missing", f"No such subscription: {one['id']}")
        one["cancel_at_period_end"] = fields.get("cancel_at_period_end") == "true"
        one["cancel_at"] = one["items"]["data"][0]["current_period_end"] if one["cancel_at_period_end"] else None
        self._put("subscription", one)
        return one

    def change_customer(self, request: Request, fields: dict[str, str]) -> Json:
        """Under its new address it is found from then on, and under the old one no more."""
        one = self._get("customer", request.path_params["id"])
        one["email"] = fields.get("email", one["email"])
        row = self.store.row("customer", one["id"])
        assert row is not None
        self.store.put([(row[0], row[1], row[2], one["email"], row[4], one)])
        return one

    def send_invoice(self, request: Request, fields: dict[str, str]) -> Json:
        one = self._get("invoice", request.path_params["id"])
        if one["status"] not in ("open", "paid"):
            raise Refusal(400, "invoice_not_editable", "Only finalized invoices can be sent.")
        one["metadata"]["times_sent"] = str(int(one["metadata"].get("times_sent", "0")) + 1)
        self._put("invoice", one)
        return one

    # -- the bank's side ------------------------------------------------------------------------------

    def fail(self, refund: str) -> tuple[dict[str, str], bytes]:
        """The bank sends a refund back, as it may days later: the headers and body of the signed event about it."""
        with self.store.change():
            one = self._get("refund", refund)
            one["status"] = "failed"
            self._put("refund", one)
            event = {"id": f"evt_{secrets.token_hex(12)}", "object": "event", "type": "refund.failed"}
        return self.signed(json.dumps(event | {"data": {"object": one}}).encode())

    def signed(self, body: bytes) -> tuple[dict[str, str], bytes]:
        """The headers that make this body a delivery of ours."""
        stamp = self._now()
        signature = hmac.digest(SECRET.encode(), f"{stamp}.".encode() + body, "sha256").hex()
        return {"stripe-signature": f"t={stamp},v1={signature}"}, body

    # -- inside -------------------------------------------------------------------------------------

    def _asked(self, request: Request) -> dict[str, str]:
        if request.headers.get("authorization") != f"Bearer {KEY}":
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


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return JSONResponse(error.body, error.status)


def page(found: list[Json], asked: dict[str, str], url: str) -> Response:
    """At most `limit` objects behind `starting_after`."""
    limit, start = min(int(asked.get("limit", 10)), 100), 0
    if after := asked.get("starting_after"):
        start = next((place + 1 for place, one in enumerate(found) if one["id"] == after), len(found))
    part = found[start : start + limit]
    return JSONResponse({"object": "list", "url": url, "has_more": len(found) > start + limit, "data": part})


def refund_of(charge: Json, amount: int, created: int, id: str, metadata: dict[str, str]) -> Json:
    return {
        "id": id,
        "object": "refund",
        "amount": amount,
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "metadata": metadata,
        "reason": None,
        "status": "succeeded",
    }


def rows_of(world: World) -> Iterator[Row]:
    """The world in Stripe's shapes. One at a time: a hundred thousand at once cost the collector more than the work."""
    for person in world.people:
        yield "customer", person.id, "", person.email, person.since, _customer(person)
        yield "subscription", person.subscription.id, person.id, "", person.since, _subscription(person)
        for paid in person.payments:
            charge = _charge(person, paid)
            yield "charge", paid.id, person.id, "", paid.created, charge
            yield "invoice", paid.invoice, person.id, "", paid.created, _invoice(person, paid)
            if paid.refunded:
                refund = refund_of(charge, paid.refunded, paid.refunded_at, f"re_{paid.id[3:]}", {})
                yield "refund", refund["id"], paid.id, "", paid.refunded_at, refund


def _customer(person: Any) -> Json:
    return {
        "id": person.id,
        "object": "customer",
        "created": person.since,
        "email": person.email,
        "livemode": False,
        "metadata": {"tier": person.tier} | ({"flagged": "true"} if person.flagged else {}),
        "name": person.name,
    }


def _charge(person: Any, paid: Any) -> Json:
    return {
        "id": paid.id,
        "object": "charge",
        "amount": paid.amount,
        "amount_refunded": paid.refunded,
        "captured": not paid.failure,
        "created": paid.created,
        "currency": person.currency,
        "customer": person.id,
        "description": paid.what,
        "disputed": paid.disputed,
        "failure_message": paid.failure or None,
        "livemode": False,
        "metadata": {},
        "paid": not paid.failure,
        "refunded": paid.refunded == paid.amount,
        "status": "failed" if paid.failure else "succeeded",
    }


def _invoice(person: Any, paid: Any) -> Json:
    return {
        "id": paid.invoice,
        "object": "invoice",
        "created": paid.created,
        "currency": person.currency,
        "customer": person.id,
        "due_date": None,
        "livemode": False,
        "metadata": {},
        "number": paid.number,
        "status": "open" if paid.failure else "paid",
        "total": paid.amount,
    }


def _subscription(person: Any) -> Json:
    one = person.subscription
    price = {
        "id": f"price_{one.plan.lower()}_{person.currency}",
        "object": "price",
        "currency": person.currency,
        "nickname": one.plan,
        "recurring": {"interval": "month", "interval_count": 1},
        "unit_amount": one.unit,
    }
    item = {
        "id": f"si_{one.id[4:]}",
        "object": "subscription_item",
        "current_period_end": one.period_end,
        "current_period_start": one.period_start,
        "price": price,
        "quantity": one.seats,
    }
    return {
        "id": one.id,
        "object": "subscription",
        "cancel_at": None,
        "cancel_at_period_end": False,
        "created": person.since,
        "currency": person.currency,
        "customer": person.id,
        "ended_at": one.ended or None,
        "items": {"object": "list", "data": [item], "has_more": False},
        "livemode": False,
        "metadata": {},
        "status": one.status,
    }
