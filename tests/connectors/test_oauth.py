"""Tokens between machines: one for all, in time, once more after a refusal, and never in an error's text."""

import json
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Busy, ConnectorError, NotSent, Refused, Unconfirmed

SECRET = "very-secret-indeed"


class Server:
    """Gives tokens that count up, and accepts the newest; `answers` stand in for its next answers about tokens."""

    def __init__(self, lasts: Any = 600) -> None:
        self.lasts, self.given, self.asked = lasts, 0, list[dict[str, Any]]()
        self.answers, self.carried_out, self.lock = deque[httpx2.Response](), list[str](), threading.Lock()
        self.now = 0.0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        with self.lock:
            if request.url.path == "/oauth/tokens":
                self.asked.append(json.loads(request.content))
                if self.answers:
                    return self.answers.popleft()
                self.given += 1
                told = {"access_token": f"token-{self.given}", "expires_in": self.lasts}
                return httpx2.Response(200, json={name: value for name, value in told.items() if value is not None})
            if request.headers.get("authorization") != f"Bearer token-{self.given}":
                return httpx2.Response(401)
            self.carried_out.append(request.method)
            return httpx2.Response(200, json={"ok": True})

    def wire(self) -> Wire:
        transport = httpx2.MockTransport(self)
        fields: dict[str, str | int] = {"client_id": "us", "client_secret": SECRET, "expires_in": 600}
        tokens = Wire("https://there.example", transport=transport)
        auth = ClientCredentials(tokens, "/oauth/tokens", fields, as_json=True, clock=lambda: self.now)
        return Wire("https://there.example", auth=auth, transport=transport)


def test_a_token_is_asked_for_once_and_used_until_a_minute_before_its_end() -> None:
    server = Server(lasts=600)
    wire = server.wire()
    for at in (0.0, 300.0, 539.0):
        server.now = at
        wire.read("/things")
    assert server.given == 1

    server.now = 540.0
    wire.read("/things")
    assert server.given == 2
    assert server.asked[0] == {
        "grant_type": "client_credentials",
        "client_id": "us",
        "client_secret": SECRET,
        "expires_in": 600,
    }


def test_several_calls_at_once_ask_for_one_token() -> None:
    server = Server()
    wire = server.wire()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: wire.read("/things"), range(40)))

    assert server.given == 1
    assert len(server.carried_out) == 40


def test_a_token_that_is_not_accepted_any_more_is_renewed_once_and_the_call_is_made_again() -> None:
    server = Server()
    wire = server.wire()
    wire.read("/things")
    server.given += 1  # somebody revoked ours
    wire.write("POST", "/things", key="thing/1", json={})

    assert server.carried_out == ["GET", "POST"]
    assert len(server.asked) == 2


def test_a_second_refusal_is_the_end() -> None:
    asked: list[str] = []

    def never(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        return httpx2.Response(200, json={"access_token": SECRET}) if "oauth" in asked[-1] else httpx2.Response(401)

    transport = httpx2.MockTransport(never)
    auth = ClientCredentials(Wire("https://there.example", transport=transport), "/oauth/tokens", {}, as_json=True)
    with pytest.raises(Refused) as caught:
        Wire("https://there.example", auth=auth, transport=transport).read("/things")

    assert asked == ["/oauth/tokens", "/things", "/oauth/tokens", "/things"]
    assert SECRET not in str(caught.value)


ANSWERS: list[tuple[Callable[[], httpx2.Response], type[ConnectorError]]] = [
    (lambda: httpx2.Response(401, json={"error": "invalid_client"}), Refused),
    (lambda: httpx2.Response(400, json={"error": "invalid_scope"}), Refused),
    (lambda: httpx2.Response(404), Refused),
    (lambda: httpx2.Response(200, json={"error": SECRET}), Refused),
    (lambda: httpx2.Response(200, json=[SECRET]), Refused),
    (lambda: httpx2.Response(200, json={"access_token": 7}), Refused),
    (lambda: httpx2.Response(200, json={"access_token": "", "expires_in": "soon"}), Refused),
    (lambda: httpx2.Response(500), NotSent),
    (lambda: httpx2.Response(200, content=b'{"access'), NotSent),
    (lambda: httpx2.Response(429), Busy),
]


@pytest.mark.parametrize(("answer", "error"), ANSWERS)
def test_a_write_without_a_token_was_surely_not_sent(
    answer: Callable[[], httpx2.Response], error: type[ConnectorError]
) -> None:
    server = Server()
    server.answers.extend(answer() for _ in range(16))
    with pytest.raises(ConnectorError) as caught:
        server.wire().write("POST", "/things", key="thing/1", json={})

    assert isinstance(caught.value, error)
    assert not isinstance(caught.value, Unconfirmed)
    assert server.carried_out == []
    assert SECRET not in f"{caught.value!s} {caught.value!r} {caught.value.__cause__!r}"


def test_after_a_moment_without_tokens_calls_go_on() -> None:
    server = Server()
    server.answers.append(httpx2.Response(500))

    assert server.wire().read("/things") == {"ok": True}


@pytest.mark.parametrize("lasts", [None, 0, 30])
def test_a_token_whose_end_is_near_or_not_told_is_used_all_the_same(lasts: int | None) -> None:
    server = Server(lasts=lasts)
    wire = server.wire()
    for _ in range(3):
        wire.read("/things")

    assert len(server.carried_out) == 3
    assert server.given == 1
