"""A small IMAP server on this machine: one user, folders that are kept in a file, and news to those who idle."""

import re
import socketserver
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from typing import Any, cast

from deskhand.connectors.bearer.door import BearerDoor
from deskhand.connectors.http.twin_port import TwinPort, TwinServer
from deskhand.connectors.http.twin_store import TwinStore

USER, PASSWORD = "desk", "twin"
LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
FAULTS = (
    *("deaf", "drop at login", "drop after no", "unavailable"),
    *("drop at fetch", "cut fetch", "no at fetch", "drop at append"),
)


class ImapTwin:
    """`start` opens a port of this machine. One of `faults` strikes each connection, in order. With `bearer` it takes
    tokens instead of the password."""

    def __init__(self, path: str, clock: Callable[[], datetime], bearer: BearerDoor | None = None):
        self.store, self.clock, self.bearer = TwinStore(path), clock, bearer
        self.faults: deque[str] = deque()
        self.meanwhile: deque[bytes] = (
            deque()
        )  # letters that come while a SEARCH is answered, and are told of only there
        self.news = threading.Condition()
        self.idle = True  # whether it can
        self._port = TwinPort(self, "imap", _Conversation)

    def start(self) -> int:
        """The port; the same one however often it is asked for."""
        return self._port.open()

    def stop(self) -> None:
        self._port.close()
        self.store.close()

    def deliver(self, letter: bytes, folder: str = "INBOX") -> int:
        """A letter arrives; its UID."""
        with self.store.change():
            uid = max((one["uid"] for one in self.letters(folder)), default=0) + 1
            row = {"uid": uid, "letter": letter.decode("latin-1"), "at": self.clock().isoformat()}
            self.store.put([("letter", f"{folder}/{uid:010d}", folder, "", uid, row)])
        with self.news:
            self.news.notify_all()
        return uid

    def letters(self, folder: str = "INBOX") -> list[dict[str, Any]]:
        """What lies there, oldest first: `uid`, `letter` as it came (latin-1), `at`."""
        return self.store.owned("letter", folder)[::-1]

    def validity(self) -> int:
        row = self.store.get("validity", "") or {"is": 1}
        return int(row["is"])

    def number_anew(self) -> None:
        """As after a restore: the same letters under other UIDs, and another UIDVALIDITY."""
        self.store.put([("validity", "", "", "", 0, {"is": self.validity() + 1})])


class _Gone(Exception):
    """They have hung up, or we do."""


class _Conversation(socketserver.StreamRequestHandler):
    """One connection: RFC 3501 and 2177 as far as a client of ours goes."""

    timeout = 30

    def handle(self) -> None:
        self.twin: ImapTwin = cast(TwinServer, self.server).twin
        self.fault = self.twin.faults.popleft() if self.twin.faults else ""
        self.known, self.folder = False, ""
        if self.fault == "deaf":
            return
        try:
            self._say(f"* OK [CAPABILITY {self._capabilities()}] twin ready")
            while True:
                self._answer(*self._command())
        except (_Gone, OSError, ValueError):
            return

    def _command(self) -> tuple[str, str, str, bytes]:
        """(tag, command in capitals, the rest, a literal)."""
        line = self.rfile.readline(100_000)
        if not line:
            raise _Gone
        literal = b""
        if found := LITERAL.search(line):
            self._say("+ go on")
            literal = self.rfile.read(int(found[1]))
            self.rfile.readline(10)
        tag, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
        verb, _, rest = rest.partition(" ")
        if verb.upper() == "UID":
            verb, _, rest = rest.partition(" ")
        return tag, verb.upper(), rest, literal

    def _answer(self, tag: str, verb: str, rest: str, literal: bytes) -> None:
        match verb:
            case "CAPABILITY":
                self._say(f"* CAPABILITY {self._capabilities()}")
            case "LOGIN" | "AUTHENTICATE":
                if self.fault == "drop at login":
                    raise _Gone
                if self.fault == "unavailable":
                    return self._say(f"{tag} NO [UNAVAILABLE] not now")
                self.known = self._by_token(rest) if verb == "AUTHENTICATE" else self._by_password(rest)
                if not self.known:
                    self._say(f"{tag} NO [AUTHENTICATIONFAILED] no")
                    if self.fault == "drop after no":
                        raise _Gone
                    return None
            case "LOGOUT":
                self._say("* BYE")
                self._say(f"{tag} OK done")
                raise _Gone
            case "NOOP":
                pass
            case _ if not self.known:
                return self._say(f"{tag} NO sign in first")
            case "SELECT" | "EXAMINE":
                self.folder = rest.strip('"')
                self._say(f"* {len(self.twin.letters(self.folder))} EXISTS")
                self._say(f"* OK [UIDVALIDITY {self.twin.validity()}] valid")
            case "SEARCH":
                self._say(" ".join(["* SEARCH", *map(str, self._search(rest))]))
                if self.twin.meanwhile:
                    self.twin.deliver(self.twin.meanwhile.popleft(), self.folder)
                    self._say(f"* {len(self.twin.letters(self.folder))} EXISTS")
            case "FETCH":
                if self.fault == "no at fetch":
                    return self._say(f"{tag} NO not now")
                self._fetch(rest)
            case "APPEND":
                if self.fault == "drop at append":
                    raise _Gone
                self.twin.deliver(literal, rest.split(" ")[0].strip('"'))
            case "IDLE" if self.twin.idle:
                self._idle()
            case _:
                return self._say(f"{tag} BAD what?")
        self._say(f"{tag} OK done")
        return None

    def _by_password(self, rest: str) -> bool:
        return self.twin.bearer is None and rest == f'"{USER}" "{PASSWORD}"'

    def _by_token(self, mechanism: str) -> bool:
        if self.twin.bearer is None or mechanism not in self.twin.bearer.mechanisms:
            return False
        return self.twin.bearer.opens(mechanism, self._asked(""), self._asked)

    def _asked(self, challenge: str) -> str:
        self._say(f"+ {challenge}")
        line = self.rfile.readline(20_000)
        if not line:
            raise _Gone
        return line.decode("ascii").strip()

    def _capabilities(self) -> str:
        bearer = self.twin.bearer.mechanisms if self.twin.bearer else ()
        return " ".join(["IMAP4rev1", *(["IDLE"] if self.twin.idle else []), *(f"AUTH={one}" for one in bearer)])

    def _search(self, what: str) -> list[int]:
        held = self.twin.letters(self.folder)
        if found := re.fullmatch(r"UID (\d+):\*", what):
            last = max((one["uid"] for one in held), default=0)
            return [one["uid"] for one in held if one["uid"] >= int(found[1]) or one["uid"] == last]
        if found := re.fullmatch(r'HEADER Message-ID "(.+)"', what):
            return [one["uid"] for one in held if found[1] in str(_message_id(one))]
        return [one["uid"] for one in held]

    def _fetch(self, rest: str) -> None:
        uid, _, what = rest.partition(" ")
        held = self.twin.letters(self.folder)
        for place, one in enumerate(held, 1):
            if one["uid"] != int(uid):
                continue
            raw = one["letter"].encode("latin-1")
            if "BODY" not in what:
                at = datetime.fromisoformat(one["at"]).strftime("%d-%b-%Y %H:%M:%S %z")
                self._say(f'* {place} FETCH (UID {uid} INTERNALDATE "{at}" RFC822.SIZE {len(raw)})')
                continue
            if self.fault == "drop at fetch":
                raise _Gone
            cut = re.search(r"<0\.(\d+)>", what)
            raw = raw[: int(cut[1])] if cut else raw
            self.wfile.write(f"* {place} FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode())
            if self.fault == "cut fetch":
                self.wfile.write(raw[: len(raw) // 2])
                raise _Gone
            self.wfile.write(raw + b")\r\n")

    def _idle(self) -> None:
        self._say("+ idling")
        done = threading.Event()

        def tell() -> None:
            known = len(self.twin.letters(self.folder))
            while not done.is_set():
                with self.twin.news:
                    self.twin.news.wait(0.05)
                if not done.is_set() and (held := len(self.twin.letters(self.folder))) != known:
                    known = held
                    self._say(f"* {held} EXISTS")

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            if not self.rfile.readline(100):  # DONE
                raise _Gone
        finally:
            done.set()
            teller.join()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def _message_id(letter: dict[str, Any]) -> str:
    head = letter["letter"].partition("\r\n\r\n")[0] + "\r\n\r\n"
    return str(message_from_bytes(head.encode("latin-1"))["message-id"])
