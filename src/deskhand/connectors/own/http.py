"""A company's own system over HTTP: JSON in, JSON out, and no value of a call becomes part of an address by itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx2

from deskhand.connectors.http.exact import exact
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Invalid
from deskhand.domain.own_call import Call, HttpCall, mark
from deskhand.domain.read import Read

LARGEST = 1024 * 1024  # bytes of an answer
UNESCAPED = ":@"  # besides letters, digits and -._~


class OwnHttp:
    """See `ports.reads.OwnSystem` and `ports.writes.OwnWriter`. `wire` carries address and key."""

    def __init__(self, system: str, wire: Wire, clock: Callable[[], datetime]):
        self.system, self._wire, self._clock = system, wire, clock

    def ask(self, call: Call) -> Read[Any]:
        call = _http(call)
        found = self._wire.ask("GET", path_of(call), params=list(call.query), answer=exact)
        return Read(found, self.system, self._clock())

    def send(self, call: Call, *, key: str, repeatable: bool) -> Read[Any]:
        """Our key goes along as `Idempotency-Key`."""
        call = _http(call)
        request: dict[str, Any] = {"headers": {"Idempotency-Key": mark(key)}, "params": list(call.query)}
        if call.body is not None:
            request["json"] = call.body
        answer = nothing if call.bare else exact
        done = self._wire.write(call.method, path_of(call), key=key, repeatable=repeatable, answer=answer, **request)
        return Read(done, self.system, self._clock())


def path_of(call: HttpCall) -> str:
    """`Invalid`, before anything is sent, for segments that would lead elsewhere."""
    *before, last = call.path or ("",)
    if {".", ".."} & {*before, last} or "" in before:
        raise Invalid(f"{call.method}: a part of its path is empty or dots")
    return "/" + "/".join(quote(one, safe=UNESCAPED) for one in call.path)


def nothing(headers: httpx2.Headers, body: bytes) -> None:
    """An answer whose status says all."""


def _http(call: Call) -> HttpCall:
    if not isinstance(call, HttpCall):
        raise Invalid(f"{call.tool}: this system speaks HTTP, and knows no tools")
    return call
