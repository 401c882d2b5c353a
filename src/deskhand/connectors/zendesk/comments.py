"""All comments of a ticket at Zendesk."""

from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down


def all_comments(wire: Wire, number: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Oldest first, page by page, with the users who wrote them."""
    comments: list[dict[str, Any]] = []
    users: dict[str, dict[str, Any]] = {}
    page: dict[str, Any] = {}
    while True:
        asked = {"include": "users", "page[size]": 100, **page}
        found = wire.read(f"/api/v2/tickets/{number}/comments", **asked)
        comments += found["comments"]
        users |= {str(one["id"]): one for one in found.get("users") or ()}
        meta = found.get("meta") or {}
        if not meta.get("has_more"):
            return comments, users
        if page.get("page[after]") == meta["after_cursor"]:
            raise Down(f"GET /api/v2/tickets/{number}/comments: repeats a page")
        page = {"page[after]": meta["after_cursor"]}
