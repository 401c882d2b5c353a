"""What the journal says of people is kept apart from it: its lines hold a token, and the row of that can be erased."""

import json
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.infrastructure.storage.seals import FAMILIES
from deskhand.infrastructure.storage.tables.privacy import apart as table

# What people type, or another system answers, by the kind of its line. Nobody can tell what stands in it.
WORDS: Mapping[str, frozenset[str]] = {
    "customer.linked": frozenset({"why"}),
    "desk.paused": frozenset({"why"}),
    "finding.closed": frozenset({"why"}),
    "finding.opened": frozenset({"why"}),
    "quality.graded": frozenset({"why"}),
    "agent.graded": frozenset({"why"}),
    "run.failed": frozenset({"why"}),
    "event.parked": frozenset({"why"}),
    "effect.alarm": frozenset({"why"}),
    "effect.done": frozenset({"reason"}),
    "effect.declined": frozenset({"reason"}),
    "effect.unconfirmed": frozenset({"reason"}),
    "effect.undone": frozenset({"reason"}),
    "effect.settled_by_hand": frozenset({"receipt"}),
    "undo.ended": frozenset({"why"}),
    "merge.ended": frozenset({"why"}),
}
SEALED = tuple(f"{one.prefix}." for one in FAMILIES)  # they name no customer, and the seal is over what they say
AGENTS = frozenset({"by", "person", "owner", "from", "to"})  # colleagues, who are looked for by their ids
ADDRESS = re.compile(r"(?<![^\s\"<>(),;:/\\])[^\s\"<>(),;:/\\]+@[^\s\"<>(),;:/\\]+|\+\d[\d ()./-]{6,}\d")
TOKEN = re.compile(r"~(?:address|words):[0-9a-f]{16}")
ERASED = "[erased]"
MANY = 500  # names in one statement


def put_apart(connection: sa.Connection, kind: str, ticket: str, body: Any, at: datetime) -> Any:
    """The body as the journal keeps it. `body` is plain JSON; the values that are taken out are written beside it.

    An address gets the same token wherever it stands, so that whoever counts people by it counts the same.
    """
    if kind.startswith(SEALED) or not isinstance(body, dict):
        return body
    words = WORDS.get(kind, frozenset())
    about = ticket or str(body.get("keep") or body.get("scope") or "").removeprefix("customer:").removeprefix("ticket:")
    told = {}
    for key, value in body.items():
        if key in words and isinstance(value, str) and value:
            told[key] = _token(connection, "words", value, about, at)
        elif key in AGENTS:
            told[key] = value
        else:
            told[key] = _addresses(connection, value, about, at)
    return told


def with_values(connection: sa.Connection, texts: Iterable[str]) -> list[str]:
    """These bodies with what is still kept in place of its tokens; where it was erased, they say so."""
    found = list(texts)
    tokens = {token for text in found if "~" in text for token in TOKEN.findall(text)}
    if not tokens:
        return found
    kept = _kept(connection, tokens)

    def value(match: re.Match[str]) -> str:
        token = match.group()
        # The token of an address stays: two people must not become one.
        return json.dumps(kept[token])[1:-1] if token in kept else (ERASED if token.startswith("~words") else token)

    return [TOKEN.sub(value, text) if "~" in text else text for text in found]


def tokens_with(connection: sa.Connection, words: str) -> list[str]:
    """The tokens of what is kept with these words in it, the newest first, as many as one search may name."""
    wanted = sa.select(table.c.token).where(table.c.value.icontains(words, autoescape=True))
    return list(connection.scalars(wanted.order_by(table.c.at.desc()).limit(MANY)))


def _addresses(connection: sa.Connection, value: Any, about: str, at: datetime) -> Any:
    match value:
        case str() if "@" in value or "+" in value:
            return ADDRESS.sub(lambda one: _token(connection, "address", one.group(), about, at), value)
        case dict():
            return {
                _addresses(connection, key, about, at): _addresses(connection, one, about, at)
                for key, one in value.items()
            }
        case list():
            return [_addresses(connection, one, about, at) for one in value]
        case _:
            return value


def _token(connection: sa.Connection, what: str, value: str, about: str, at: datetime) -> str:
    known = sa.select(table.c.token).where(table.c.value == value, table.c.token.startswith("~address"))
    if what == "address" and (token := connection.scalar(known.limit(1))):
        return str(token)
    token = f"~{what}:{secrets.token_hex(8)}"
    connection.execute(sa.insert(table).values(token=token, value=value, about=about, at=at))
    return token


def _kept(connection: sa.Connection, tokens: Collection[str]) -> dict[str, str]:
    every, kept = sorted(tokens), dict[str, str]()
    for start in range(0, len(every), MANY):
        some = sa.select(table.c.token, table.c.value).where(table.c.token.in_(every[start : start + MANY]))
        kept |= {row.token: row.value for row in connection.execute(some)}
    return kept
