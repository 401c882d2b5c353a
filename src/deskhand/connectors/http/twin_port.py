"""The port of a twin that speaks no HTTP: opened on this machine alone, in a thread of its own."""

import socketserver
import threading
from typing import Any


class TwinPort:
    """`conversation` is one connection; it finds the twin at its `server.twin`."""

    def __init__(self, twin: Any, name: str, conversation: type[socketserver.StreamRequestHandler]):
        self._twin, self._name, self._conversation = twin, name, conversation
        self._server: TwinServer | None = None
        self._lock = threading.Lock()

    def open(self) -> int:
        """Its number; the same one however often it is asked for."""
        with self._lock:
            if self._server is None:
                self._server = TwinServer(self._twin, self._conversation)
                threading.Thread(target=self._server.serve_forever, args=(0.05,), name=self._name, daemon=True).start()
            return int(self._server.server_address[1])

    def close(self) -> None:
        with self._lock:
            if self._server is not None:
                self._server.shutdown()
                self._server.server_close()
                self._server = None


class TwinServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, twin: Any, conversation: type[socketserver.StreamRequestHandler]):
        self.twin = twin
        super().__init__(("127.0.0.1", 0), conversation)
