"""Signing in to a mailbox and to a mail server by tokens: in time, once more after a refusal, and to nobody else."""

import json
import logging
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.certificate import certificate_in
from tests.contracts.channel_rigs import store
from tests.contracts.dovecot import dovecot, home, missing
from tests.contracts.rigs import clock
from tests.contracts.test_mailbox import READING, Taken, letter
from tests.contracts.token_server import TokenServer, token_server

from deskhand.bootstrap import now
from deskhand.bootstrap.connections.mail_tokens import mail_tokens
from deskhand.connectors.bearer.client import OAUTHBEARER, XOAUTH2, Tokens, words
from deskhand.connectors.bearer.door import BearerDoor
from deskhand.connectors.imap.mailbox import Mailbox
from deskhand.connectors.imap.reader import MailReader
from deskhand.connectors.imap.server import Guard as ImapGuard
from deskhand.connectors.imap.server import Server as ImapServer
from deskhand.connectors.imap.twin import ImapTwin
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.domain.errors import Busy, ConnectorError, NotSent, Refused
from deskhand.settings import Settings, read_table

USER, SECRET = "support@lumen.example", "very-secret-indeed"
SENDER = f"Lumen Support <{USER}>"


def tokens_of(server: TokenServer, grant: str = "client_credentials") -> Tokens:
    table = f"""
        company = "C"
        signature = "S"
        default_queue = "q"
        [egress]
        private = ["127.0.0.1"]
        [systems.mail]
        sender = "{SENDER}"
        [systems.mail.oauth]
        user = "{USER}"
        token_address = "{server.address}"
        client_id = "desk"
        grant = "{grant}"
        scope = "mail"
    """
    secrets = {"DESKHAND_MAIL_OAUTH_SECRET": SECRET, "DESKHAND_MAIL_OAUTH_REFRESH_TOKEN": "kept"}
    settings = Settings(Path(), read_table(table, "desk.toml"), Path(), "", secrets)
    mail = settings.table.systems.mail
    assert mail is not None
    assert mail.oauth is not None
    return mail_tokens(settings, mail.oauth, "mail")


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    with token_server(USER) as made:
        yield made


@dataclass
class Side:
    """One of the two: `once` signs in and does something there, `door` is theirs; `cannot_tell` is one of `faults`."""

    door: BearerDoor
    once: Callable[[Tokens], object]
    faults: deque[str]
    cannot_tell: str


@contextmanager
def mailbox_side(door: BearerDoor) -> Iterator[Side]:
    twin = ImapTwin(":memory:", now, door)

    def once(tokens: Tokens) -> object:
        at = ImapServer("127.0.0.1", twin.start(), ImapGuard.NONE, USER, "", tokens)
        return Mailbox(lambda: at, patience=2).holds("<1@a>")

    yield Side(door, once, twin.faults, "unavailable")
    twin.stop()


@contextmanager
def mailer_side(door: BearerDoor) -> Iterator[Side]:
    twin = SmtpTwin(":memory:", clock, bearer=door)

    def once(tokens: Tokens) -> object:
        at = Server("127.0.0.1", twin.start(), Guard.NONE, USER, "", tokens)
        return SmtpMailer(lambda: at, SENDER, clock, patience=2).send("ada@example.com", "Hi", "Text", key="m/1")

    yield Side(door, once, twin.faults, "busy at AUTH")
    twin.stop()


@pytest.fixture(params=[XOAUTH2, OAUTHBEARER])
def door(request: pytest.FixtureRequest, tokens: TokenServer) -> BearerDoor:
    return BearerDoor(tokens.good, (request.param,))


@pytest.fixture(params=[mailbox_side, mailer_side])
def side(request: pytest.FixtureRequest, door: BearerDoor) -> Iterator[Side]:
    with request.param(door) as made:
        yield made


def test_a_token_signs_in_and_is_kept_for_the_next_time(side: Side, tokens: TokenServer) -> None:
    ours = tokens_of(tokens)
    side.once(ours)
    side.once(ours)

    assert side.door.came == [f"{USER}/1"] * 2
    asked = {"grant_type": "client_credentials", "client_id": "desk", "client_secret": SECRET, "scope": "mail"}
    assert tokens.asked == [asked]


def test_a_refresh_token_is_exchanged_for_one(side: Side, tokens: TokenServer) -> None:
    side.once(tokens_of(tokens, "refresh_token"))

    assert side.door.came == [f"{USER}/1"]
    assert (tokens.asked[0]["grant_type"], tokens.asked[0]["refresh_token"]) == ("refresh_token", "kept")


def test_a_token_that_has_ended_is_not_used_for_the_next_sign_in(side: Side, tokens: TokenServer) -> None:
    tokens.lasts = 0.000_001
    ours = tokens_of(tokens)
    side.once(ours)
    side.once(ours)

    assert side.door.came == [f"{USER}/1", f"{USER}/2"]
    assert side.door.refused == []


def test_a_token_that_they_ended_early_is_renewed_within_the_same_sign_in(side: Side, tokens: TokenServer) -> None:
    ours = tokens_of(tokens)
    side.once(ours)
    tokens.ended.add(f"{USER}/1")
    side.once(ours)

    assert side.door.came == [f"{USER}/1", f"{USER}/2"]
    assert side.door.refused == [f"{USER}/1"]


def test_a_second_refusal_is_the_end_and_says_what_to_look_at(side: Side, tokens: TokenServer) -> None:
    tokens.ended |= {f"{USER}/1", f"{USER}/2"}
    with pytest.raises(Refused, match="our token is not accepted: see that its app may") as caught:
        side.once(tokens_of(tokens))

    assert side.door.refused == [f"{USER}/1", f"{USER}/2"]
    assert f"{USER}/" not in f"{caught.value!s} {caught.value.__cause__!r} {caught.value.__context__!r}"


def test_a_server_that_hangs_up_after_its_no_gets_the_next_token_the_next_time(side: Side, tokens: TokenServer) -> None:
    ours = tokens_of(tokens)
    tokens.ended.add(f"{USER}/1")
    side.faults.append("drop after no")
    with pytest.raises(NotSent, match="our token is not accepted, and they hung up"):
        side.once(ours)
    side.once(ours)

    assert (side.door.refused, side.door.came) == ([f"{USER}/1"], [f"{USER}/2"])


def test_the_same_token_once_more_is_not_tried(side: Side) -> None:
    with pytest.raises(Refused):
        side.once(lambda refused: "stale")

    assert side.door.refused == ["stale"]


def test_who_cannot_tell_now_whether_a_token_is_good_is_asked_later(side: Side, tokens: TokenServer) -> None:
    ours = tokens_of(tokens)
    side.faults.append(side.cannot_tell)
    with pytest.raises(Busy):
        side.once(ours)
    side.once(ours)

    assert tokens.given == 1


def test_a_server_that_takes_no_tokens_is_sent_none(side: Side) -> None:
    side.door.mechanisms = ("PLAIN",)
    with pytest.raises(Refused, match="takes no tokens"):
        side.once(_never)


def _never(refused: str) -> str:
    raise AssertionError("a token was asked for")


BODIES: list[tuple[int, bytes, type[ConnectorError], str]] = [
    (400, json.dumps({"error": "invalid_grant", "error_description": SECRET}).encode(), Refused, "sign in again"),
    (401, json.dumps({"error": "invalid_client", "error_description": SECRET}).encode(), Refused, "make a new secret"),
    (200, json.dumps({"error": "invalid_scope"}).encode(), Refused, "invalid_scope: the scope is not theirs"),
    (200, json.dumps({"access_token": f"{SECRET}\r\nDATA"}).encode(), Refused, "an answer without one"),
    (200, json.dumps([SECRET]).encode(), Refused, "an answer without one"),
    (200, b"<html>" + SECRET.encode(), NotSent, "no token"),
    (302, b"", NotSent, "no token"),
    (503, b"", NotSent, "no token"),
    (429, b"", Busy, "429"),
]


@pytest.mark.parametrize(("status", "body", "error", "told"), BODIES)
def test_without_a_token_nobody_signs_in_and_what_the_endpoint_said_is_told_without_secrets(
    tokens: TokenServer, status: int, body: bytes, error: type[ConnectorError], told: str
) -> None:
    tokens.answers.extend([(status, body)] * 4)
    door = BearerDoor(tokens.good)
    with mailer_side(door) as side, pytest.raises(ConnectorError) as caught:
        side.once(tokens_of(tokens))

    assert type(caught.value) is error
    assert told in str(caught.value)
    assert SECRET not in f"{caught.value!s} {caught.value!r} {caught.value.__cause__!r}"
    assert door.came == door.refused == []


def test_several_who_read_and_send_at_once_ask_for_one_token(tokens: TokenServer) -> None:
    door, ours = BearerDoor(tokens.good), tokens_of(tokens)
    with mailbox_side(door) as box, mailer_side(door) as post, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one.once(ours), [box, post] * 8))

    assert tokens.given == 1
    assert door.came == [f"{USER}/1"] * 16


def test_the_reader_goes_on_after_the_endpoint_was_down(
    tokens: TokenServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    twin = ImapTwin(":memory:", now, BearerDoor(tokens.good))
    ours = tokens_of(tokens)
    mailbox = Mailbox(lambda: ImapServer("127.0.0.1", twin.start(), ImapGuard.NONE, USER, "", ours), patience=2)
    taken, stop = Taken(), threading.Event()
    reader = MailReader(mailbox, READING, store(tmp_path), taken, now, poll=60, again=(0.0,))
    reader.read()
    twin.deliver(letter("1@a"))
    tokens.ended.add(f"{USER}/1")
    tokens.answers.extend([(503, b"")] * 4)
    thread = threading.Thread(target=reader.run, args=(stop,))
    with caplog.at_level(logging.WARNING):
        thread.start()
        came = taken.came.wait(30)
        stop.set()
        thread.join(20)
    twin.stop()

    assert came
    assert taken.ids == ["<1@a>"]
    assert "the mailbox was not read: no token from POST /tokens: 503" in caplog.text
    assert SECRET not in caplog.text
    assert f"{USER}/" not in caplog.text


@pytest.mark.parametrize(("guard", "error"), [(ImapGuard.STARTTLS, Refused), (ImapGuard.TLS, NotSent)])
def test_no_token_is_asked_for_before_the_mailbox_is_protected(
    guard: ImapGuard, error: type[ConnectorError], tokens: TokenServer
) -> None:
    door = BearerDoor(tokens.good)
    twin = ImapTwin(":memory:", now, door)
    at = ImapServer("127.0.0.1", twin.start(), guard, USER, "", _never)
    with pytest.raises(error), Mailbox(lambda: at, patience=2).opened():
        pass
    twin.stop()

    assert door.came == door.refused == []


def test_no_token_is_asked_for_before_the_mail_server_is_protected(tokens: TokenServer) -> None:
    twin = SmtpTwin(":memory:", clock, bearer=BearerDoor(tokens.good))
    at = Server("127.0.0.1", twin.start(), Guard.STARTTLS, USER, "", _never)
    with pytest.raises(Refused, match="no STARTTLS"):
        SmtpMailer(lambda: at, SENDER, clock, patience=2).send("ada@example.com", "Hi", "Text", key="m/1")
    twin.stop()


def test_no_server_elsewhere_is_without_protection() -> None:
    with pytest.raises(ValueError, match="this machine only"):
        ImapServer("mail.example.com", 143, ImapGuard.NONE, USER, "", _never)
    with pytest.raises(ValueError, match="this machine only"):
        Server("mail.example.com", 25, Guard.NONE, USER, "", _never)


@pytest.mark.parametrize("long", [1, 200, 4_000])
def test_a_token_of_any_length_fits_the_lines_of_smtp(long: int) -> None:
    door = BearerDoor(lambda user, token: token == "x" * long)
    with mailer_side(door) as side:
        side.once(lambda refused: "x" * long)

    assert door.came == ["x" * long]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), st.sampled_from([XOAUTH2, OAUTHBEARER]))
def test_whatever_the_mailbox_is_called_no_field_is_added(user: str, mechanism: str) -> None:
    said, _ = words(mechanism, user, "abc", "mail.example.com", 993)

    assert said.count("\x01") == {XOAUTH2: 3, OAUTHBEARER: 5}[mechanism]
    assert said.count(",") == (user.count(",") if mechanism == XOAUTH2 else 2)


@pytest.mark.emulator
@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_real_dovecot_refuses_an_ended_token_and_takes_its_successor(tokens: TokenServer, mechanism: str) -> None:
    if why := missing():
        pytest.skip(why)
    tokens.user = "support"
    ours = tokens_of(tokens)
    with home() as base, dovecot(base, whose=tokens.whose, mechanisms=mechanism) as port:
        at = ImapServer("127.0.0.1", port, ImapGuard.NONE, "support", "", ours)
        mailbox = Mailbox(lambda: at)
        mailbox.file(letter("1@a"))
        tokens.ended.add("support/1")
        assert mailbox.holds("<1@a>")
        tokens.ended |= {"support/2", "support/3"}
        with pytest.raises(Refused, match="our token is not accepted"):
            mailbox.holds("<1@a>")

    assert tokens.given == 3


@pytest.mark.emulator
def test_a_real_dovecot_is_given_a_token_after_the_handshake_and_only_when_it_proves_who_it_is(
    tokens: TokenServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if why := missing():
        pytest.skip(why)
    tokens.user, base = "support", tmp_path_factory.mktemp("dovecot")
    certificate, ours = certificate_in(base), tokens_of(tokens)
    with home() as its, dovecot(its, whose=tokens.whose, mechanisms="xoauth2", certificate=certificate) as port:
        with pytest.raises(Refused, match="certificate"):
            Mailbox(lambda: ImapServer("127.0.0.1", port, ImapGuard.STARTTLS, "support", "", _never)).check()
        at = ImapServer("127.0.0.1", port, ImapGuard.STARTTLS, "support", "", ours)
        trust = ssl.create_default_context(cafile=str(certificate))

        assert Mailbox(lambda: at, trust=trust).check() == "support"
