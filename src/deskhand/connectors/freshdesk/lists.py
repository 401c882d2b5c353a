"""Freshdesk's lists, page by page."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2

from deskhand.connectors.freshdesk.door import understood
from deskhand.connectors.http.wire import Wire, json_of
from deskhand.domain.errors import Down

PAGE = 100  # the most there is
MOST = 300  # pages that Freshdesk gives of one list
NEXT = re.compile(r"<[^>]*>\s*;\s*rel=\"?next\"?", re.IGNORECASE)

Raw = dict[str, Any]


def page(wire: Wire, path: str, number: int, size: int = PAGE, **asked: Any) -> tuple[list[Raw], bool]:
    """One page, and whether the answer names a next one. Its address is not followed: it could lead anywhere."""

    def read(headers: httpx2.Headers, body: bytes) -> Any:
        found = json_of(headers, body)
        if not isinstance(found, list):
            raise ValueError("no list")
        return found, bool(NEXT.search(headers.get("link", "")))

    params = {**asked, "page": number, "per_page": size}
    found, more = wire.ask("GET", path, answer=read, params=params)
    with understood("list"):
        return [dict(one) for one in found], more


def each(wire: Wire, path: str, most: int = MOST, **asked: Any) -> Iterator[Raw]:
    """Every object of a list. `Down` when it does not end, or comes to the same page again."""
    before: list[Raw] = []
    for number in range(1, most + 1):
        found, more = page(wire, path, number, **asked)
        if number > 1 and found and found == before:
            raise Down(f"GET {path}: repeats a page")
        yield from found
        if not more:
            return
        before = found
    raise Down(f"GET {path}: has more than {most} pages")
