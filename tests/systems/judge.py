"""Prism reads a vendor's document and judges each request by it: somebody else's reading of it, beside our own."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx2
from tests.systems.emulators import PRISM, free_port, running

NO_SUCH_CALL = "NO_PATH_MATCHED_ERROR"


class Judge:
    """One document. `refused` says what is wrong with a request, or nothing."""

    def __init__(self, address: str):
        self._client = httpx2.Client(base_url=address, timeout=30)

    def refused(self, request: httpx2.Request) -> str:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() in ("authorization", "content-type", "accept")
        }
        target = request.url.raw_path.decode("ascii")
        answer = self._client.request(request.method, target, headers=headers, content=request.content)
        violations = answer.headers.get("sl-violations", "")
        if answer.status_code < 400 and not _of_the_request(violations):
            return ""
        return f"{request.method} {request.url.path}: {answer.status_code} {answer.text[:600]} {violations[:600]}"

    def close(self) -> None:
        self._client.close()


class Bench:
    """The documents that one system's requests are held to: each request by the one that has its path."""

    def __init__(self, judges: list[Judge], unjudged: str):
        self._judges, self._unjudged = judges, re.compile(unjudged)
        self.heard: list[httpx2.Request] = []
        self.unheard: list[str] = []

    def hear(self, request: httpx2.Request) -> None:
        """Whatever no document has is put aside; it must be known for that."""
        kept = self.unheard if self._unjudged.fullmatch(request.url.path) else None
        if kept is None:
            self.heard.append(request)
        else:
            kept.append(f"{request.method} {request.url.path}")

    def verdicts(self) -> list[str]:
        """What is wrong with what was heard since the last time."""
        found = []
        for request in self.heard:
            said = [judge.refused(request) for judge in self._judges]
            if all(said):
                found.append(next((one for one in said if NO_SUCH_CALL not in one), said[0]))
        self.heard.clear()
        return found


@contextmanager
def documents(folder: Path, files: Sequence[Path]) -> Iterator[dict[str, Judge]]:
    """A judge for each of these documents by its name, all started at once."""
    with ExitStack() as stack:
        started = []
        for file in files:
            port = free_port()
            command: list[str | Path] = ["node", PRISM, "mock", "--host", "127.0.0.1", "--port", str(port), file]
            wait = stack.enter_context(running(command, folder / f"{file.stem}.log"))
            started.append((file.stem, wait, f"http://127.0.0.1:{port}"))
        made = {}
        for name, wait, address in started:
            wait(partial(httpx2.get, address, timeout=5))
            made[name] = Judge(address)
        yield made
        for judge in made.values():
            judge.close()


def _of_the_request(violations: str) -> bool:
    """Prism invents its answers, and now and then one that does not fit: that is no matter of ours."""
    return '"location":["request"' in violations.replace(" ", "")
