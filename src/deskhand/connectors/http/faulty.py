"""The failures that a network and a busy system have, between a client and whatever answers it."""

import time
from collections import deque

import httpx2

FAULTS = ("429", "429 bare", "500", "500 after", "drop before", "drop after", "cut json", "slow")


class Faulty(httpx2.BaseTransport):
    """Takes one of `faults` for each request, in order; "" and an empty queue mean no fault."""

    def __init__(self, inner: httpx2.BaseTransport, faults: deque[str]):
        self.inner, self.faults = inner, faults

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        fault = self.faults.popleft() if self.faults else ""
        match fault:
            case "429":
                return httpx2.Response(429, headers={"retry-after": "1"}, json={"error": "TooManyRequests"})
            case "429 bare":
                return httpx2.Response(429)
            case "401":  # no fault of a network: it is in no list
                return httpx2.Response(401, json={"error": "Unauthorized"})
            case "500":
                return httpx2.Response(500)
            case "drop before":
                raise httpx2.ConnectError("no route", request=request)
        response = self.inner.handle_request(request)
        match fault:
            case "500 after":
                return httpx2.Response(500)
            case "drop after":
                raise httpx2.RemoteProtocolError("connection dropped", request=request)
            case "cut json":
                content = response.read()[:-9]
                return httpx2.Response(
                    response.status_code, headers={"content-type": "application/json"}, content=content
                )
            case "slow":
                return httpx2.Response(response.status_code, stream=_Drip(response.read()))
        return response


DROPS = 20  # so that a whole answer takes a second, however long it is


class _Drip(httpx2.SyncByteStream):
    def __init__(self, content: bytes):
        self.content = content

    def __iter__(self):  # type: ignore[no-untyped-def]
        step = max(1, len(self.content) // DROPS)
        for place in range(0, len(self.content), step):
            time.sleep(0.05)
            yield self.content[place : place + step]
