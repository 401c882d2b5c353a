"""Fetching a file over a real connection: how much is taken, and who is told who asks."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from deskhand.connectors.http.egress import Egress, Guarded
from deskhand.connectors.http.files import Files
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import ConnectorError, Down, Invalid, TooLarge

KEY = "not-for-others"
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server of this machine, and its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wire(address: str) -> Wire:
    here = Guarded(Egress(private=frozenset({"127.0.0.1"})))
    return Wire(address, headers={"authorization": KEY}, transport=here, patience=0.01)


def sent(content: bytes, **headers: str) -> Answer:
    def answer(at: BaseHTTPRequestHandler) -> None:
        at.send_response(200)
        for name, value in ({"content_length": str(len(content)), "connection": "close"} | headers).items():
            at.send_header(name.replace("_", "-"), value)
        at.end_headers()
        at.wfile.write(content)
        at.close_connection = True

    return answer


def test_a_file_without_an_end_is_left_at_the_limit() -> None:
    """No length is told, and the server would go on for ever."""
    hung_up = threading.Event()

    def endless(at: BaseHTTPRequestHandler) -> None:
        at.send_response(200)
        at.send_header("transfer-encoding", "chunked")
        at.end_headers()
        try:
            while True:
                at.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        except OSError:
            hung_up.set()
        at.close_connection = True

    with serving(endless) as address:
        with pytest.raises(TooLarge):
            Files(wire(address)).fetch("/file", 1_000_000)
        assert hung_up.wait(30)


def test_a_file_that_says_it_is_too_large_is_not_read_at_all() -> None:
    with serving(sent(b"", content_length="1000001")) as address, pytest.raises(TooLarge):
        Files(wire(address)).fetch("/file", 1_000_000)


def test_a_file_that_ends_before_its_length_is_none() -> None:
    with serving(sent(b"half", content_length="8")) as address, pytest.raises(Down):
        Files(wire(address)).fetch("/file", 100)


def test_a_packed_file_is_not_unpacked() -> None:
    """A thousand bytes of it could be a million."""
    with serving(sent(b"\x1f\x8b....", content_encoding="gzip")) as address, pytest.raises(Invalid, match="packed"):
        Files(wire(address)).fetch("/file", 100)


def test_the_system_itself_is_told_who_asks() -> None:
    seen: list[str | None] = []

    def answer(at: BaseHTTPRequestHandler) -> None:
        seen.append(at.headers["authorization"])
        sent(b"bill")(at)

    with serving(answer) as address:
        files = Files(wire(address))
        assert files.fetch("/file", 100) == b"bill"
        assert files.fetch(f"{address}/file", 100) == b"bill"
    assert seen == [KEY, KEY]


def elsewhere(seen: list[httpx2.Request], *answers: httpx2.Response) -> Files:
    """Behind a system at desk.example there are other hosts."""
    left = list(answers)

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return left.pop(0)

    transport = httpx2.MockTransport(answer)
    return Files(Wire("https://desk.example", headers={"authorization": KEY}, transport=transport, patience=0.01))


def to(address: str) -> httpx2.Response:
    return httpx2.Response(302, headers={"location": address})


@pytest.mark.parametrize(
    "other",
    [
        "https://files.example/1",
        "//files.example/1",
        "https://desk.example.files.example/1",
        "https://desk.example@files.example/1",
        "https://desk.example:8443/1",
    ],
)
def test_another_host_or_port_is_asked_without_our_key(other: str) -> None:
    seen: list[httpx2.Request] = []
    assert elsewhere(seen, to(other), httpx2.Response(200, content=b"bill")).fetch("/file", 100) == b"bill"
    first, second = seen
    assert first.headers["authorization"] == KEY
    assert KEY not in second.headers.values()
    assert (second.url.host, second.url.port) != (first.url.host, first.url.port)


def test_an_address_elsewhere_is_asked_without_our_key_from_the_start() -> None:
    seen: list[httpx2.Request] = []
    files = elsewhere(seen, httpx2.Response(200, content=b"bill"))
    assert files.fetch("https://files.example/1", 100) == b"bill"
    assert KEY not in seen[0].headers.values()


@pytest.mark.parametrize(
    "bad", ["http://desk.example/1", "http://files.example/1", "file:///etc/passwd", "https://", ""]
)
def test_nobody_is_asked_in_the_clear_or_by_no_name(bad: str) -> None:
    seen: list[httpx2.Request] = []
    with pytest.raises(ConnectorError):
        elsewhere(seen, to(bad), to(bad), to(bad), to(bad), to(bad)).fetch("/file", 100)
    assert {one.url.host for one in seen} == {"desk.example"}
    assert {one.url.scheme for one in seen} == {"https"}


def test_a_circle_of_addresses_ends() -> None:
    seen: list[httpx2.Request] = []
    with pytest.raises(Invalid, match="without end"):
        elsewhere(seen, *(to("/again") for _ in range(20))).fetch("/file", 100)


def test_the_companys_own_network_is_not_asked() -> None:
    """A vendor, or whoever speaks for it, says an address within: only public ones are asked."""
    with serving(sent(b"secret")) as within:
        inside = within.replace("http://127.0.0.1", "https://localhost")
        with serving(lambda at: _moved(at, inside)) as address, pytest.raises(Invalid, match="private"):
            Files(wire(address)).fetch("/file", 100)


def _moved(at: BaseHTTPRequestHandler, address: str) -> None:
    at.send_response(302)
    at.send_header("location", address)
    at.send_header("content-length", "0")
    at.end_headers()
