"""A proxy that lets a request through, and loses the answer or holds it back: what a network may do at its worst."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

import httpx2

FAULTS = ("drop after", "cut after", "500 after", "drop before")
PASSED_ON = ("authorization", "content-type", "idempotency-key", "stripe-version")


class Between(ThreadingHTTPServer):
    """Takes one of `faults` for each request, in order; "" and an empty queue mean none.

    "hold": the answer is kept until `let_go`, "hold before": the request is; `held` says that it has come.
    """

    daemon_threads = True

    def __init__(self, upstream: str):
        self.upstream = httpx2.Client(base_url=upstream)
        self.faults: deque[str] = deque()
        self.held, self.let_go = threading.Event(), threading.Event()
        super().__init__(("127.0.0.1", 0), _Exchange)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def between(upstream: str) -> Iterator[Between]:
    proxy = Between(upstream)
    thread = threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.let_go.set()
        proxy.shutdown()
        thread.join()
        proxy.server_close()
        proxy.upstream.close()


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # one exchange a connection

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, format: str, *args: object) -> None:
        """Tests are silent."""

    def _pass(self) -> None:
        proxy = cast(Between, self.server)
        fault = proxy.faults.popleft() if proxy.faults else ""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if fault == "hold before":
            proxy.held.set()
            proxy.let_go.wait(60)
        if fault in ("hold before", "drop before"):
            return
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        answer = proxy.upstream.request(self.command, self.path, content=body, headers=headers)
        if fault == "hold":
            proxy.held.set()
            proxy.let_go.wait(60)
        if fault in ("hold", "drop after"):
            return
        content = answer.content[:-9] if fault == "cut after" else answer.content
        self.send_response(500 if fault == "500 after" else answer.status_code)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
