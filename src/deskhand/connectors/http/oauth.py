"""OAuth 2 between machines: a token is asked for when it is needed, early enough, and once more after a 401."""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from typing import Any

import httpx2

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down, Invalid, Missing, NotSent, Refused

EARLY = 60.0  # seconds before its end at which a token is not used any more
USUAL = 900.0  # where nothing is said of its end


class ClientCredentials(httpx2.Auth):
    """`wire` leads to where tokens are given, at `path`; several calls at once ask for one.

    A call that gets no token was not sent: `NotSent` when they are not reached, `Refused` when the client is not
    accepted, `Busy` when they say so. A 401 was not carried out, so a write is sent again after it as well.
    """

    def __init__(
        self,
        wire: Wire,
        path: str,
        fields: Mapping[str, str | int],
        *,
        as_json: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._wire, self._path, self._clock = wire, path, clock
        asked = {"grant_type": "client_credentials", **fields}
        self._asked: dict[str, Any] = {"json" if as_json else "data": asked}
        self._token, self._until, self._lock = "", 0.0, threading.Lock()

    def sync_auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        used = self._current()
        request.headers["authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code == 401:
            request.headers["authorization"] = f"Bearer {self._current(refused=used)}"
            yield request

    def _current(self, refused: str = "") -> str:
        """Another one than `refused`, which somebody else may have renewed meanwhile."""
        with self._lock:
            if not self._token or self._token == refused or self._clock() >= self._until:
                self._token = ""
                self._token, lasts = self._asked_for()
                self._until = self._clock() + max(lasts - EARLY, lasts / 2)
            return self._token

    def _asked_for(self) -> tuple[str, float]:
        try:
            given = self._wire.ask("POST", self._path, **self._asked)
            token, lasts = given["access_token"], float(given.get("expires_in") or USUAL)
        except (Invalid, Missing) as error:
            raise Refused(f"no token: {error}") from error
        except (Down, NotSent) as error:
            unsent = NotSent(f"no token: {error}")
            unsent.again = False  # it was tried again for the token already
            raise unsent from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(f"no token: POST {self._path}: an answer without one") from error
        if not isinstance(token, str) or not token:
            raise Refused(f"no token: POST {self._path}: an answer without one")
        return token, lasts
