"""Rows of the company's own database that are events: cards that expire, orders that stand still, incidents."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from deskhand.domain.digest import digest
from deskhand.domain.finding import Finding, Value
from deskhand.domain.outreach import Noticed
from deskhand.proactive.events import RECORD
from deskhand.proactive.rule import Rule

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


def noticed(rule: Rule, found: Finding, now: datetime) -> Iterator[Noticed]:
    """Each row that is such an event at this moment. One without `id` or `email` is none."""
    for row in found.rows:
        id, email = row.get("id"), row.get("email")
        if isinstance(id, str) and id and isinstance(email, str) and email.strip() and _is_so(rule, row, now):
            facts = {f"{RECORD}{name}": value for name, value in row.items() if name != "email"}
            yield Noticed(rule.on, _id(rule, id, row), now, facts, email=email.strip())


def _is_so(rule: Rule, row: Mapping[str, Value], now: datetime) -> bool:
    match rule.on:
        case "card_expiring":
            at = row.get("expires_at")
            return isinstance(at, datetime) and now < at <= now + rule.window
        case "order_stuck":
            at = row.get("since")
            return isinstance(at, datetime) and at + rule.window <= now
        case _:
            return True


def _id(rule: Rule, id: str, row: Mapping[str, Value]) -> str:
    """Fit for a key: what could be an address is not written there. A card that was renewed expires anew."""
    plain = id if PLAIN.fullmatch(id) else digest(id)[:32]
    at = row.get("expires_at")
    return f"{plain}:{at:%Y-%m}" if rule.on == "card_expiring" and isinstance(at, datetime) else plain
