"""Tokens between machines: one for all calls, renewed in time, and never sent to strangers."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
import stamina

from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Busy, ConnectorError, NotSent, Refused, Unconfirmed

URL = "https://acme.example/oauth/token"


@pytest.fixture(autouse=True)
def impatient() -> Any:
    with stamina.set_testing(True, attempts=2):
        yield


class Issuer:
    """Gives out tokens `t1`, `t2` ..., and answers calls that carry the newest one; `also` is added to its answers."""

    def __init__(self, **also: Any):
        self.also, self.asked, self.called = also, list[httpx2.Request](), list[httpx2.Request]()
        self.now = 0.0
        self.accepts: Callable[[str], bool] = lambda token: True
        self.refusal: Callable[[], httpx2.Response] | None = None
        self.slow = threading.Event()
        self.slow.set()
        self.transport = httpx2.MockTransport(self.answer)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/oauth/token":
            self.slow.wait(10)
            self.asked.append(request)
            told = {"access_token": f"t{len(self.asked)}", **self.also}
            return self.refusal() if self.refusal else httpx2.Response(200, json=told)
        self.called.append(request)
        token = request.headers["authorization"].removeprefix("Bearer ")
        return httpx2.Response(200 if self.accepts(token) else 401, json={"by": token})

    def wire(self, **more: Any) -> Wire:
        auth = ClientCredentials(URL, "us", "hush", transport=self.transport, clock=lambda: self.now, **more)
        return Wire("https://acme.example", auth=auth, transport=self.transport)


def test_one_token_serves_all_calls() -> None:
    issuer = Issuer()
    wire = issuer.wire()
    assert [wire.read("/x")["by"] for _ in range(3)] == ["t1", "t1", "t1"]
    assert len(issuer.asked) == 1


def test_several_calls_at_once_ask_for_one_token() -> None:
    issuer = Issuer()
    wire = issuer.wire()
    issuer.slow.clear()
    with ThreadPoolExecutor(5) as pool:
        calls = [pool.submit(wire.read, "/x") for _ in range(5)]
        issuer.slow.set()
        assert {call.result()["by"] for call in calls} == {"t1"}

    assert len(issuer.asked) == 1


@pytest.mark.parametrize(
    ("also", "more", "still", "renewed"),
    [
        ({"expires_in": 3600}, {}, 3539, 3540),
        ({}, {}, 839, 840),
        ({}, {"lifetime": 1800.0}, 1739, 1740),
        ({"expires_in": 60}, {}, 29, 30),
    ],
)
def test_a_token_is_renewed_before_it_ends(
    also: dict[str, Any], more: dict[str, Any], still: float, renewed: float
) -> None:
    """A minute early, or after half of a short life; after a quarter of an hour where nobody says."""
    issuer = Issuer(**also)
    wire = issuer.wire(**more)
    assert wire.read("/x")["by"] == "t1"
    issuer.now = still
    assert wire.read("/x")["by"] == "t1"
    issuer.now = renewed
    assert wire.read("/x")["by"] == "t2"


def test_a_token_that_is_refused_is_renewed_once() -> None:
    issuer = Issuer()
    wire = issuer.wire()
    wire.read("/x")
    issuer.accepts = lambda token: token != "t1"
    assert wire.write("POST", "/x", key="k")["by"] == "t2"

    issuer.accepts = lambda token: False
    with pytest.raises(Refused):
        wire.write("POST", "/x", key="k")
    assert len(issuer.asked) == 3


@pytest.mark.parametrize(
    ("as_json", "kind"), [(False, "application/x-www-form-urlencoded"), (True, "application/json")]
)
def test_it_asks_as_the_other_side_wants(as_json: bool, kind: str) -> None:
    issuer = Issuer()
    issuer.wire(as_json=as_json, extra={"scope": "tickets"}).read("/x")
    (asked,) = issuer.asked

    assert asked.headers["content-type"].endswith("/json" if as_json else "/x-www-form-urlencoded")
    for word in (b"client_credentials", b"us", b"hush", b"tickets"):
        assert word in asked.content


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda: httpx2.Response(400, json={"error": "invalid_client"}), Refused),
        (lambda: httpx2.Response(401), Refused),
        (lambda: httpx2.Response(429, headers={"retry-after": "900"}), Busy),
        (lambda: httpx2.Response(503), NotSent),
        (lambda: httpx2.Response(200, json={}), NotSent),
        (lambda: httpx2.Response(200, json={"access_token": "t", "expires_in": "soon"}), NotSent),
        (lambda: httpx2.Response(200, content=b"<html>"), NotSent),
    ],
)
def test_without_a_token_a_write_was_surely_not_sent(
    answer: Callable[[], httpx2.Response], error: type[ConnectorError]
) -> None:
    issuer = Issuer()
    issuer.refusal = answer
    with pytest.raises(error) as caught:
        issuer.wire().write("POST", "/x", key="k")

    assert not isinstance(caught.value, Unconfirmed)
    assert issuer.called == []
    assert "hush" not in repr(caught.value)


def test_the_reason_is_in_the_error() -> None:
    issuer = Issuer()
    issuer.refusal = lambda: httpx2.Response(400, json={"error": "invalid_client", "error_description": "for us, hush"})
    with pytest.raises(Refused, match=r"POST /oauth/token: 400 invalid_client: they give us no token"):
        issuer.wire().read("/x")


def test_calls_go_where_the_token_is_for() -> None:
    issuer = Issuer(instance_url="https://eu7.acme.example")
    issuer.wire(homes=(".acme.example",)).read("/x")
    (called,) = issuer.called

    assert (called.url.host, called.headers["host"]) == ("eu7.acme.example", "eu7.acme.example")


@pytest.mark.parametrize("base", ["https://evil.example", "http://eu7.acme.example", "https://evilacme.example", "x"])
def test_a_token_never_goes_to_a_stranger(base: str) -> None:
    issuer = Issuer(instance_url=base)
    with pytest.raises((Refused, NotSent)):
        issuer.wire(homes=(".acme.example",)).read("/x")

    assert issuer.called == []


def test_without_homes_calls_stay_where_they_are() -> None:
    issuer = Issuer(instance_url="https://evil.example")
    issuer.wire().read("/x")

    assert issuer.called[0].url.host == "acme.example"
