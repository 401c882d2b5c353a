"""The client of a company's own HTTP system: what each answer means, and what it is never lured into."""

from collections.abc import Callable, Iterator

import httpx2
import pytest

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.http import LARGEST, OwnHttp
from deskhand.domain.errors import (
    Busy,
    Clash,
    ConnectorError,
    Down,
    Invalid,
    Missing,
    NotSent,
    Refused,
    Resting,
    Unconfirmed,
)
from deskhand.domain.own_call import HttpCall, ToolCall
from deskhand.entrypoints.hostile.world import Clock

LOOK = HttpCall("GET", ("orders", "1"))
DEED = HttpCall("POST", ("orders", "1", "cancel"), body={"reason": "other"})
NOTICE = HttpCall("POST", ("hook",), body={"text": "x"}, bare=True)
Answer = Callable[[httpx2.Request], httpx2.Response]


def system(answer: Answer) -> tuple[OwnHttp, list[httpx2.Request]]:
    asked: list[httpx2.Request] = []

    def noted(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return answer(request)

    wire = Wire("https://shop.test", transport=httpx2.MockTransport(noted), largest=LARGEST)
    return OwnHttp("shop", wire, Clock()), asked


def status(code: int, **headers: str) -> Answer:
    return lambda request: httpx2.Response(code, headers=headers, json={"error": "so"})


def fail(error: type[httpx2.TransportError]) -> Answer:
    def raised(request: httpx2.Request) -> httpx2.Response:
        raise error("no", request=request)

    return raised


class Endless(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b" " * 65_536


UNREADABLE: dict[str, Answer] = {
    "a page": lambda request: httpx2.Response(200, html="<p>Done!</p>"),
    "cut": lambda request: httpx2.Response(200, content=b'{"id": "ev'),
    "NaN": lambda request: httpx2.Response(200, content=b'{"id": NaN}'),
    "deep": lambda request: httpx2.Response(200, content=b"[" * 200_000),
    "endless": lambda request: httpx2.Response(200, stream=Endless()),
    "too large": lambda request: httpx2.Response(200, content=b'"' + b"x" * LARGEST + b'"'),
}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(400), Invalid),
        (status(401), Refused),
        (status(403), Refused),
        (status(404), Missing),
        (status(409), Clash),
        (status(422), Invalid),
        (status(429), Busy),
        (fail(httpx2.ConnectError), NotSent),
    ],
)
def test_what_surely_was_not_done_is_told_apart(answer: Answer, error: type[ConnectorError]) -> None:
    with pytest.raises(error) as refused:
        system(answer)[0].send(DEED, key="k", repeatable=False)

    assert type(refused.value) is error
    assert "so" not in str(refused.value)


@pytest.mark.parametrize("repeatable", [False, True])
@pytest.mark.parametrize(
    "answer",
    [
        status(301, location="https://evil.example"),
        status(302, location="/done"),
        status(303, location="/done"),
        status(307, location="https://evil.example"),
        status(408),
        status(500),
        status(502),
        status(503),
        fail(httpx2.ReadTimeout),
        fail(httpx2.RemoteProtocolError),
        *UNREADABLE.values(),
    ],
)
def test_what_may_have_been_done_is_unconfirmed(answer: Answer, repeatable: bool) -> None:
    with pytest.raises(Unconfirmed):
        system(answer)[0].send(DEED, key="k", repeatable=repeatable)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("deed", [False, True])
def test_a_redirect_is_followed_nowhere(code: int, deed: bool) -> None:
    own, asked = system(status(code, location="https://evil.example/steal"))
    with pytest.raises(ConnectorError):
        own.send(DEED, key="k", repeatable=False) if deed else own.ask(LOOK)

    assert {one.url.host for one in asked} == {"shop.test"}


@pytest.mark.parametrize("answer", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_look_that_cannot_be_read_is_no_answer(answer: Answer) -> None:
    with pytest.raises(Down):
        system(answer)[0].ask(LOOK)


def test_a_number_is_what_is_written_and_never_a_float() -> None:
    own, _ = system(lambda request: httpx2.Response(200, content=b'{"total": 49.90, "huge": 1e400, "n": 3}'))

    found = own.ask(LOOK).value

    assert str(found["total"]) == "49.90"
    assert found["n"] == 3
    assert not any(isinstance(one, float) for one in found.values())


def test_a_webhook_may_answer_in_any_words() -> None:
    own, asked = system(lambda request: httpx2.Response(200, text="ok"))

    assert own.send(NOTICE, key="notify/1", repeatable=False).value is None
    assert asked[0].headers["idempotency-key"] == "notify/1"


@pytest.mark.parametrize("code", [400, 404, 500])
def test_a_webhook_that_says_no_was_not_heard(code: int) -> None:
    with pytest.raises(ConnectorError):
        system(status(code))[0].send(NOTICE, key="k", repeatable=False)


def test_a_system_that_does_not_answer_is_left_alone_for_a_while() -> None:
    own, asked = system(status(500))
    for _ in range(2):
        with pytest.raises((Down, Resting)):
            own.ask(LOOK)
    before = len(asked)
    with pytest.raises(Resting):
        own.send(DEED, key="k", repeatable=False)

    assert len(asked) == before


def test_a_tool_is_nothing_that_http_can_call() -> None:
    own, asked = system(status(200))
    with pytest.raises(Invalid):
        own.send(ToolCall("cancel", {}), key="k", repeatable=False)

    assert asked == []
