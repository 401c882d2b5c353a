"""Gets an address, and stays where it may be: no other host, no other port, no more bytes and seconds than allowed."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx2

from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.http.wire import retry_after
from deskhand.domain.errors import Invalid

AGENT = "Deskhand"
MOST_REDIRECTS = 5
LARGEST = 8 * 1024 * 1024
ATTEMPTS = 2
LONGEST_WAIT = 10.0
PORTS = {"http": 80, "https": 443}
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """`url` is where it was found in the end. `unchanged`: it is what it was, and nothing was sent."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    unchanged: bool = False


@dataclass(frozen=True)
class NotFetched:
    """`gone`: there is nothing, or nothing for us. `passing`: another time there may be."""

    why: str
    gone: bool = False
    passing: bool = False


class Fetcher:
    """`home` is an address whose scheme, host and port are allowed; so are `hosts`, each with its port if unusual."""

    def __init__(
        self,
        home: str,
        hosts: Collection[str] = (),
        *,
        transport: httpx2.BaseTransport | None = None,
        deadline: float = 20.0,
        wait: Callable[[float], None] = time.sleep,
    ):
        parts = urlsplit(home)
        self.scheme = parts.scheme
        own = parts.netloc.lower()
        self.allowed = {_with_port(one.lower(), self.scheme) for one in (own, *hosts)}
        self.deadline, self._wait = deadline, wait
        self._http = httpx2.Client(
            headers={"user-agent": f"{AGENT} (self-hosted support assistant)", "accept": "text/html, */*;q=0.5"},
            transport=transport or Guarded(),
            follow_redirects=False,  # each step is looked at first
            timeout=httpx2.Timeout(min(10, deadline), connect=min(5, deadline)),
        )

    def refusal(self, url: str) -> str:
        """Why an address may not be asked; "" when it may be."""
        try:
            parts = urlsplit(url)
            host = _with_port(parts.netloc.lower(), parts.scheme)
        except ValueError:
            return "is no address"
        if parts.scheme not in PORTS or "@" in parts.netloc or not parts.hostname or len(url) > 2000:
            return "is no address of a page"
        if parts.scheme != self.scheme:
            return f"begins with {parts.scheme}:, and this site is read by {self.scheme}: only"
        return "" if host in self.allowed else f"is on {host}, which is not among the hosts of this source"

    def get(self, url: str, headers: Mapping[str, str] | None = None, largest: int = LARGEST) -> Fetched | NotFetched:
        """Once more where that may help."""
        answer: Fetched | NotFetched = NotFetched("was not asked")
        for attempt in range(ATTEMPTS):
            answer, pause = self._follow(url, headers or {}, largest)
            if isinstance(answer, Fetched) or not answer.passing or pause is None:
                break
            if attempt + 1 < ATTEMPTS:
                self._wait(pause)
        return answer

    def close(self) -> None:
        self._http.close()

    def _follow(self, url: str, headers: Mapping[str, str], largest: int) -> tuple[Fetched | NotFetched, float | None]:
        """What was found at the end of all redirects; after how many seconds another try makes sense."""
        until = time.monotonic() + self.deadline
        for _ in range(MOST_REDIRECTS + 1):
            if why := self.refusal(url):
                return NotFetched(why, gone=True), None
            try:
                status, told, body = self._once(url, headers, largest, until)
            except _TooLarge:
                return NotFetched(f"is larger than {largest // 1024 // 1024} megabytes"), None
            except (httpx2.TimeoutException, TimeoutError):
                return NotFetched("does not answer in time", passing=True), 1.0
            except httpx2.RequestError as error:
                return NotFetched(f"does not answer ({type(error).__name__})", passing=True), 1.0
            except Invalid as error:
                return NotFetched(f"is not asked ({error})"), None
            except (httpx2.InvalidURL, ValueError):
                return NotFetched("is no address of a page", gone=True), None
            if status not in MOVED:
                return _judged(url, status, told, body)
            url = urldefrag(urljoin(url, told.get("location", "")))[0]
        return NotFetched("is redirected without end"), None

    def _once(
        self, url: str, headers: Mapping[str, str], largest: int, until: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        self._http.cookies.clear()
        with self._http.stream("GET", url, headers=dict(headers)) as response:
            body = bytearray()
            for chunk in response.iter_bytes(64 * 1024):
                body += chunk
                if len(body) > largest:
                    raise _TooLarge
                if time.monotonic() > until:
                    raise TimeoutError("the answer drips")
            return response.status_code, {key.lower(): value for key, value in response.headers.items()}, bytes(body)


class _TooLarge(Exception):
    pass


def _judged(
    url: str, status: int, headers: Mapping[str, str], body: bytes
) -> tuple[Fetched | NotFetched, float | None]:
    match status:
        case 200:
            return Fetched(url, body, headers), None
        case 304:
            return Fetched(url, b"", headers, unchanged=True), None
        case 404 | 410:
            return NotFetched(f"is not there ({status})", gone=True), None
        case 401 | 403:
            return NotFetched(f"is not for everybody ({status})", gone=True), None
        case 429:
            pause = retry_after(headers.get("retry-after"), time.time)
            wait = 1.0 if pause is None else pause
            return NotFetched("asks us to come back later (429)", passing=True), wait if wait <= LONGEST_WAIT else None
        case _ if status >= 500 or status == 408:
            return NotFetched(f"fails on their side ({status})", passing=True), 1.0
        case _:
            return NotFetched(f"answers {status}"), None


def _with_port(host: str, scheme: str) -> str:
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit() and (not name.startswith("[") or name.endswith("]")):
        return host
    return f"{host}:{PORTS.get(scheme, 0)}"
