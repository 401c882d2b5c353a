"""A company's own system as an MCP server over streamable HTTP: the three calls we use and no others."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import httpx2

from deskhand.connectors.http.exact import exact
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down, Invalid, Missing, Unconfirmed
from deskhand.domain.own_call import Call, ToolCall, mark
from deskhand.domain.read import Read

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26")  # newest first; the server chooses among them
ACCEPT = "application/json, text/event-stream"
NEVER_RAN = (-32700, -32600, -32601, -32602)  # the server could not read the request, or knows no such tool
MOST_PAGES = 50
Json = dict[str, Any]
T = TypeVar("T")
Session = tuple[str, str]  # the session's id, or "", and the version that was agreed on


class OwnMcp:
    """See `ports.reads.OwnSystem` and `ports.writes.OwnWriter`. `wire` carries host and key."""

    def __init__(self, system: str, wire: Wire, path: str, clock: Callable[[], datetime]):
        self.system, self._wire, self._path, self._clock = system, wire, path, clock
        self._numbers = itertools.count(1)
        self._session: Session | None = None
        self._lock = threading.Lock()

    def ask(self, call: Call) -> Read[Any]:
        found = self._in_session(lambda session: self._question("tools/call", _params(call), session))
        if found.get("isError"):
            raise Down(f"{self.system}: the tool {_tool(call).tool} failed")
        return Read(_content(found), self.system, self._clock())

    def send(self, call: Call, *, key: str, repeatable: bool) -> Read[Any]:
        """A tool that failed may have failed half way, so nobody can tell."""

        def write(session: Session) -> Json:
            number, body = self._request("tools/call", _params(call))
            answer = self._wire.write(
                "POST",
                self._path,
                key=key,
                repeatable=repeatable,
                answer=lambda headers, raw: _message(headers, raw, number),
                content=body,
                headers={**_headers(session), "Idempotency-Key": mark(key)},
            )
            return _result(answer, lambda why: Unconfirmed(key, why))

        done = self._in_session(write)
        if done.get("isError"):
            raise Unconfirmed(key, f"the tool {_tool(call).tool} failed")
        try:
            return Read(_content(done), self.system, self._clock())
        except Down as error:
            raise Unconfirmed(key, str(error)) from error

    def tools(self) -> Mapping[str, Json]:
        """The schema of what each tool takes, by its name."""
        return {name: one.get("inputSchema") or {} for name, one in self.described().items()}

    def described(self) -> Mapping[str, Json]:
        """All that the server says of each tool, by its name."""

        def listed(session: Session) -> dict[str, Json]:
            found: dict[str, Json] = {}
            page: Json = {}
            for _ in range(MOST_PAGES):
                answer = self._question("tools/list", page, session)
                found |= {str(one["name"]): one for one in self._tools(answer)}
                if not answer.get("nextCursor"):
                    return found
                page = {"cursor": answer["nextCursor"]}
            raise Down(f"{self.system}: its list of tools has no end")

        return self._in_session(listed)

    def _tools(self, answer: Json) -> list[Json]:
        told = answer.get("tools", [])
        if not isinstance(told, list) or not all(isinstance(one, dict) and "name" in one for one in told):
            raise Down(f"{self.system}: its list of tools cannot be read")
        return told

    def _in_session(self, do: Callable[[Session], T]) -> T:
        """`Missing` is how a server says that it knows our session no more: it did nothing, so a new one may try."""
        session = self._opened()
        try:
            return do(session)
        except Missing:
            if not session[0]:
                raise
        with self._lock:
            if self._session == session:
                self._session = None
        return do(self._opened())

    def _opened(self) -> Session:
        with self._lock:
            if self._session is None:
                self._session = self._open()
            return self._session

    def _open(self) -> Session:
        who = {"name": "deskhand", "version": "1"}
        params = {"protocolVersion": VERSIONS[0], "capabilities": {}, "clientInfo": who}
        number, body = self._request("initialize", params)

        def greeted(headers: httpx2.Headers, raw: bytes) -> tuple[str, Json]:
            return headers.get("mcp-session-id", ""), _message(headers, raw, number)

        headers = {"accept": ACCEPT, "content-type": "application/json"}
        id, answer = self._wire.ask("POST", self._path, answer=greeted, content=body, headers=headers)
        version = _result(answer, Down).get("protocolVersion")
        if version not in VERSIONS:
            raise Invalid(f"{self.system}: speaks MCP {version}, and we speak {', '.join(VERSIONS)}")
        session = (id, str(version))
        ready = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self._wire.ask("POST", self._path, answer=lambda headers, raw: None, content=ready, headers=_headers(session))
        return session

    def _question(self, method: str, params: Json, session: Session) -> Json:
        number, body = self._request(method, params)
        answer = self._wire.ask(
            "POST",
            self._path,
            answer=lambda headers, raw: _message(headers, raw, number),
            content=body,
            headers=_headers(session),
        )
        return _result(answer, Down)

    def _request(self, method: str, params: Json) -> tuple[int, str]:
        number = next(self._numbers)
        return number, json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def _headers(session: Session) -> dict[str, str]:
    id, version = session
    headers = {"accept": ACCEPT, "content-type": "application/json", "mcp-protocol-version": version}
    return headers | ({"mcp-session-id": id} if id else {})


def _tool(call: Call) -> ToolCall:
    if not isinstance(call, ToolCall):
        raise Invalid(f"{call.method}: this system speaks MCP, and has tools only")
    return call


def _params(call: Call) -> Json:
    return {"name": _tool(call).tool, "arguments": dict(_tool(call).arguments)}


def _message(headers: httpx2.Headers, raw: bytes, number: int) -> Json:
    """The answer to request `number`, from one JSON or from a stream of events. ValueError when there is none."""
    streamed = headers.get("content-type", "").startswith("text/event-stream")
    for one in _events(raw) if streamed else [raw]:
        found = exact(headers, one)
        if isinstance(found, dict) and found.get("id") == number and ("result" in found or "error" in found):
            return found
    raise ValueError("no answer to what was asked")


def _events(raw: bytes) -> Iterator[bytes]:
    for event in raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n\n"):
        lines = (line[5:].removeprefix(b" ") for line in event.split(b"\n") if line.startswith(b"data:"))
        if data := b"\n".join(lines):
            yield data


def _result(answer: Json, doubt: Callable[[str], Exception]) -> Json:
    error = answer.get("error")
    if error is None and isinstance(answer.get("result"), dict):
        found: Json = answer["result"]
        return found
    code = error.get("code") if isinstance(error, dict) else None
    if code in NEVER_RAN:
        raise Invalid(f"the MCP server refused the request: {code}")
    raise doubt(f"the MCP server failed: {code}")


def _content(result: Json) -> Any:
    """The structured answer, or the JSON of the first text."""
    if "structuredContent" in result:
        return result["structuredContent"]
    told = result.get("content")
    texts = [one.get("text") for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    try:
        return exact(httpx2.Headers(), str(texts[0]).encode())
    except (IndexError, ValueError, RecursionError) as error:
        raise Down("the tool's answer is no JSON") from error
