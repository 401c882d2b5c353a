"""Reads documents in a process apart, which is ended when one of them takes too long, and begun anew."""

import json
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from deskhand.connectors.documents.document import LARGEST, Document, moment_of
from deskhand.domain.errors import Unreadable

PATIENCE = 30.0  # seconds for one document
START = "import sys; sys.path[:] = sys.argv[1:]; from deskhand.connectors.documents.child import serve; serve()"


class Apart:
    """One process for as many documents as are read while it is open; it starts at the first. One at a time."""

    def __init__(self, patience: float = PATIENCE):
        self.patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, kind: str, data: bytes, *, charset: str = "", base: str = "") -> Document:
        """`kind` is one of `document.KINDS`. `Unreadable` when there is no text to be had."""
        if len(data) > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 1024 // 1024} megabytes")
        asked = {"kind": kind, "bytes": len(data), "charset": charset, "base": base}
        with self._lock:
            answer = self._ask(json.dumps(asked).encode("ascii") + b"\n" + data)
        if why := answer.pop("why", ""):
            raise Unreadable(why)
        return Document(**answer | {"changed": moment_of(answer["changed"])})

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _ask(self, question: bytes) -> dict[str, Any]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        child = self._child = self._child or _begun()
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self.patience, end)
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(question)
            child.stdin.flush()
            answer = child.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            timer.cancel()
        if late.is_set() or not answer.endswith(b"\n"):
            self.close()
        if answer.endswith(b"\n"):
            found: dict[str, Any] = json.loads(answer)
            return found
        return {"why": "it takes too long to read" if late.is_set() else "whatever reads it broke down over it"}


def _begun() -> subprocess.Popen[bytes]:
    """Without our environment, and so without our keys."""
    command = [sys.executable, "-I", "-c", START, *filter(None, sys.path)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, close_fds=True
    )
