"""Answers of a system kept as they came, so that whoever asks again sees the facts of the first time."""

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2

from deskhand.domain.card_number import json_without_cards

TABLE = """create table if not exists answer (
    key blob primary key, status integer not null, headers text not null, body blob not null) without rowid"""
PASSING = frozenset({401, 403, 408, 423, 429})  # what another try may answer otherwise
SIGN_IN = re.compile(r"token|oauth", re.IGNORECASE)  # in a path: what comes back opens doors, and is not kept
OURS = frozenset({"content-type", "etag", "last-modified"})  # headers that say something of the content


class KeptAnswers(httpx2.BaseTransport):
    """In front of the network, or of `inner`. Any number of processes may share `file`."""

    def __init__(self, file: Path, inner: httpx2.BaseTransport | None):
        self._file = file
        self._client = httpx2.Client(transport=inner, follow_redirects=False, limits=httpx2.Limits(max_connections=10))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if SIGN_IN.search(request.url.path):
            return self._asked(request)
        told = f"{request.method} {request.url}\n".encode() + request.read()
        key = hashlib.sha256(told).digest()
        with closing(sqlite3.connect(self._file, timeout=30)) as database:
            database.execute(TABLE)
            kept = database.execute("select status, headers, body from answer where key = ?", (key,)).fetchone()
            if kept:
                return httpx2.Response(kept[0], headers=json.loads(kept[1]), content=kept[2])
        answer = self._asked(request)
        if answer.status_code < 500 and answer.status_code not in PASSING:
            headers = {name: value for name, value in answer.headers.items() if name.lower() in OURS}
            row = (key, answer.status_code, json.dumps(headers), _kept(answer))
            with closing(sqlite3.connect(self._file, timeout=30)) as database, database:
                database.execute("insert or ignore into answer values (?, ?, ?, ?)", row)
        return answer

    def close(self) -> None:
        self._client.close()

    def _asked(self, request: httpx2.Request) -> httpx2.Response:
        """Read to its end; its content is as it was before anything was compressed."""
        with self._client.stream(
            request.method, request.url, headers=request.headers, content=request.read(), extensions=request.extensions
        ) as found:
            content = found.read()
        headers = {name: value for name, value in found.headers.items() if name.lower() not in ("content-encoding",)}
        headers.pop("content-length", None)
        return httpx2.Response(found.status_code, headers=headers, content=content)


def _kept(answer: httpx2.Response) -> bytes:
    """Without card numbers, where it is text."""
    try:
        return json_without_cards(answer.content.decode()).encode()
    except UnicodeDecodeError:
        return answer.content
