"""The HTTP client: what each answer, and each silence, becomes."""

from collections.abc import Callable, Iterator

import httpx2
import pytest

from deskhand.connectors.http.wire import ATTEMPTS, LARGEST, Wire, retry_after
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

Answer = Callable[[httpx2.Request], httpx2.Response]


class Calls:
    """A transport that answers, and counts."""

    def __init__(self, *answers: Answer):
        self.answers, self.count = answers, 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        answer = self.answers[min(self.count, len(self.answers) - 1)]
        self.count += 1
        return answer(request)

    def wire(self) -> Wire:
        return Wire("https://system.example", transport=httpx2.MockTransport(self))


def status(code: int, **more: str) -> Answer:
    return lambda request: httpx2.Response(code, headers=more, json={"said": "so"})


def failing(error: type[httpx2.TransportError]) -> Answer:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise error("no", request=request)

    return fail


class Endless(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b" " * (1024 * 1024)


NO_JSON: dict[str, Answer] = {
    "cut": lambda request: httpx2.Response(200, content=b'{"a": 1'),
    "a page of a proxy": lambda request: httpx2.Response(200, html="<p>Sign in</p>"),
    "too deep": lambda request: httpx2.Response(200, content=b"[" * 200_000),
    "no gzip": lambda request: httpx2.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx2.ByteStream(b"this is no gzip")
    ),
    "endless": lambda request: httpx2.Response(200, stream=Endless()),
}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (302, Invalid),
        (400, Invalid),
        (401, Refused),
        (402, Invalid),
        (403, Refused),
        (404, Missing),
        (409, Clash),
        (410, Missing),
        (412, Clash),
        (422, Invalid),
    ],
)
def test_a_refusal_is_told_apart_and_not_repeated(code: int, error: type[ConnectorError]) -> None:
    calls = Calls(status(code))
    with pytest.raises(error) as refusal:
        calls.wire().read("/thing")

    assert type(refusal.value) is error
    assert calls.count == 1
    assert refusal.value.detail == {"said": "so"}
    assert "so" not in str(refusal.value)


@pytest.mark.parametrize("code", [408, 500, 503])
def test_a_read_is_repeated_while_they_fail(code: int) -> None:
    calls = Calls(status(code), status(code), status(200))

    assert calls.wire().read("/thing") == {"said": "so"}
    assert calls.count == 3


def test_a_read_gives_up() -> None:
    calls = Calls(status(500))
    with pytest.raises(Down):
        calls.wire().read("/thing")

    assert calls.count == ATTEMPTS


@pytest.mark.parametrize("answer", NO_JSON.values(), ids=NO_JSON.keys())
def test_an_answer_that_cannot_be_read_is_down_for_a_read(answer: Answer) -> None:
    with pytest.raises(Down):
        Calls(answer).wire().read("/thing")


@pytest.mark.parametrize("answer", NO_JSON.values(), ids=NO_JSON.keys())
def test_an_answer_that_cannot_be_read_leaves_a_write_in_doubt(answer: Answer) -> None:
    calls = Calls(answer)
    with pytest.raises(Unconfirmed):
        calls.wire().write("POST", "/thing", key="k")

    assert calls.count == 1


@pytest.mark.parametrize("answer", [status(500), failing(httpx2.ReadTimeout), failing(httpx2.RemoteProtocolError)])
def test_a_write_in_doubt_is_sent_once(answer: Answer) -> None:
    calls = Calls(answer)
    with pytest.raises(Unconfirmed):
        calls.wire().write("POST", "/thing", key="k")

    assert calls.count == 1


@pytest.mark.parametrize("answer", [failing(httpx2.ConnectError), failing(httpx2.ConnectTimeout)])
def test_a_write_that_never_left_may_be_sent_again(answer: Answer) -> None:
    calls = Calls(answer, status(200))

    assert calls.wire().write("POST", "/thing", key="k") == {"said": "so"}
    assert calls.count == 2
    with pytest.raises(NotSent):
        Calls(answer).wire().write("POST", "/thing", key="k")


def test_a_repeatable_write_is_repeated() -> None:
    calls = Calls(status(500), status(200))

    assert calls.wire().write("POST", "/thing", key="k", repeatable=True) == {"said": "so"}
    assert calls.count == 2


@pytest.mark.parametrize("after", [status(500), status(429), status(401), status(409), failing(httpx2.ConnectError)])
def test_a_repeatable_write_in_doubt_stays_in_doubt(after: Answer) -> None:
    with pytest.raises(Unconfirmed) as doubt:
        Calls(failing(httpx2.ReadTimeout), after).wire().write("POST", "/thing", key="the key", repeatable=True)

    assert doubt.value.key == "the key"


@pytest.mark.parametrize(("answer", "error"), [(status(429), Busy), (status(422), Invalid)])
def test_a_repeatable_write_that_was_only_refused_was_surely_not_done(
    answer: Answer, error: type[ConnectorError]
) -> None:
    with pytest.raises(error):
        Calls(answer).wire().write("POST", "/thing", key="k", repeatable=True)


def test_too_many_requests_say_how_long_to_wait() -> None:
    calls = Calls(status(429, **{"retry-after": "3600"}))
    with pytest.raises(Busy) as busy:
        calls.wire().read("/thing")

    assert busy.value.after == 3600
    assert calls.count == 1  # longer than our patience: a later run tries again


def test_our_own_congestion_is_not_their_failure() -> None:
    wire = Calls(failing(httpx2.PoolTimeout)).wire()
    for _ in range(3):
        with pytest.raises(Busy):
            wire.read("/thing")


def test_a_silent_system_is_left_alone() -> None:
    calls = Calls(status(500))
    wire = calls.wire()
    for _ in range(2):
        with pytest.raises((Down, Resting)):
            wire.read("/thing")
    asked = calls.count
    with pytest.raises(Resting):
        wire.read("/thing")

    assert calls.count == asked


def test_a_redirect_takes_no_key_to_another_host() -> None:
    calls = Calls(status(302, location="https://elsewhere.example/"))
    with pytest.raises(Invalid):
        calls.wire().read("/thing")

    assert calls.count == 1


def test_an_answer_larger_than_we_hold_is_not_held() -> None:
    calls = Calls(lambda request: httpx2.Response(200, content=b'"' + b"x" * LARGEST + b'"'))
    with pytest.raises(Down):
        calls.wire().read("/thing")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("7", 7), (" 7 ", 7), ("soon", None), ("-1", None), ("²", None)],
)
def test_how_long_to_wait_is_read_or_unknown(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, lambda: 0.0) == seconds


def test_how_long_to_wait_may_be_a_date() -> None:
    at = 1795460270.0
    assert retry_after("Mon, 23 Nov 2026 18:58:00 GMT", lambda: at) == pytest.approx(10.0, abs=1)
    assert retry_after("Mon, 23 Nov 2020 18:58:00 GMT", lambda: at) == 0
