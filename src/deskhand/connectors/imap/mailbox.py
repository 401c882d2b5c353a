"""One mailbox: new letters by a cursor, waiting for more, and the folder of what was sent."""

import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from deskhand.connectors.imap.headers import MESSAGE_ID
from deskhand.connectors.imap.server import Guard, Server
from deskhand.connectors.imap.signing_in import sign_in
from deskhand.domain.errors import ConnectorError, Down, Invalid, Missing, NotSent, Refused, TooLarge

PATIENCE = 30.0  # seconds for each answer
LARGEST = 20 * 1024 * 1024  # bytes of a letter that we take whole
CUT = 512 * 1024  # bytes of a larger one
REISSUE = 25 * 60.0  # seconds: a server may hang up on who idles for 29 minutes
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Cursor:
    """How far a mailbox was read: its UIDVALIDITY, the last UID, and when we began to read it at all."""

    validity: str
    last: int
    since: datetime

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None for "" and for what we did not write."""
        found = re.fullmatch(r"(\d+) (\d+) (\S+)", text)
        return cls(found[1], int(found[2]), datetime.fromisoformat(found[3])) if found else None

    def __str__(self) -> str:
        return f"{self.validity} {self.last} {self.since.isoformat()}"


@dataclass(frozen=True)
class Found:
    """One letter, and the cursor behind it. `whole`: false where it was cut."""

    letter: bytes
    whole: bool
    cursor: Cursor


class Mailbox:
    """`server` is asked for at every connection. Every call raises a `ConnectorError` when there is no answer."""

    def __init__(
        self,
        server: Callable[[], Server],
        folder: str = "INBOX",
        *,
        trust: ssl.SSLContext | None = None,
        patience: float = PATIENCE,
        largest: int = LARGEST,
    ):
        self._server, self.folder, self._trust, self._patience = server, folder, trust, patience
        self.largest = largest

    @contextmanager
    def opened(self, *, readonly: bool = True) -> Iterator["Open"]:
        """Signed in, with the folder selected; letters stay unread there."""
        at = self._server()
        where = f"IMAP {at.host}:{at.port}"
        with _answered(where, NotSent):
            box = self._connected(at)
        try:
            with _answered(where, Down):
                sign_in(box, at, where)
                box.folder.set(self.folder, readonly=readonly)
            yield Open(box, where, self.folder, self.largest)
        finally:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.client.logout()
            with suppress(OSError):
                box.client.shutdown()  # also where they would not say goodbye

    def check(self) -> str:
        """Sign in and look into the folder; as whom. A `ConnectorError` says why that cannot be."""
        with self.opened():
            return self._server().user

    def holds(self, message_id: str) -> bool:
        """Whether a letter with this Message-ID lies in the folder."""
        self._known(message_id)
        with self.opened() as box:
            return bool(box.search(f'HEADER Message-ID "{message_id}"'))

    def letter(self, message_id: str) -> bytes:
        """The letter with this Message-ID. `Missing` when it does not lie in the folder, `TooLarge` when we would have
        to cut it."""
        self._known(message_id)
        with self.opened() as box:
            found = next(map(box.whole, box.search(f'HEADER Message-ID "{message_id}"')), None)
        if found is None:
            raise Missing("IMAP: that letter does not lie in the folder any more")
        return found

    def file(self, letter: bytes) -> None:
        """Add a letter to the folder, as read."""
        with self.opened(readonly=False) as box:
            box.append(letter)

    def _known(self, message_id: str) -> None:
        if not MESSAGE_ID.fullmatch(message_id) or '"' in message_id:
            raise Invalid("That is no Message-ID: the mailbox was not asked.")

    def _connected(self, at: Server) -> BaseMailBox:
        trust = self._trust or ssl.create_default_context()
        if at.guard is Guard.TLS:
            return MailBox(at.host, at.port, timeout=self._patience, ssl_context=trust)
        if at.guard is Guard.STARTTLS:
            return _protected(MailBoxUnencrypted(at.host, at.port, timeout=self._patience), at, trust)
        return MailBoxUnencrypted(at.host, at.port, timeout=self._patience)


def _protected(box: BaseMailBox, at: Server, trust: ssl.SSLContext) -> BaseMailBox:
    """By STARTTLS; closed where that cannot be."""
    try:
        if "STARTTLS" not in box.client.capabilities:
            raise Refused(f"IMAP {at.host}:{at.port}: offers no STARTTLS, so we did not sign in")
        box.client.starttls(trust)
    except BaseException:
        with suppress(OSError):
            box.client.shutdown()
        raise
    return box


class Open:
    """A mailbox to which there is a connection."""

    def __init__(self, box: BaseMailBox, where: str, folder: str, largest: int):
        self._box, self._where, self._folder, self._largest = box, where, folder, largest

    def start(self, now: datetime) -> Cursor:
        """The cursor behind all that is there: what came before our first time is not ours to answer."""
        return Cursor(self._validity(), max(self._uids("ALL"), default=0), now)

    def letters(self, cursor: Cursor) -> Iterator[Found]:
        """What came since, oldest first. All since our first time where the mailbox was numbered anew: whoever takes
        them drops those that are known."""
        if self._validity() != cursor.validity:
            cursor = Cursor(self._validity(), 0, cursor.since)
        # "n:*" always names the last one, also when its UID is below n.
        for uid in sorted(one for one in self._uids(f"UID {cursor.last + 1}:*") if one > cursor.last):
            cursor = Cursor(cursor.validity, uid, cursor.since)
            found = self._letter(uid, cursor)
            if found:
                yield found

    def wait(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Until something came, or so long; where the server cannot IDLE, so long. Comes back soon after `stop`."""
        held = self._told()
        if held is not None and held != self._held:
            self._held = held
            return  # it came while we asked, and they do not tell of it twice
        until = time.monotonic() + min(seconds, REISSUE)
        if "IDLE" not in self._box.client.capabilities:
            while not stop() and (left := until - time.monotonic()) > 0:
                time.sleep(min(left, 0.5))
            return
        with _answered(self._where, Down):
            self._box.idle.start()  # type: ignore[no-untyped-call]
            while not self._heard() and not stop() and (left := until - time.monotonic()) > 0:
                began = time.monotonic()
                told = self._box.idle.poll(min(left, 0.5))
                if told and any(b"EXISTS" in one for one in told):
                    break
                if not told and time.monotonic() - began < min(left, 0.5) / 2:
                    raise imaplib.IMAP4.abort("hung up while idle")
            self._box.idle.stop()  # type: ignore[no-untyped-call]

    def _heard(self) -> bool:
        """Whether word of a letter came in one piece with what was read before: nothing comes on the line then, and
        whoever waits for the line to stir waits in vain."""
        client = self._box.client
        before = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            return b"EXISTS" in client._get_line()
        except (OSError, imaplib.IMAP4.abort):  # nothing there; of a line that is dead `poll` tells
            return False
        finally:
            client.sock.settimeout(before)

    def search(self, what: str) -> list[int]:
        """UIDs."""
        return self._uids(what)

    def whole(self, uid: int) -> bytes | None:
        """The letter with this UID; None for one that is gone by now. `TooLarge` for one that we take only in part."""
        with _answered(self._where, Down):
            size = SIZE.search(_flat(self._fetch(uid, "(RFC822.SIZE)")))
            if size and int(size[1]) > self._largest:
                raise TooLarge(f"IMAP: a letter larger than {self._largest} bytes")
            return self._body(uid, "BODY.PEEK[]")

    def append(self, letter: bytes) -> None:
        with _answered(self._where, Down):
            kind, _ = self._box.client.append(f'"{self._folder}"', r"(\Seen)", None, letter)
            if kind != "OK":
                raise imaplib.IMAP4.error("APPEND")

    def _validity(self) -> str:
        _, found = self._box.client.response("UIDVALIDITY")
        if found and found[0]:
            self._known = bytes(found[0]).decode("ascii", "replace")
        return self._known

    _known = "0"
    _held: int | None = None  # letters in the folder when it was last searched, as far as they told

    def _told(self) -> int | None:
        """How many letters they say there are; None where they did not say since we last asked."""
        _, found = self._box.client.response("EXISTS")
        return int(found[-1]) if found and found[-1] else None

    def _uids(self, what: str) -> list[int]:
        with _answered(self._where, Down):
            if (held := self._told()) is not None:
                self._held = held
            return [int(one) for one in self._box.uids(what, charset=None)]

    def _letter(self, uid: int, cursor: Cursor) -> Found | None:
        """None for one that is gone by now, or was there before we were."""
        with _answered(self._where, Down):
            about = _flat(self._fetch(uid, "(INTERNALDATE RFC822.SIZE)"))
            size, came = SIZE.search(about), imaplib.Internaldate2tuple(about)
            if size is None or (came and time.mktime(came) < int(cursor.since.timestamp())):
                return None
            whole = int(size[1]) <= self._largest
            asked = "BODY.PEEK[]" if whole else f"BODY.PEEK[]<0.{CUT}>"
            letter = self._body(uid, asked)
        return None if letter is None else Found(letter, whole, cursor)

    def _body(self, uid: int, asked: str) -> bytes | None:
        return max((one[1] for one in self._fetch(uid, f"({asked})") if isinstance(one, tuple)), default=None)

    def _fetch(self, uid: int, what: str) -> list[Any]:
        kind, found = self._box.client.uid("FETCH", str(uid), what)
        if kind != "OK":
            raise imaplib.IMAP4.error("FETCH")
        return [one for one in found if one is not None]


def _flat(found: list[Any]) -> bytes:
    return b" ".join(part for one in found for part in (one if isinstance(one, tuple) else (one,)))


@contextmanager
def _answered(where: str, lost: type[ConnectorError]) -> Iterator[None]:
    """Failures of the connection as ours. Their words are not kept: they may quote a letter."""
    try:
        yield
    except ConnectorError:
        raise
    except MailboxLoginError as error:
        raise Refused(f"{where}: our user and password are not accepted") from error
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"{where}: its certificate is not to be trusted") from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError, IndexError) as error:
        raise lost(f"{where}: {type(error).__name__}") from error
