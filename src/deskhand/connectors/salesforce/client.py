"""Salesforce over the wire: questions, pages, records. The calls we use and no others."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from deskhand.connectors.http.exact import exact
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.salesforce.marks import KEY_FIELD, mark
from deskhand.domain.errors import Busy, Down, Invalid, Missing, Refused

BASE = "/services/data/v63.0"
ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
CODE = re.compile(r"[A-Z_]{3,80}")
JSON = {"content-type": "application/json"}
BUSY = frozenset({"REQUEST_LIMIT_EXCEEDED", "UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE"})


class SalesforceClient:
    """`wire` signs its requests."""

    def __init__(self, wire: Wire):
        self._wire = wire

    def query(self, soql: str) -> Iterator[dict[str, Any]]:
        """Every record, page by page. Stops with an error when a page leads nowhere new."""
        page, seen = self._get(f"{BASE}/query", q=soql), set[str]()
        while True:
            try:
                found, more = list(page["records"]), "" if page["done"] else str(page["nextRecordsUrl"])
            except (KeyError, TypeError) as error:
                raise Down(f"GET {BASE}/query: no page of a list") from error
            yield from found
            if not more:
                return
            locator = more.removeprefix(f"{BASE}/query/")
            if more in seen or not re.fullmatch(r"[A-Za-z0-9-]+", locator):
                raise Down(f"GET {BASE}/query: repeats a page, or leads elsewhere")
            seen.add(more)
            page = self._get(f"{BASE}/query/{locator}")

    def record(self, kind: str, id: str, fields: Collection[str]) -> dict[str, Any]:
        """`Missing` when there is none, or the id cannot be one."""
        return self._object(f"{BASE}/sobjects/{kind}/{sound(id)}", fields=",".join(fields))

    def keyed(self, kind: str, key: str) -> dict[str, Any]:
        """The record that was put under `key`. `Missing` when there is none."""
        return self._object(f"{BASE}/sobjects/{kind}/{KEY_FIELD}/{mark(key)}")

    def put(self, kind: str, fields: Mapping[str, Any], *, key: str) -> Any:
        """Make it under `key`, or set the one that is there already: a second copy makes no second record."""
        path = f"{BASE}/sobjects/{kind}/{KEY_FIELD}/{mark(key)}"
        with explained():
            return self._wire.write("PATCH", path, key=key, repeatable=True, content=_json(fields), headers=JSON)

    def change(self, kind: str, id: str, fields: Mapping[str, Any], *, key: str) -> None:
        with explained():
            path = f"{BASE}/sobjects/{kind}/{sound(id)}"
            self._wire.write("PATCH", path, key=key, repeatable=True, content=_json(fields), headers=JSON)

    def describe(self, kind: str) -> dict[str, Any]:
        """Its fields, as far as we may see them."""
        return self._object(f"{BASE}/sobjects/{quote(kind)}/describe")

    def _object(self, path: str, **params: str) -> dict[str, Any]:
        found = self._get(path, **params)
        if not isinstance(found, dict):
            raise Down(f"GET {path}: no record")
        return found

    def _get(self, path: str, **params: str) -> Any:
        with explained():
            return self._wire.ask("GET", path, params=params, answer=exact)


@contextmanager
def explained() -> Iterator[None]:
    """The error with Salesforce's own code in it; `Busy` where they say in their own way that they are."""
    try:
        yield
    except (Refused, Missing, Invalid) as error:
        codes = codes_of(error.detail)
        if busy := sorted(codes & BUSY):
            raise Busy(f"{error} {busy[0]}") from error
        if codes:
            raise type(error)(f"{error} {' '.join(sorted(codes))}", error.detail) from error
        raise


def _json(fields: Mapping[str, Any]) -> bytes:
    """In ASCII: half of a surrogate pair, which a customer may well send, cannot be put on the wire otherwise."""
    return json.dumps(dict(fields)).encode("ascii")


def codes_of(detail: object) -> set[str]:
    """The codes of an answer's errors, and nothing else of it: messages hold what is personal."""
    errors = detail if isinstance(detail, list) else ()
    codes = {one.get("errorCode") for one in errors if isinstance(one, dict)}
    return {code for code in codes if isinstance(code, str) and CODE.fullmatch(code)}


def sound(id: str) -> str:
    """`Missing`, before anything is sent, for what cannot be an id: it travels in addresses."""
    if not ID.fullmatch(id):
        raise Missing("salesforce: that is no id of a record")
    return id
