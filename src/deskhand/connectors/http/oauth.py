"""OAuth 2 between machines: a token is asked for when it is needed, early enough, and once more after a 401."""

import re
import threading
import time
from collections.abc import Callable, Generator, Mapping
from typing import Any

import httpx2

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Busy, Down, Invalid, Missing, NotSent, Refused

EARLY = 60.0  # seconds before its end at which a token is not used any more
USUAL = 900.0  # where nothing is said of its end
WORD = re.compile(r"[a-z_]{1,60}")
TOKEN = re.compile(r"[!-~]+")  # it goes into lines and headers
ADVICE = {
    "invalid_client": "the client or its secret is not accepted, or has ended: make a new secret",
    "unauthorized_client": "the client may not sign in like this: grant it",
    "invalid_grant": "what was granted has ended, or was revoked: sign in again, and keep the new refresh token",
    "invalid_scope": "the scope is not theirs, or is not granted",
}


class ClientCredentials(httpx2.Auth):
    """`wire` leads to where tokens are given, at `path`; several calls at once ask for one.

    A call that gets no token was not sent: `NotSent` when they are not reached, `Refused` when the client is not
    accepted, `Busy` when they say so. A 401 was not carried out, so a write is sent again after it as well.
    `fields` may name another `grant_type`. `current` gives a token to those who sign in elsewhere than by HTTP.
    `homes`: endings of hosts to which the `instance_url` beside a token may send the calls; without them they stay.
    """

    def __init__(
        self,
        wire: Wire,
        path: str,
        fields: Mapping[str, str | int],
        *,
        as_json: bool = False,
        homes: tuple[str, ...] = (),
        clock: Callable[[], float] = time.monotonic,
    ):
        self._wire, self._path, self._clock = wire, path, clock
        asked = {"grant_type": "client_credentials", **fields}
        self._asked: dict[str, Any] = {"json" if as_json else "data": asked}
        self._token, self._until, self._lock = "", 0.0, threading.Lock()
        self._homes, self._base = homes, wire.http.base_url

    def sync_auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        used = self.current()
        response = yield self._signed(request, used)
        if response.status_code == 401:
            yield self._signed(request, self.current(refused=used))

    def _signed(self, request: httpx2.Request, token: str) -> httpx2.Request:
        if self._homes:
            request.url = request.url.copy_with(host=self._base.host, port=self._base.port)
            request.headers["host"] = self._base.netloc.decode("ascii")
        request.headers["authorization"] = f"Bearer {token}"
        return request

    def current(self, refused: str = "") -> str:
        """Another one than `refused`, which somebody else may have renewed meanwhile."""
        with self._lock:
            if not self._token or self._token == refused or self._clock() >= self._until:
                self._token = ""
                self._token, lasts = self._asked_for()
                self._until = self._clock() + max(lasts - EARLY, lasts / 2)
            return self._token

    def _asked_for(self) -> tuple[str, float]:
        given = None
        try:
            given = self._wire.ask("POST", self._path, **self._asked)
            token, lasts = given["access_token"], float(given.get("expires_in") or USUAL)
        except (Invalid, Missing, Refused) as error:
            raise Refused(f"no token from {error}{_word(error.detail)}") from error
        except Busy as error:
            error.again = False  # it was tried again for the token already
            raise
        except (Down, NotSent) as error:
            unsent = NotSent(f"no token from {error}")
            unsent.again = False
            raise unsent from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(f"no token from POST {self._path}: an answer without one{_word(given)}") from error
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise Refused(f"no token from POST {self._path}: an answer without one")
        if self._homes:
            self._move(given.get("instance_url"))
        return token, lasts

    def _move(self, instance: object) -> None:
        """Where this token is good for: never to a stranger."""
        try:
            base = httpx2.URL(str(instance))
        except httpx2.InvalidURL as error:
            raise Refused(f"no token from POST {self._path}: it is for no address") from error
        if base.scheme != "https" or not (base.host == self._base.host or base.host.endswith(self._homes)):
            raise Refused(f"no token from POST {self._path}: it is for a host that is none of theirs")
        self._base = base


def _word(detail: object) -> str:
    """What OAuth calls the reason, such as `invalid_client`, and what can be done about it."""
    found = detail.get("error") if isinstance(detail, dict) else None
    if not isinstance(found, str) or not WORD.fullmatch(found):
        return ""
    return f" {found}" + (f": {ADVICE[found]}" if found in ADVICE else "")
