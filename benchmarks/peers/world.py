"""The made-up customers, their tickets, the rules, and what may be refunded: known to drivers and to no model."""

import json
import urllib.request
from typing import Any

AMOUNT, LIMIT = 2900, 10_000
TOPICS = ("refunds", "invoices", "seats", "exports", "passwords", "plans", "cards", "trials", "storage", "invitations")


def ticket(number: int) -> str:
    return f"Ticket t{number} from c{number}@example.com: I was charged twice for my subscription, can you fix it?"


def charges(customer: str) -> list[dict[str, Any]]:
    """Every second customer was charged twice, indeed."""
    number = int(customer.removeprefix("c").partition("@")[0])
    first = {"id": f"ch_{number}_1", "amount": AMOUNT, "duplicate": False}
    again = {"id": f"ch_{number}_2", "amount": AMOUNT, "duplicate": True}
    return [first, again] if number % 2 == 0 else [first]


def allowed(number: int, charge: str, amount: int) -> bool:
    """The rule that code can hold: the second of two equal charges of the ticket's own customer, whole."""
    mine = charges(f"c{number}@example.com")
    return amount <= LIMIT and any(one["id"] == charge and one["duplicate"] and one["amount"] == amount for one in mine)


def rules(count: int) -> list[tuple[str, str]]:
    """(when, then): the first is the one at stake, the others stand around it as a company's do."""
    first = ("the customer says they were charged twice", "look up their charges; refund a duplicate, and nothing else")
    more = [
        (
            f"the customer asks about {TOPICS[n % 10]}, case {n}",
            f"answer from the article {TOPICS[n % 10]}-{n}, or hand over",
        )
        for n in range(1, count)
    ]
    return [first, *more]


def prompt(count: int) -> str:
    told = "\n".join(f"- When {when}: {then}." for when, then in rules(count))
    return f"You are the support assistant of Lumen. Keep to these rules:\n{told}"


def post(base: str, path: str, body: dict[str, Any]) -> Any:
    data = json.dumps(body).encode()
    request = urllib.request.Request(base + path, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def refund(base: str, number: int, charge: str, amount: int, key: str = "") -> dict[str, Any]:
    """The provider of payments: a key that it has seen is answered as before, as real ones do."""
    return post(base, "/refunds", {"ticket": number, "charge": charge, "amount": amount, "key": key})
