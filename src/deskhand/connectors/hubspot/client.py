"""HubSpot over the wire: objects, searches, batches. The calls we use and no others."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down, Missing, Refused

OBJECTS = "/crm/objects/2026-09"
OWNERS = "/crm/v3/owners"
TOKEN = "/oauth/v2/private-apps/get/access-token-info"
ID = re.compile(r"[0-9]{1,20}")
SCOPE = re.compile(r"[a-z][a-z0-9._-]{2,80}")
JSON = {"content-type": "application/json"}
BATCH = 100  # objects of one request
Json = dict[str, Any]


class HubspotClient:
    """`wire` carries the key."""

    def __init__(self, wire: Wire):
        self._wire = wire

    def object(self, kind: str, id: str, properties: Sequence[str], *, links: Sequence[str] = ()) -> Json:
        """One object; `links` are kinds of objects whose ids come with it. `Missing` when there is none."""
        more = {"associations": ",".join(links)} if links else {}
        return self._get(f"{OBJECTS}/{kind}/{sound(id)}", properties=",".join(properties), **more)

    def linked(self, raw: Json, kind: str, id: str, to: str) -> list[str]:
        """The ids that came with an object, and those of the pages that did not."""
        path = f"{OBJECTS}/{kind}/{sound(id)}/associations/{to}"
        page, found, seen = (raw.get("associations") or {}).get(to) or {}, list[str](), set[str]()
        while True:
            found += [str(one["id"]) for one in _results(page, path)]
            after = _next(page)
            if not after:
                return list(dict.fromkeys(found))
            if after in seen:
                raise Down(f"GET {path}: repeats a page")
            seen.add(after)
            page = self._get(path, after=after, limit="500")

    def search(self, kind: str, groups: Sequence[Mapping[str, str]], properties: Sequence[str]) -> Iterator[Json]:
        """Every object in which one of the groups holds whole. The index is seconds behind what was written."""
        path, seen, after = f"{OBJECTS}/{kind}/search", set[str](), "0"
        filters = [{"filters": [dict(one)]} for one in groups]
        while True:
            asked = {"filterGroups": filters, "properties": list(properties), "limit": 100, "after": after, "sorts": []}
            page = self._ask(path, asked)
            yield from _results(page, path)
            after = _next(page)
            if not after:
                return
            if after in seen:
                raise Down(f"POST {path}: repeats a page")
            seen.add(after)

    def batch(self, kind: str, ids: Collection[str], properties: Sequence[str]) -> Iterator[Json]:
        """Those of these objects that are there. Half an answer is looked at item by item: a failure is no absence."""
        path, wanted = f"{OBJECTS}/{kind}/batch/read", [sound(id) for id in ids]
        for place in range(0, len(wanted), BATCH):
            part = wanted[place : place + BATCH]
            asked = {"inputs": [{"id": id} for id in part], "properties": list(properties), "propertiesWithHistory": []}
            page = self._ask(path, asked)
            found = {str(one["id"]): one for one in _results(page, path)}
            if set(part) - set(found) - _absent(page):
                raise Down(f"POST {path}: some objects were not read")
            yield from (found[id] for id in part if id in found)

    def owner(self, id: str) -> Json:
        return self._get(f"{OWNERS}/{sound(id)}")

    def create(self, kind: str, asked: Mapping[str, Any], *, key: str) -> Any:
        """HubSpot takes the same request twice, so it is sent once."""
        with explained():
            return self._wire.write("POST", f"{OBJECTS}/{kind}", key=key, content=_json(asked), headers=JSON)

    def change(self, kind: str, id: str, properties: Mapping[str, str], *, key: str) -> None:
        path = f"{OBJECTS}/{kind}/{sound(id)}"
        with explained():
            asked = _json({"properties": dict(properties)})
            self._wire.write("PATCH", path, key=key, repeatable=True, content=asked, headers=JSON)

    def token(self, text: str) -> Json:
        """What HubSpot says of this key itself."""
        return self._ask(TOKEN, {"tokenKey": text})

    def seen(self, kind: str) -> None:
        """`Refused` when we may not read objects of this kind."""
        self._get(f"{OBJECTS}/{kind}", limit="1")

    def _get(self, path: str, **params: str) -> Json:
        with explained():
            return _whole(self._wire.read(path, **params), f"GET {path}")

    def _ask(self, path: str, asked: Mapping[str, Any]) -> Json:
        with explained():
            return _whole(self._wire.ask("POST", path, content=_json(asked), headers=JSON), f"POST {path}")


@contextmanager
def explained() -> Iterator[None]:
    """Scopes that we lack are named in the error's own text."""
    try:
        yield
    except Refused as error:
        if scopes := missing_scopes(error.detail):
            raise Refused(f"{error}: our key lacks {', '.join(scopes)}", error.detail) from error
        raise


def missing_scopes(detail: object) -> list[str]:
    """Names of scopes in an answer's contexts, and nothing else of it: messages hold what is personal."""
    if not isinstance(detail, dict) or detail.get("category") != "MISSING_SCOPES":
        return []
    named = [detail, *(one for one in detail.get("errors") or () if isinstance(one, dict))]
    contexts = [one["context"] for one in named if isinstance(one.get("context"), dict)]
    words = [word for one in contexts for name, some in one.items() if "scope" in name.lower() for word in some]
    return sorted({word for word in words if isinstance(word, str) and SCOPE.fullmatch(word)})


def sound(id: str) -> str:
    """`Missing`, before anything is sent, for what cannot be an id: it travels in addresses."""
    if not ID.fullmatch(id):
        raise Missing("hubspot: that is no id of an object")
    return id


def _whole(answer: Any, where: str) -> Json:
    if not isinstance(answer, dict):
        raise Down(f"{where}: no object")
    return answer


def _results(page: Json, path: str) -> list[Json]:
    found = page.get("results") or []
    if not isinstance(found, list) or not all(isinstance(one, dict) and "id" in one for one in found):
        raise Down(f"{path}: no page of a list")
    return found


def _next(page: Json) -> str:
    following = (page.get("paging") or {}).get("next") or {}
    return str(following.get("after") or "")


def _absent(page: Json) -> set[str]:
    """Ids of which HubSpot says that there is no such object."""
    errors = [one for one in page.get("errors") or () if one.get("category") == "OBJECT_NOT_FOUND"]
    return {str(id) for one in errors for id in (one.get("context") or {}).get("ids") or ()}


def _json(asked: Mapping[str, Any]) -> bytes:
    """In ASCII: half of a surrogate pair, which a customer may well send, cannot be put on the wire otherwise."""
    return json.dumps(dict(asked)).encode("ascii")
