"""One call of a company's own system, in values: nothing in it is part of an address or a header yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 200


@dataclass(frozen=True)
class HttpCall:
    """`path` in segments and `query` in pairs, none of them encoded: whoever sends it does that, and alone.

    `body` is JSON, or None for none. `bare`: whatever answer says that it was done will do, even one that is no JSON.
    """

    method: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = None
    bare: bool = False


@dataclass(frozen=True)
class ToolCall:
    """A tool of an MCP server with its arguments."""

    tool: str
    arguments: Mapping[str, Any]


Call = HttpCall | ToolCall


def mark(key: str) -> str:
    """An effect's key as other systems are given it: itself, or its digest when a header might not take it."""
    fits = len(key) <= LONGEST and all("!" <= letter <= "~" for letter in key)
    return key if fits else hashlib.sha256(key.encode()).hexdigest()
