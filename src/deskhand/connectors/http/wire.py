"""The one HTTP client: patience, a breaker, and no doubt about what was done."""

import email.utils
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import stamina

from deskhand.connectors.http.breaker import Breaker
from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.http.pace import Pace, Pacemaker
from deskhand.connectors.http.vitals import Pulse, Vitals
from deskhand.domain.errors import (
    Busy,
    Clash,
    ConnectorError,
    Down,
    Invalid,
    Missing,
    NotSent,
    Refused,
    Unconfirmed,
)

LARGEST = 8 * 1024 * 1024  # bytes of an answer we are willing to hold
ATTEMPTS = 4
Answer = Callable[[httpx2.Headers, bytes], Any]  # ValueError when it is none


def json_of(headers: httpx2.Headers, body: bytes) -> Any:
    """The JSON of an answer; None of an empty one."""
    return json.loads(body) if body else None


class Wire:
    """`patience`: seconds for all attempts of one call; `deadline`: seconds for one exchange, however it drips;
    `silence`: seconds without a word; `largest`: bytes of an answer; `pace`: the vendor's limit, kept ahead of time;
    `reads_only`: a write is `Invalid`, and never leaves. Without a `transport` only public addresses are asked."""

    def __init__(
        self,
        base_url: str,
        *,
        auth: httpx2.Auth | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        patience: float = 20.0,
        deadline: float = 30.0,
        silence: float = 10.0,
        largest: int = LARGEST,
        pace: Pace | None = None,
        reads_only: bool = False,
    ):
        self.transport = transport or Guarded()
        self.http = httpx2.Client(
            base_url=base_url,
            auth=auth,
            headers=dict(headers or {}),
            transport=self.transport,
            follow_redirects=False,  # a key must not travel to another host
            timeout=httpx2.Timeout(silence, connect=min(3.0, silence)),
        )
        self.reads_only = reads_only
        self.patience, self.deadline, self.largest, self.breaker = patience, deadline, largest, Breaker()
        self.pulse, self._pacemaker = Pulse(), Pacemaker(pace) if pace else None

    def read(self, path: str, **params: Any) -> Any:
        """GET; the JSON of the answer. Tried again while that can help."""
        return self._send("GET", path, None, {"params": params})

    def may_read(self, path: str, **params: Any) -> bool:
        """Whether our credentials may read this; False when it is refused."""
        try:
            self.read(path, **params)
        except Refused:
            return False
        return True

    def ask(self, method: str, path: str, *, answer: Answer = json_of, **request: Any) -> Any:
        """As `read`, for a question that is put in another way."""
        return self._send(method, path, None, request, answer=answer)

    def write(
        self, method: str, path: str, *, key: str, repeatable: bool = False, answer: Answer = json_of, **request: Any
    ) -> Any:
        """`repeatable`: the system makes a second copy harmless (idempotency key, absolute change).

        Otherwise a call whose answer is lost is sent once. Either way it ends as `Unconfirmed` when an answer was lost
        and no later attempt succeeded: what comes after, even a refusal, says nothing about the attempt before it.
        """
        if self.reads_only:
            raise Invalid(f"{method} {path}: this client only reads. Nothing was sent.")
        if not repeatable:
            return self._send(method, path, key, request, answer=answer)
        doubts: list[Down] = []
        try:
            return self._send(method, path, None, request, doubts.append, answer=answer)
        except ConnectorError as error:
            if doubts:
                raise Unconfirmed(key, str(doubts[-1])) from error
            raise

    def close(self) -> None:
        self.http.close()

    def vitals(self) -> Vitals:
        """How the system fares, as this client sees it."""
        return self.pulse.vitals()

    def _send(
        self,
        method: str,
        path: str,
        key: str | None,
        request: dict[str, Any],
        doubted: Callable[[Down], None] = lambda error: None,
        *,
        answer: Answer = json_of,
    ) -> Any:
        for attempt in stamina.retry_context(on=self.again, attempts=ATTEMPTS, timeout=self.patience):
            with attempt:
                try:
                    self.keep_pace(f"{method} {path}")
                    return self._once(method, path, key, request, answer)
                except ConnectorError as error:
                    self.pulse.failed(type(error).__name__)
                    if isinstance(error, Down):
                        doubted(error)
                    raise
        raise AssertionError("the last attempt returns or raises")

    def again(self, error: Exception) -> bool | float:
        """Whether to ask once more after this error, or after how many seconds."""
        again = error.again if isinstance(error, ConnectorError) else False
        return again if isinstance(again, bool) or again <= self.patience else False

    def keep_pace(self, where: str) -> None:
        """Wait for our turn. `Busy` when it comes later than anybody here would wait; the request has not left then."""
        if self._pacemaker is None:
            return
        wait = self._pacemaker.next()
        if wait > self.patience:
            self._pacemaker.give_back()
            raise Busy(f"{where}: more calls than the vendor allows", wait)
        if wait:
            time.sleep(wait)

    def _once(self, method: str, path: str, key: str | None, request: dict[str, Any], read: Answer) -> Any:
        where = f"{method} {path}"
        with self.breaker.watch():
            try:
                status, headers, body = self._exchange(method, path, request)
                answer = read(headers, body) if status < 300 else None
            except httpx2.PoolTimeout as error:
                raise Busy(f"{where}: all our connections are in use") from error
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                raise NotSent(f"{where}: {type(error).__name__}") from error
            except (httpx2.RequestError, TimeoutError, ValueError, RecursionError) as error:
                raise _in_doubt(key, f"{where}: {type(error).__name__}") from error
            # They may have done what they answer with another address: it is followed nowhere, and no proof of either.
            moved = 300 <= status < 400 and method != "GET"
            if status >= 500 or status == 408 or moved:
                raise _in_doubt(key, f"{where}: {status}")
        if status >= 300:
            raise classified(status, headers, f"{where}: {status}", body)
        return answer

    def _exchange(self, method: str, path: str, request: dict[str, Any]) -> tuple[int, httpx2.Headers, bytes]:
        began = time.monotonic()
        until = began + self.deadline
        with self.http.stream(method, path, **request) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > self.largest:
                    raise httpx2.ReadError("larger than we hold")
                if time.monotonic() > until:
                    raise TimeoutError("the answer drips")
            self.pulse.answered(time.monotonic() - began, response.headers)
            return response.status_code, response.headers, bytes(body)


def _in_doubt(key: str | None, why: str) -> ConnectorError:
    return Down(why) if key is None else Unconfirmed(key, why)


def classified(status: int, headers: httpx2.Headers, where: str, body: bytes) -> ConnectorError:
    """What a status from 300 to 499 means."""
    try:
        detail = json.loads(body)
    except ValueError:
        detail = None
    match status:
        case 401 | 403:
            return Refused(where, detail)
        case 404 | 410:
            return Missing(where, detail)
        case 409 | 412:
            return Clash(where, detail)
        case 423 | 429:
            return Busy(where, retry_after(headers.get("retry-after"), time.time))
        case _:
            return Invalid(where, detail)


def retry_after(value: str | None, clock: Callable[[], float]) -> float | None:
    """Seconds, from either form of the header; None when it is absent or makes no sense."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - clock())
    except ValueError:
        return None
