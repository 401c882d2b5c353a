"""What happens between a connector and the system it speaks to: faults, death, other people, and answers that drift."""

import json
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx2

from deskhand.connectors.http.faulty import Faulty

STORM = ("429",) * 40  # more than anybody asks again
EXPIRED = ("401",) * 8  # whoever signs in anew is refused, too


class Died(BaseException):
    """The process was killed: nobody catches it, and nothing is remembered."""


class Weather(httpx2.BaseTransport):
    """Stands before the transport that leads to a twin, an emulator or a sandbox; fair until a test changes it.

    `faults` strike requests in order, `write_faults` only those that are no GET; "" is no fault. `dies_before` and
    `dies_after` count requests down to the process's end. `meanwhile` is done just before the next request that is no
    GET. `drift` makes another answer of each. `repeats`: a path that was answered once gets the same answer again.
    `requests` is how many there were; `hears` is told of each that gets through.
    """

    def __init__(self, inner: httpx2.BaseTransport):
        self._inner = inner
        self.faults, self.write_faults = deque[str](), deque[str]()
        self.dies_before: int | None = None
        self.dies_after: int | None = None
        self.meanwhile: list[Callable[[], object]] = []
        self.drift: Callable[[Any], Any] | None = None
        self.repeats = False
        self.requests = 0
        self.hears: Callable[[httpx2.Request], object] | None = None
        self._answered: dict[str, httpx2.Response] = {}

    def clear(self) -> None:
        """Fair again."""
        self.faults.clear()
        self.write_faults.clear()
        self.dies_before = self.dies_after = self.drift = None
        self.repeats = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.requests += 1
        if self.dies_before is not None:
            self.dies_before -= 1
            if self.dies_before < 0:
                raise Died
        response = Faulty(httpx2.MockTransport(self._answer), self._next(request)).handle_request(request)
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise Died
        return response

    def _next(self, request: httpx2.Request) -> deque[str]:
        fault = self.faults.popleft() if self.faults else ""
        if request.method != "GET" and self.write_faults:
            fault = self.write_faults.popleft() or fault
        return deque([fault])

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        while request.method != "GET" and self.meanwhile:
            self.meanwhile.pop()()
        if self.repeats and request.url.path in self._answered:
            return _copy(self._answered[request.url.path])
        if self.hears:
            self.hears(request)
        response = self._inner.handle_request(request)
        response.read()
        if self.repeats and request.method == "GET":
            self._answered[request.url.path] = _copy(response)
        return response if self.drift is None else _drifted(response, self.drift)


def _copy(response: httpx2.Response, content: bytes | None = None) -> httpx2.Response:
    headers = [
        (name, value)
        for name, value in response.headers.multi_items()
        if name.lower() not in ("content-length", "content-encoding", "transfer-encoding")
    ]
    return httpx2.Response(
        response.status_code, headers=headers, content=response.content if content is None else content
    )


def _drifted(response: httpx2.Response, drift: Callable[[Any], Any]) -> httpx2.Response:
    try:
        answer = json.loads(response.content)
    except ValueError:
        return response
    return _copy(response, json.dumps(drift(answer)).encode("ascii"))


def changed(answer: Any, *, instead: Callable[[str, Any], Any], more: bool = False) -> Any:
    """Every field of an answer, however deep, as `instead` makes it of its name and value; with `more`, each object
    has a field that nobody knows."""
    match answer:
        case dict():
            made = {name: changed(instead(name, value), instead=instead, more=more) for name, value in answer.items()}
            return {**made, "new_since_yesterday": {"a": [1]}} if more else made
        case list():
            return [changed(one, instead=instead, more=more) for one in answer]
        case _:
            return answer
