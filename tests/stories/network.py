"""What lies between the desk and the systems it asks: every request is seen, and any may meet trouble."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.http.faulty import Faulty

ALWAYS = 1_000_000  # times


@dataclass
class Trouble:
    """`fault` for `times` requests whose "system METHOD path" holds `where`, when `after` of them have passed."""

    where: str
    fault: str
    times: int
    after: int


class Network:
    """`asked` is what was asked, in order."""

    def __init__(self, elsewhere: Mapping[str, httpx2.BaseTransport] | None = None) -> None:
        """`elsewhere`: what stands at the other end of systems that have no twin in the desk."""
        self.elsewhere = elsewhere or {}
        self.asked: list[str] = []
        self.troubles: list[Trouble] = []
        self._calm = threading.local()
        self.holding, self.released = threading.Event(), threading.Event()

    def line(self, system: str, transport: httpx2.BaseTransport | None) -> httpx2.BaseTransport:
        transport = self.elsewhere.get(system, transport)
        assert transport is not None
        assert not isinstance(transport, Guarded), "these stories are told with twins"
        return Line(system, transport, self)

    def trouble(self, where: str, fault: str, times: int = 1, after: int = 0) -> None:
        """A fault of `Faulty`; "silent": no answer, nothing done; "404" and "409"; "late": it answers slowly;
        "held": `holding` is set when it gets there, and it goes on once `released` is."""
        self.troubles.append(Trouble(where, fault, times, after))

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Requests of this thread meet no trouble and are not counted: they are the story's own look at the twins."""
        before, self._calm.on = getattr(self._calm, "on", False), True
        try:
            yield
        finally:
            self._calm.on = before

    def fault(self, request: str) -> str:
        if getattr(self._calm, "on", False):
            return ""
        self.asked.append(request)
        for one in self.troubles:
            if not one.times or one.where not in request:
                continue
            if one.after:
                one.after -= 1
                continue
            one.times -= 1
            return one.fault
        return ""

    def met(self, fault: str) -> bool:
        """Whether every trouble of this kind came about."""
        return not any(one.times for one in self.troubles if one.fault == fault)

    def count(self, where: str) -> int:
        return sum(where in one for one in self.asked)


class Line(httpx2.BaseTransport):
    """The way to one system."""

    def __init__(self, system: str, inner: httpx2.BaseTransport, network: Network):
        self.system, self.inner, self.network = system, inner, network

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        fault = self.network.fault(f"{self.system} {request.method} {request.url.path}")
        if fault == "silent":
            raise httpx2.ReadTimeout("no answer", request=request)
        if fault in ("404", "409"):
            return httpx2.Response(int(fault))
        if fault == "late":
            time.sleep(0.5)
        if fault == "held":
            self.network.holding.set()
            self.network.released.wait(60)
        return Faulty(self.inner, deque([fault])).handle_request(request)
