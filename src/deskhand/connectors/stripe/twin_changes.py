"""How Stripe's objects change: which fields a request may have, what they do, and what is refused."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Fields = dict[str, str]
METADATA = re.compile(r"metadata\[(\w{1,40})\]")
ADDRESS = ("line1", "line2", "city", "postal_code", "state", "country")


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, param: str = "", kind: str = "invalid_request_error"):
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, "param": param}}


def change_subscription(one: Json, fields: Fields, price: Callable[[str], Json], now: int) -> None:
    """In place. `price` finds one by its id."""
    if one["status"] == "canceled":
        raise Refusal(404, "resource_missing", f"No such subscription: {one['id']}")
    item = one["items"]["data"][0]
    for name, value in _rest(one, fields):
        match name:
            case "cancel_at_period_end":
                one["cancel_at_period_end"] = value == "true"
                one["cancel_at"] = item["current_period_end"] if one["cancel_at_period_end"] else None
            case "pause_collection":
                one["pause_collection"] = None
            case "pause_collection[behavior]":
                end = fields.get("pause_collection[resumes_at]")
                one["pause_collection"] = {"behavior": value, "resumes_at": _later(end, now) if end else None}
            case "trial_end":
                one["trial_end"] = item["current_period_end"] = _later(value, now)
                one["status"] = "trialing"
            case "items[0][price]":
                if fields.get("items[0][id]") != item["id"]:
                    raise Refusal(400, "resource_missing", "No such subscription item", "items[0][id]")
                new = price(value)
                if new["currency"] != one["currency"]:
                    raise Refusal(400, "currency_mismatch", "The price must have the same currency.", name)
                item["price"] = new
            case "proration_behavior" | "pause_collection[resumes_at]" | "items[0][id]":
                pass
            case _:
                raise _unknown(name)


def change_customer(one: Json, fields: Fields) -> None:
    """In place."""
    for name, value in _rest(one, fields):
        match name:
            case "email" if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
                raise Refusal(400, "email_invalid", "Invalid email address", "email")
            case "email" | "phone" | "name":
                one[name] = value or None
            case _ if name in (f"address[{part}]" for part in ADDRESS):
                one["address"] = (one.get("address") or dict.fromkeys(ADDRESS)) | {name[8:-1]: value or None}
            case _:
                raise _unknown(name)


def balance_transaction(customer: Json, fields: Fields, now: int, id: str) -> Json:
    """The new transaction; the customer's balance changes in place."""
    made: Json = {"id": id, "object": "customer_balance_transaction", "metadata": {}, "created": now}
    asked = dict(_rest(made, fields))
    if strange := set(asked) - {"amount", "currency", "description"}:
        raise _unknown(sorted(strange)[0])
    if not re.fullmatch(r"-?[1-9][0-9]{0,7}", asked.get("amount", "")):
        raise Refusal(400, "parameter_invalid_integer", "Invalid integer", "amount")
    currency = asked.get("currency", "")
    if currency != (customer.get("currency") or currency):
        raise Refusal(400, "currency_mismatch", "The customer is billed in another currency.", "currency")
    customer["currency"] = currency
    customer["balance"] = customer.get("balance", 0) + int(asked["amount"])
    made |= {"amount": int(asked["amount"]), "currency": currency, "customer": customer["id"], "type": "adjustment"}
    return made | {"ending_balance": customer["balance"], "description": asked.get("description"), "livemode": False}


def _rest(one: Json, fields: Fields) -> Iterator[tuple[str, str]]:
    """What is asked besides metadata, which is merged: an empty value removes its name."""
    for name, value in fields.items():
        if found := METADATA.fullmatch(name):
            one["metadata"] = {k: v for k, v in {**one["metadata"], found[1]: value}.items() if v}
        else:
            yield name, value


def _later(stamp: str, now: int) -> int:
    if not stamp.isdigit() or int(stamp) <= now:
        raise Refusal(400, "parameter_invalid_integer", "Timestamps must be in the future.")
    return int(stamp)


def _unknown(name: str) -> Refusal:
    return Refusal(400, "parameter_unknown", f"Received unknown parameter: {name}", name)
