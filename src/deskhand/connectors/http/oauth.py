"""OAuth between machines: one token for all calls, renewed before it ends and once more when it is refused."""

import re
import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Clash, Down, Invalid, Missing, NotSent, Refused

LIFETIME = 900.0  # seconds, where neither the answer nor we know
EARLY = 60.0
WORD = re.compile(r"[a-z_]{1,60}")


@dataclass(frozen=True)
class _Token:
    text: str
    until: float
    base: httpx2.URL | None


class ClientCredentials(httpx2.Auth):
    """Signs requests with a token from `url`; several calls at once ask for one.

    `as_json`: it is asked for in JSON, not in a form, with `extra` as more fields. `lifetime`: seconds, where an answer
    does not name them. `homes`: endings of hosts to which the `instance_url` of an answer may send the calls.
    When there is no token the call itself was not sent: `Refused`, `Busy`, `Resting` or `NotSent`.
    """

    def __init__(
        self,
        url: str,
        client_id: str,
        secret: str,
        *,
        as_json: bool = False,
        extra: Mapping[str, Any] | None = None,
        lifetime: float | None = None,
        transport: httpx2.BaseTransport | None = None,
        homes: tuple[str, ...] = (),
        clock: Callable[[], float] = time.monotonic,
    ):
        whole = httpx2.URL(url)
        self._path, self._host = whole.path, whole.host
        self._wire = Wire(str(whole.copy_with(path="/")), transport=transport, patience=5.0)
        asked = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **(extra or {})}
        self._asked: dict[str, Any] = {"json" if as_json else "data": asked}
        self._lifetime, self._homes, self._clock = lifetime or LIFETIME, homes, clock
        self._held: _Token | None = None
        self._lock = threading.Lock()

    def sync_auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        token = self._token()
        response = yield _signed(request, token)
        if response.status_code == 401:  # not carried out, so that even a write may be sent again
            yield _signed(request, self._token(refused=token))

    def _token(self, refused: _Token | None = None) -> _Token:
        with self._lock:
            held = self._held
            if held is None or held is refused or self._clock() >= held.until:
                held = self._held = self._fetched()
            return held

    def _fetched(self) -> _Token:
        since = self._clock()
        try:
            answer = self._wire.ask("POST", self._path, **self._asked)
            text, lasts = str(answer["access_token"]), float(answer.get("expires_in") or self._lifetime)
            base = httpx2.URL(answer["instance_url"]) if self._homes else None
        except (Refused, Invalid, Missing, Clash) as error:
            raise Refused(f"{error}{_word(error.detail)}: they give us no token", error.detail) from error
        except Down as error:
            raise NotSent(f"no token: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError, httpx2.InvalidURL) as error:
            raise NotSent(f"POST {self._path}: no token in the answer") from error
        if base and not self._at_home(base):
            raise Refused(f"POST {self._path}: the token is for a host that is none of theirs")
        return _Token(text, since + lasts - min(EARLY, lasts / 2), base)

    def _at_home(self, base: httpx2.URL) -> bool:
        """A token must not travel to a stranger."""
        return base.scheme == "https" and (base.host == self._host or base.host.endswith(self._homes))


def _signed(request: httpx2.Request, token: _Token) -> httpx2.Request:
    if token.base:
        request.url = request.url.copy_with(host=token.base.host, port=token.base.port)
        request.headers["host"] = token.base.netloc.decode("ascii")
    request.headers["authorization"] = f"Bearer {token.text}"
    return request


def _word(detail: object) -> str:
    """What OAuth calls the reason, such as `invalid_client`."""
    found = detail.get("error") if isinstance(detail, dict) else None
    return f" {found}" if isinstance(found, str) and WORD.fullmatch(found) else ""
