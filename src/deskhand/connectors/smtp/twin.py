"""A small mail server on this machine: takes letters as the real one does, keeps them, and delivers none."""

import base64
import io
import socketserver
import ssl
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from deskhand.connectors.bearer.door import BearerDoor
from deskhand.connectors.http.twin_port import TwinPort, TwinServer
from deskhand.connectors.http.twin_store import TwinStore

NOT_TAKEN = ("deaf", "busy", "no such box", "drop at DATA", "busy at DATA", "refused")
LOST = ("drop after", "mute after", "nonsense after")  # taken, and the answer lost


class SmtpTwin:
    """`start` opens a port of this machine, and `letters` are kept in the file `path`.

    One of `faults` strikes each connection, in order. With `tls` it offers STARTTLS; with `user`, it wants a password;
    with `bearer`, a token.
    """

    def __init__(
        self,
        path: str,
        clock: Callable[[], datetime],
        *,
        tls: ssl.SSLContext | None = None,
        user: tuple[str, str] | None = None,
        bearer: BearerDoor | None = None,
    ):
        self.path, self.clock, self.tls, self.user, self.bearer = path, clock, tls, user, bearer
        self.faults: deque[str] = deque()
        self._port = TwinPort(self, "smtp", _Conversation)

    @cached_property
    def store(self) -> TwinStore:
        return TwinStore(self.path)

    def start(self) -> int:
        """The port; the same one however often it is asked for."""
        return self._port.open()

    def stop(self) -> None:
        self._port.close()
        self.store.close()

    def letters(self) -> list[dict[str, Any]]:
        """What was taken, oldest first: `sender`, `recipients`, `text` as it came over the wire, `protected`."""
        return self.store.every("letter", 100_000)[::-1]

    def take(self, letter: dict[str, Any]) -> None:
        with self.store.change():
            number = self.store.count("letter")
            self.store.put([("letter", f"{number:08d}", "", "", number, letter)])


class _Conversation(socketserver.StreamRequestHandler):
    """One connection: RFC 5321 as far as a client of ours goes."""

    timeout = 30

    def handle(self) -> None:
        self.twin: SmtpTwin = cast(TwinServer, self.server).twin
        self.fault = self.twin.faults.popleft() if self.twin.faults else ""
        self.sender, self.recipients, self.protected = "", list[str](), False
        self.known = self.twin.user is None and self.twin.bearer is None
        if self.fault == "deaf":
            return
        try:
            self._say(220, "twin ready")
            while line := self.rfile.readline(20_000):
                if not self._answer(line.decode("utf-8", "replace").strip()):
                    return
        except (OSError, ValueError):
            return  # they have gone
        finally:
            if self.protected:  # the bare socket is closed by whoever opened it
                self.connection.close()

    def _answer(self, line: str) -> bool:
        """Whether the conversation goes on."""
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                offers = ["twin", *(["STARTTLS"] if self.twin.tls and not self.protected else [])]
                offers += ["AUTH PLAIN"] if self.twin.user else []
                offers += [f"AUTH {' '.join(self.twin.bearer.mechanisms)}"] if self.twin.bearer else []
                self.wfile.write("".join(f"250-{one}\r\n" for one in offers).encode() + b"250 PIPELINING\r\n")
            case "STARTTLS" if self.twin.tls:
                self._say(220, "go ahead")
                self._protect(self.twin.tls)
            case "AUTH" if len(line) > 510:
                self._say(500, "line too long")
            case "AUTH" if self.fault == "busy at AUTH":
                self._say(454, "cannot tell now")
            case "AUTH":
                self.known = self._by_token(rest) if self.twin.bearer else self._by_password(rest)
                self._say(*((235, "welcome") if self.known else (535, "authentication failed")))
                return self.known or self.fault != "drop after no"
            case "MAIL" if not self.known:
                self._say(530, "authentication required")
            case "MAIL" if self.fault == "busy":
                self._say(451, "try again later")
            case "MAIL":
                self.sender = _address(rest)
                self._say(250, "ok")
            case "RCPT" if self.fault == "no such box":
                self._say(550, "no such mailbox")
            case "RCPT":
                self.recipients.append(_address(rest))
                self._say(250, "ok")
            case "DATA":
                return self._take()
            case "QUIT":
                self._say(221, "bye")
                return False
            case "NOOP" | "RSET":
                self._say(250, "ok")
            case _:
                self._say(502, "not implemented")
        return True

    def _take(self) -> bool:
        if self.fault == "drop at DATA":
            return False
        if not self.sender or not self.recipients:
            self._say(503, "bad sequence of commands")
            return True
        self._say(354, "end with a dot")
        lines = []
        while (line := self.rfile.readline(100_000)) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.fault in ("busy at DATA", "refused"):
            self._say(*((452, "too much mail") if self.fault == "busy at DATA" else (554, "refused")))
            return True
        letter = {"sender": self.sender, "recipients": self.recipients, "protected": self.protected}
        self.twin.take(letter | {"text": b"".join(lines).decode("utf-8", "replace")})
        if self.fault == "mute after":
            self.rfile.readline()  # until they have gone
        if self.fault == "nonsense after":
            self.wfile.write(b"what?\r\n")
        if self.fault in LOST:
            return False
        self._say(250, "taken")
        return True

    def _by_password(self, rest: str) -> bool:
        assert self.twin.user is not None
        wanted = base64.b64encode("\0{}\0{}".format(*self.twin.user).encode()).decode()
        return rest == f"PLAIN {wanted}"

    def _by_token(self, rest: str) -> bool:
        assert self.twin.bearer is not None
        mechanism, _, said = rest.partition(" ")
        if mechanism not in self.twin.bearer.mechanisms:
            return False
        return self.twin.bearer.opens(mechanism, said or self._asked(""), self._asked)

    def _asked(self, challenge: str) -> str:
        self._say(334, challenge)
        return self.rfile.readline(20_000).decode("ascii").strip()

    def _protect(self, tls: ssl.SSLContext) -> None:
        self.connection = tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = cast(io.BufferedIOBase, self.connection.makefile("wb", 0))
        self.protected = True

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


def _address(rest: str) -> str:
    """FROM:<a@b.c> SIZE=1 is a@b.c."""
    return rest.partition("<")[2].partition(">")[0]
