"""A small stand-in of Stripe: keeps state, idempotency keys and refusals, as the real one does."""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.stripe import ADDRESS
from deskhand.connectors.stripe.twin_changes import Refusal, balance_transaction, change_customer, change_subscription
from deskhand.connectors.stripe.twin_payments import TwinPayments
from deskhand.connectors.stripe.twin_state import page
from deskhand.connectors.stripe.twin_world import refund_of, rows_of
from deskhand.connectors.world import World

Json = dict[str, Any]
KEY = "rk_test_twin"
SECRET = "whsec_twin"


class StripeTwin(TwinPayments):
    """`app` answers as Stripe would, with the state in the file `path`."""

    server = ADDRESS
    secrets: Mapping[str, str] = {"stripe_key": KEY, "stripe_webhook_secret": SECRET}

    def __init__(self, path: str, clock: Callable[[], datetime]):
        super().__init__(TwinStore(path), clock)
        self.app = Starlette(
            routes=[
                Route("/v1/customers", self.customers),
                Route("/v1/customers/{id}", self.show("customer")),
                Route("/v1/customers/{id}", self.once(self.change_customer), methods=["POST"]),
                Route("/v1/customers/{id}/balance_transactions", self.balance),
                Route("/v1/customers/{id}/balance_transactions", self.once(self.move_balance), methods=["POST"]),
                Route("/v1/prices", self.list("price")),
                Route("/v1/prices/{id}", self.show("price")),
                Route("/v1/charges", self.list("charge")),
                Route("/v1/charges/{id}", self.show("charge")),
                Route("/v1/refunds", self.refunds),
                Route("/v1/refunds", self.once(self.refund), methods=["POST"]),
                Route("/v1/refunds/{id}", self.show("refund")),
                Route("/v1/payment_intents", self.intents),
                Route("/v1/disputes", self.disputes),
                Route("/v1/credit_notes", self.list("credit_note")),
                Route("/v1/invoice_payments", self.invoice_payments),
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
            every = self.store.owned(kind, owner, since) if owner else self.store.every(kind)
            found = [one for one in every if one.get("created", since) >= since]
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
        charge, since = asked.get("charge"), int(asked.get("created[gte]", 0))
        every = self.store.owned("refund", charge) if charge else self.store.every("refund", 100_000)
        return page([one for one in every if one["created"] >= since], asked, request.url.path)

    async def balance(self, request: Request) -> Response:
        asked = self._asked(request)
        customer = self._get("customer", request.path_params["id"])
        return page(self.store.owned("balance_transaction", customer["id"]), asked, request.url.path)

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
                        raise Refusal(400, "", "Keys are for one set of parameters.", kind="idempotency_error")
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
        change_subscription(one, fields, self._price, self._now())
        self._put("subscription", one)
        return one

    def change_customer(self, request: Request, fields: dict[str, str]) -> Json:
        one = self._get("customer", request.path_params["id"])
        change_customer(one, fields)
        self.store.put([("customer", one["id"], "", one["email"] or "", one["created"], one)])
        return one

    def move_balance(self, request: Request, fields: dict[str, str]) -> Json:
        return self._move(self._get("customer", request.path_params["id"]), fields)

    def _move(self, customer: Json, fields: dict[str, str]) -> Json:
        place = self.store.count("balance_transaction")  # in the id, so that a list is in order within one second
        made = balance_transaction(customer, fields, self._now(), f"cbtxn_{place:08d}{secrets.token_hex(8)}")
        self._put("customer", customer)
        self.store.put([("balance_transaction", made["id"], customer["id"], "", made["created"], made)])
        return made

    def send_invoice(self, request: Request, fields: dict[str, str]) -> Json:
        one = self._get("invoice", request.path_params["id"])
        if one["status"] not in ("open", "paid"):
            raise Refusal(400, "invoice_not_editable", "Only finalized invoices can be sent.")
        one["metadata"]["times_sent"] = str(int(one["metadata"].get("times_sent", "0")) + 1)
        self._put("invoice", one)
        return one

    # -- the company's side ---------------------------------------------------------------------------

    def spend(self, customer: str, minor: int) -> None:
        """An invoice uses up so much of the customer's balance; below zero, somebody gives it by hand."""
        with self.store.change():
            one = self._get("customer", customer)
            self._move(one, {"amount": str(minor), "currency": one["currency"]})

    # -- the bank's side ------------------------------------------------------------------------------

    def fail(self, refund: str) -> tuple[dict[str, str], bytes]:
        """The bank sends a refund back, as it may days later: the headers and body of the signed event about it."""
        with self.store.change():
            one = self._get("refund", refund)
            one["status"] = "failed"
            self._put("refund", one)
        return self.event("refund.failed", one)

    # -- inside -------------------------------------------------------------------------------------

    def _price(self, id: str) -> Json:
        if found := self.store.get("price", id):
            return found
        raise Refusal(400, "resource_missing", f"No such price: '{id}'", "items[0][price]")


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return JSONResponse(error.body, error.status)
