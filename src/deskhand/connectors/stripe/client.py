"""Stripe over the wire: forms, pages, keys. The calls we use and no others."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import ConnectorError, Down

VERSION = "2026-10-28.endive"
LONGEST_KEY = 255


class StripeClient:
    """`wire` carries the key and `Stripe-Version`."""

    def __init__(self, wire: Wire):
        self._wire = wire

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        found: dict[str, Any] = self._wire.read(path, **params)
        return found

    def each(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Every object of a list, newest first. Stops with an error when a page leads nowhere new."""
        after: dict[str, str] = {}
        while True:
            page = self._wire.read(path, limit=100, **params, **after)
            try:
                found, more = list(page["data"]), page["has_more"]
                last = found[-1]["id"] if found else ""
            except (KeyError, TypeError) as error:
                raise Down(f"GET {path}: no page of a list") from error
            yield from found
            if not found or not more:
                return
            if after.get("starting_after") == last:
                raise Down(f"GET {path}: repeats a page")
            after = {"starting_after": last}

    def post(self, path: str, *, key: str, **fields: Any) -> dict[str, Any]:
        """With an idempotency key: a second copy gets the first answer."""
        headers = {"Idempotency-Key": key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()}
        data = dict(form(fields))
        done: dict[str, Any] = self._wire.write("POST", path, key=key, repeatable=True, data=data, headers=headers)
        return done


def used_otherwise(error: ConnectorError) -> bool:
    """Whether they refused because this key came with other parameters before."""
    detail = error.detail if isinstance(error.detail, dict) else {}
    return (detail.get("error") or {}).get("type") == "idempotency_error"


def form(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """{"metadata": {"k": 1}, "expand": ["a"]} is metadata[k]=1, expand[0]=a; None clears a field."""
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from form(inner, f"{name}[{key}]" if name else key)
        case list() | tuple():
            for place, inner in enumerate(value):
                yield from form(inner, f"{name}[{place}]")
        case None:
            yield name, ""
        case bool():
            yield name, str(value).lower()
        case _:
            yield name, str(value)
