"""Reading a mailbox: our twin and a real Dovecot keep the same promises."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.contracts.channel_rigs import store
from tests.contracts.dovecot import dovecot, home, missing
from tests.contracts.token_server import TokenServer, token_server

from deskhand.bootstrap import now
from deskhand.connectors.imap.mailbox import Cursor, Mailbox
from deskhand.connectors.imap.reader import MailReader
from deskhand.connectors.imap.reading import Reading
from deskhand.connectors.imap.server import Guard, Server
from deskhand.connectors.imap.twin import PASSWORD, USER, ImapTwin
from deskhand.domain.errors import ConnectorError, Down, NotSent, Refused
from deskhand.domain.incoming import Incoming, Kind

READING = Reading(frozenset({"support@lumen.example"}), "", lambda token: "")


@dataclass
class Box:
    """A mailbox somewhere: `put` lets a letter arrive there, `renumber` changes its UIDVALIDITY."""

    port: Callable[[], int]
    user: str
    password: str
    put: Callable[[bytes], object]
    renumber: Callable[[], object]
    twin: ImapTwin | None = None
    token: bool = False  # whether the password is one
    folders: dict[str, Mailbox] = field(default_factory=dict)

    def mailbox(self, folder: str = "INBOX", **how: Any) -> Mailbox:
        word = how.pop("password", self.password)
        if self.token:
            at = Server("127.0.0.1", self.port(), Guard.NONE, self.user, "", lambda refused: word)
        else:
            at = Server("127.0.0.1", self.port(), Guard.NONE, self.user, word)
        return Mailbox(lambda: at, folder, patience=2, **how)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, Path]]:
    if why := missing():
        pytest.skip(why)
    with home() as base, dovecot(base) as port:
        yield port, base


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    with token_server("") as made:
        yield made


@pytest.fixture(scope="module")
def server_of_tokens(tokens: TokenServer) -> Iterator[tuple[int, Path]]:
    if why := missing():
        pytest.skip(why)
    with home() as base, dovecot(base, whose=tokens.whose, mechanisms="xoauth2 oauthbearer") as port:
        yield port, base


@pytest.fixture
def twin() -> Iterator[Box]:
    made = ImapTwin(":memory:", now)
    yield Box(made.start, USER, PASSWORD, made.deliver, made.number_anew, made)
    made.stop()


@pytest.fixture
def real(server: tuple[int, Path]) -> Iterator[Box]:
    yield from _dovecot_box(server, uuid4().hex, "pw")


@pytest.fixture
def real_by_token(server_of_tokens: tuple[int, Path], tokens: TokenServer) -> Iterator[Box]:
    tokens.user = uuid4().hex
    yield from _dovecot_box(server_of_tokens, tokens.user, f"{tokens.user}/0", token=True)


def _dovecot_box(server: tuple[int, Path], user: str, word: str, *, token: bool = False) -> Iterator[Box]:
    port, base = server

    def put(letter: bytes) -> None:
        made.mailbox().file(letter)

    def renumber() -> None:
        (base / "mail" / user / "dovecot-uidlist").unlink()
        for file in (base / "mail" / user).glob("dovecot.index*"):
            file.unlink()

    made = Box(lambda: port, user, word, put, renumber, token=token)
    yield made
    shutil.rmtree(base / "mail" / user, ignore_errors=True)


@pytest.fixture(params=["twin", *(pytest.param(one, marks=pytest.mark.emulator) for one in ("real", "real_by_token"))])
def box(request: pytest.FixtureRequest) -> Box:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Box)
    return found


@dataclass
class Taken:
    """What was taken in, each id once; it refuses the one named in `dies`."""

    messages: list[Incoming] = field(default_factory=list)
    dies: str = ""
    came: threading.Event = field(default_factory=threading.Event)

    def __call__(self, incoming: Incoming) -> bool:
        if incoming.id == self.dies:
            self.dies = ""
            raise KeyboardInterrupt
        self.came.set()
        if incoming.id in self.ids:
            return False
        self.messages.append(incoming)
        return True

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.messages]


def letter(id: str, text: str = "Hello", **headers: str) -> bytes:
    head = {"From": "Ada <ada@example.com>", "Message-ID": f"<{id}>", "Subject": "Hi", **headers}
    return "\r\n".join([*(f"{name}: {value}" for name, value in head.items()), "", text, ""]).encode()


def reader(box: Box, folder: Path, taken: Taken, **how: Any) -> MailReader:
    return MailReader(box.mailbox(**how), READING, store(folder), taken, now, poll=60)


def test_what_came_after_our_first_time_is_read_once_and_in_order(box: Box, tmp_path: Path) -> None:
    box.put(letter("old@a"))
    taken = Taken()
    ours = reader(box, tmp_path, taken)
    ours.read()
    assert taken.ids == []
    box.put(letter("1@a", "Erste Zeile\r\n.\r\nGrüße"))
    box.put(letter("2@a"))
    ours.read()
    ours.read()

    assert taken.ids == ["<1@a>", "<2@a>"]
    assert taken.messages[0].text == "Erste Zeile\r\n.\r\nGrüße"


def test_what_was_not_taken_in_comes_again_after_a_crash(box: Box, tmp_path: Path) -> None:
    taken = Taken(dies="<2@a>")
    reader(box, tmp_path, taken).read()
    for id in ("1@a", "2@a", "3@a"):
        box.put(letter(id))
    with pytest.raises(KeyboardInterrupt):
        reader(box, tmp_path, taken).read()
    reader(box, tmp_path, taken).read()

    assert taken.ids == ["<1@a>", "<2@a>", "<3@a>"]


def test_a_mailbox_that_is_numbered_anew_is_read_from_the_start_and_what_is_known_dropped(
    box: Box, tmp_path: Path
) -> None:
    taken = Taken()
    ours = reader(box, tmp_path, taken)
    ours.read()
    box.put(letter("1@a"))
    ours.read()
    box.renumber()
    box.put(letter("2@a"))

    assert ours.read() == 2
    assert taken.ids == ["<1@a>", "<2@a>"]


def test_letters_from_before_our_first_time_stay_unanswered_when_it_is_numbered_anew(box: Box) -> None:
    box.put(letter("1@a"))
    with box.mailbox().opened() as opened:
        cursor = opened.start(now() + timedelta(hours=1))
        elsewhere = Cursor("0", cursor.last, cursor.since)

        assert list(opened.letters(elsewhere)) == []


def test_a_letter_over_the_limit_is_not_taken_whole(box: Box, tmp_path: Path) -> None:
    taken = Taken()
    ours = reader(box, tmp_path, taken, largest=2_000)
    ours.read()
    box.put(letter("1@a", "x" * 3_000))
    ours.read()

    assert taken.messages[0].kind is Kind.UNREADABLE
    assert taken.messages[0].requester.email == "ada@example.com"


def test_a_letter_that_comes_while_we_wait_is_read_at_once(box: Box, tmp_path: Path) -> None:
    taken, stop = Taken(), threading.Event()
    ours = reader(box, tmp_path, taken)
    ours.read()
    thread = threading.Thread(target=ours.run, args=(stop,))
    thread.start()
    box.put(letter("1@a"))
    came = taken.came.wait(20)
    stop.set()
    thread.join(20)

    assert came
    assert not thread.is_alive()
    assert taken.ids == ["<1@a>"]


def test_a_letter_that_comes_while_we_ask_is_read_at_once(twin: Box, tmp_path: Path) -> None:
    """The server tells of it in its answer, and not again while we wait."""
    assert twin.twin is not None
    taken, stop = Taken(), threading.Event()
    ours = reader(twin, tmp_path, taken)
    ours.read()
    twin.twin.meanwhile.append(letter("1@a"))
    thread = threading.Thread(target=ours.run, args=(stop,))
    thread.start()
    came = taken.came.wait(20)
    stop.set()
    thread.join(20)

    assert came
    assert taken.ids == ["<1@a>"]


def test_the_folder_of_what_was_sent_is_searched_by_message_id(box: Box) -> None:
    sent = box.mailbox()
    sent.file(letter("1@a"))

    assert sent.holds("<1@a>")
    assert not sent.holds("<2@a>")
    assert not box.mailbox().holds("<1@b>")


def test_a_wrong_password_or_token_is_refused(box: Box) -> None:
    with pytest.raises(Refused) as refusal, box.mailbox(password="wrong").opened():
        pass

    assert "wrong" not in str(refusal.value)


@pytest.mark.parametrize("fault", ["deaf", "drop at login", "drop at fetch", "cut fetch", "no at fetch"])
def test_a_letter_survives_a_connection_that_does_not(twin: Box, tmp_path: Path, fault: str) -> None:
    assert twin.twin is not None
    taken = Taken()
    ours = reader(twin, tmp_path, taken)
    ours.read()
    twin.put(letter("1@a"))
    twin.twin.faults.append(fault)
    with pytest.raises(ConnectorError):
        ours.read()
    ours.read()

    assert taken.ids == ["<1@a>"]


def test_without_idle_it_is_polled(twin: Box, tmp_path: Path) -> None:
    assert twin.twin is not None
    twin.twin.idle = False
    taken, stop = Taken(), threading.Event()
    ours = MailReader(twin.mailbox(), READING, store(tmp_path), taken, now, poll=0.1)
    ours.read()
    thread = threading.Thread(target=ours.run, args=(stop,))
    thread.start()
    twin.put(letter("1@a"))
    came = taken.came.wait(20)
    stop.set()
    thread.join(20)

    assert came


def test_nobody_there_is_not_reached(twin: Box) -> None:
    mailbox = twin.mailbox()
    assert twin.twin is not None
    twin.twin.stop()
    with pytest.raises((NotSent, Down)), mailbox.opened():
        pass


def test_a_cursor_of_another_make_is_none() -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)

    assert Cursor.parse(str(Cursor("7", 3, at))) == Cursor("7", 3, at)
    assert Cursor.parse("") is Cursor.parse("x 1 y z") is None


@pytest.mark.parametrize("address", ["imap-plain://mail.example.com:143", "imaps://mail.example.com", "https://a:1"])
def test_no_mailbox_is_without_protection_but_on_this_machine(address: str) -> None:
    with pytest.raises(ValueError, match="imap"):
        Server.parse(address, "us", "secret")
