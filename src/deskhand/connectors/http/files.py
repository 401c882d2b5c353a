"""Files that a system gives the address of: our credentials go to its own host only, and no file is taken too large."""

import time
from functools import cached_property

import httpx2
import stamina

from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.http.wire import Wire, classified
from deskhand.domain.errors import Busy, ConnectorError, Down, Invalid, NotSent, TooLarge

ATTEMPTS = 3
HOPS = 4  # addresses, one leading to the next
DEADLINE = 60.0  # seconds for one exchange
PORTS = {"http": 80, "https": 443}


class Files:
    """See `ports.reads.AttachmentReads`; a `ref` is an address, or a path at the system itself.

    `elsewhere`: the way to hosts that are not the system's own; without one that of a twin, else to public ones only,
    even where the system itself may be in the company's network.
    """

    def __init__(self, wire: Wire, elsewhere: httpx2.BaseTransport | None = None, *, deadline: float = DEADLINE):
        way = wire.transport.public_only() if isinstance(wire.transport, Guarded) else wire.transport
        self._wire, self._way, self._deadline = wire, elsewhere or way, deadline

    def fetch(self, ref: str, limit: int) -> bytes:
        try:
            address = _whole(self._wire.http.base_url, ref)
        except httpx2.InvalidURL as error:
            raise Invalid("GET a file: its address is none") from error
        for _ in range(HOPS):
            found = self._tried(address, limit)
            if isinstance(found, bytes):
                return found
            address = found
        raise Invalid("GET a file: one address leads to the next without end")

    @cached_property
    def _elsewhere(self) -> httpx2.Client:
        """Signed in nowhere."""
        return httpx2.Client(transport=self._way, follow_redirects=False, timeout=self._wire.http.timeout)

    def _tried(self, address: httpx2.URL, limit: int) -> bytes | httpx2.URL:
        # Only its host is told in errors: the rest of such an address may be all that it takes to have the file.
        where = f"GET a file at {address.host}"
        own = _origin(address) == _origin(self._wire.http.base_url)
        if not own and address.scheme != "https":
            raise Invalid(f"{where}: that host is another one, and would be asked in the clear")
        for attempt in stamina.retry_context(on=self._wire.again, attempts=ATTEMPTS, timeout=self._wire.patience):
            with attempt:
                if not own:
                    return self._asked(self._elsewhere, address, limit, where)
                self._wire.keep_pace(where)
                try:
                    with self._wire.breaker.watch():
                        return self._asked(self._wire.http, address, limit, where)
                except ConnectorError as error:
                    self._wire.pulse.failed(type(error).__name__)
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _asked(self, client: httpx2.Client, address: httpx2.URL, limit: int, where: str) -> bytes | httpx2.URL:
        """The content, or where it is to be had instead."""
        # What is packed could grow beyond any limit in one piece.
        headers = {"accept": "*/*", "accept-encoding": "identity"}
        until = time.monotonic() + self._deadline
        try:
            with client.stream("GET", address, headers=headers) as response:
                if "location" in response.headers and 300 <= response.status_code < 400:
                    return address.join(response.headers["location"])
                if response.status_code >= 500 or response.status_code == 408:
                    raise Down(f"{where}: {response.status_code}")
                if response.status_code >= 300:
                    raise classified(response.status_code, response.headers, f"{where}: {response.status_code}", b"")
                return _content(response, limit, until, where)
        except httpx2.PoolTimeout as error:
            raise Busy(f"{where}: all our connections are in use") from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise NotSent(f"{where}: {type(error).__name__}") from error
        except (httpx2.RequestError, httpx2.InvalidURL, TimeoutError) as error:
            raise Down(f"{where}: {type(error).__name__}") from error


def _content(response: httpx2.Response, limit: int, until: float, where: str) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Invalid(f"{where}: it comes packed, though we asked for it as it is")
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise TooLarge(f"{where}: larger than {limit} bytes")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limit:
            raise TooLarge(f"{where}: larger than {limit} bytes")
        if time.monotonic() > until:
            raise TimeoutError("the answer drips")
    if told.isdecimal() and len(body) < int(told):
        raise Down(f"{where}: cut off")
    return bytes(body)


def _whole(base: httpx2.URL, ref: str) -> httpx2.URL:
    """A path belongs below the system's own address, as in every other call."""
    if ref.startswith("/") and not ref.startswith("//"):
        return httpx2.URL(str(base).rstrip("/") + ref)
    return httpx2.URL(ref)


def _origin(address: httpx2.URL) -> tuple[str, str, int | None]:
    return address.scheme, address.host, address.port or PORTS.get(address.scheme)
