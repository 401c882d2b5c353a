"""A token endpoint on this machine, which also tells a mail server whose a token is."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


class TokenServer:
    """Each token is for `user`, and good while it is the newest and not in `ended`. `answers` (status, body) stand in
    for its next ones at /tokens; `asked` holds what was asked there."""

    def __init__(self, user: str) -> None:
        self.user, self.given, self.lasts = user, 0, 3600.0
        self.ended, self.asked = set[str](), list[dict[str, str]]()
        self.answers, self.lock = deque[tuple[int, bytes]](), threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = dict(parse_qsl(self.rfile.read(int(self.headers.get("content-length", 0))).decode()))
                with server.lock:
                    status, body = server.answer(self.path, said)
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self.http.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/tokens"

    @property
    def whose(self) -> str:
        return f"http://127.0.0.1:{self.port}/whose"

    def answer(self, path: str, said: dict[str, str]) -> tuple[int, bytes]:
        if path == "/whose":
            user = said["token"].rpartition("/")[0]
            return 200, json.dumps({"active": self.good(user, said["token"]), "username": user}).encode()
        self.asked.append(said)
        if self.answers:
            return self.answers.popleft()
        self.given += 1
        return 200, json.dumps({"access_token": f"{self.user}/{self.given}", "expires_in": self.lasts}).encode()

    def good(self, user: str, token: str) -> bool:
        return user == self.user and token == f"{user}/{self.given}" and token not in self.ended


@contextmanager
def token_server(user: str) -> Iterator[TokenServer]:
    made = TokenServer(user)
    thread = threading.Thread(target=made.http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.http.shutdown()
        made.http.server_close()
        thread.join()
