"""Files that customers attach at a twin, kept in its store."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from deskhand.connectors.http.twin_store import TwinStore


@dataclass(frozen=True)
class Upload:
    """A file with what its sender claims of it; `size`: another one than it has, where its system is to lie."""

    name: str
    content: bytes
    type: str = "application/octet-stream"
    size: int | None = None

    @property
    def told(self) -> int:
        return len(self.content) if self.size is None else self.size


def keep(store: TwinStore, uploads: Sequence[Upload]) -> list[tuple[int, Upload]]:
    """Each with the id that it gets."""
    first = 70_000 + store.count("file")
    kept = list(enumerate(uploads, first))
    rows: list[tuple[str, str, str, str, int, dict[str, Any]]] = [
        ("file", str(id), "", "", id, {"content": base64.b64encode(one.content).decode(), "type": one.type})
        for id, one in kept
    ]
    store.put(rows)
    return kept


def sent(store: TwinStore, id: object) -> Response:
    found = store.get("file", str(id))
    if found is None:
        return Response(status_code=404)
    return Response(base64.b64decode(found["content"]), headers={"content-type": found["type"]})


def signed_in(request: Request) -> bool:
    """Whether a request carries any credentials at all: to a store of files they were sent by mistake."""
    return "authorization" in request.headers
