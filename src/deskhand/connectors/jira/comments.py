"""The comments of a ticket: as the platform has them, and as the service desk shows them."""

from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down

PAGE = 100
Json = dict[str, Any]


def comments(wire: Wire, issue: str) -> list[Json]:
    """Every comment with its properties, oldest first; `issue` is a path."""
    found: dict[str, Json] = {}
    while True:
        asked = {"startAt": len(found), "maxResults": PAGE, "orderBy": "created", "expand": "properties"}
        page = wire.read(f"{issue}/comment", **asked)
        _take(found, page["comments"], f"{issue}/comment")
        if not page["comments"] or len(found) >= page["total"]:
            return list(found.values())


def shown(wire: Wire, key: str) -> dict[str, Json]:
    """What the service desk says of each comment, by id: who may read it, and what is attached. `Missing` when the
    issue is no request of a customer."""
    found: dict[str, Json] = {}
    path = f"/rest/servicedeskapi/request/{key}/comment"
    while True:
        asked = {"public": True, "internal": True, "expand": "attachment", "start": len(found), "limit": PAGE}
        page = wire.read(path, **asked)
        _take(found, page["values"], path)
        if page["isLastPage"] or not page["values"]:
            return found


def _take(found: dict[str, Json], page: list[Json], where: str) -> None:
    fresh = {str(one["id"]): one for one in page}
    if fresh and fresh.keys() <= found.keys():
        raise Down(f"GET {where}: repeats a page")
    found |= fresh
