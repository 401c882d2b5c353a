"""What `deskhand doctor` finds out about letters: whether we can sign in, with the settings that a desk has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contracts.rigs import clock
from tests.contracts.token_server import TokenServer, token_server

from deskhand.bootstrap import now
from deskhand.bootstrap.connections.mailer import mailer_of
from deskhand.bootstrap.operations.health import Health, examine_mail
from deskhand.connectors.bearer.door import BearerDoor
from deskhand.connectors.imap.twin import ImapTwin
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.settings import Settings, read_table

USER, SECRET, REFRESH = "support@lumen.example", "very-secret-indeed", "kept-for-long"


class Post:
    """A provider on this machine: a mailbox, a way out, and tokens for both."""

    def __init__(self, tokens: TokenServer) -> None:
        self.tokens = tokens
        self.box = ImapTwin(":memory:", now, BearerDoor(tokens.good))
        self.out = SmtpTwin(":memory:", clock, bearer=BearerDoor(tokens.good))

    def examined(self, folder: Path) -> dict[str, Health]:
        oauth = f"""user = "{USER}"
            token_address = "{self.tokens.address}"
            client_id = "desk"
            grant = "refresh_token"
        """
        text = f"""
            company = "C"
            signature = "S"
            default_queue = "q"
            [egress]
            private = ["127.0.0.1"]
            [systems.mail]
            address = "smtp-plain://127.0.0.1:{self.out.start()}"
            sender = "Lumen <{USER}>"
            [systems.mail.oauth]
            {oauth}
            [channels.email]
            address = "imap-plain://127.0.0.1:{self.box.start()}"
            sent = "Sent"
            [channels.email.oauth]
            {oauth}
        """
        secrets = {f"DESKHAND_{one}_OAUTH_SECRET": SECRET for one in ("MAIL", "IMAP")}
        secrets |= {f"DESKHAND_{one}_OAUTH_REFRESH_TOKEN": REFRESH for one in ("MAIL", "IMAP")}
        settings = Settings(folder, read_table(text, "desk.toml"), folder, "", secrets)
        assert settings.table.systems.mail is not None
        mailer = mailer_of(settings, settings.table.systems.mail, None, clock)
        return {one.system: one for one in examine_mail(settings, mailer)}


@pytest.fixture
def post() -> Iterator[Post]:
    with token_server(USER) as tokens:
        made = Post(tokens)
        yield made
        made.box.stop()
        made.out.stop()


def test_whoever_can_sign_in_everywhere_is_well_and_sends_nothing(post: Post, tmp_path: Path) -> None:
    found = post.examined(tmp_path)

    assert list(found) == ["mail", "email", "email.sent"]
    assert {(one.well, one.account) for one in found.values()} == {(True, USER)}
    assert post.out.letters() == []


def test_a_refresh_token_that_has_ended_is_told_with_what_to_do_and_without_secrets(post: Post, tmp_path: Path) -> None:
    post.tokens.answers.extend([(400, b'{"error": "invalid_grant", "error_description": "very-secret-indeed"}')] * 3)
    found = post.examined(tmp_path)

    assert not any(one.well for one in found.values())
    assert "invalid_grant: what was granted has ended, or was revoked: sign in again" in found["mail"].fault
    assert SECRET not in repr(found)
    assert REFRESH not in repr(found)


def test_what_may_read_and_not_send_is_told_apart(post: Post, tmp_path: Path) -> None:
    assert post.out.bearer is not None
    post.out.bearer.takes = lambda user, token: False
    found = post.examined(tmp_path)

    assert {name: one.well for name, one in found.items()} == {"mail": False, "email": True, "email.sent": True}
    assert "our token is not accepted" in found["mail"].fault
