"""`deskhand report weekly --send`: by a mail server that listens on this machine, once to each."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from email import message_from_string
from email.policy import default
from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.script import deskhand
from tests.measurement.histories import History

from deskhand.bootstrap import now, open_store
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.measurement.weekly import Week
from deskhand.settings import read_settings

TO = ["lead@example.com", "board@example.com"]
MAIL = """
[systems.mail]
address = "smtp-plain://127.0.0.1:{port}"
sender = "Example & Co <support@example.com>"
[reports]
to = ["lead@example.com", "board@example.com"]
"""


@pytest.fixture
def server() -> Iterator[SmtpTwin]:
    twin = SmtpTwin(":memory:", now)
    yield twin
    twin.stop()


def desk_of(starter: Path, folder: Path, server: SmtpTwin) -> Path:
    """One that a message came to in the last week that is over."""
    desk = Path(copytree(starter, folder / "desk"))
    with (desk / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(MAIL.format(port=server.start()))
    history = History(at=datetime.combine(Week.last(now()).monday, time(9), UTC)).wrote("a").closed("a")
    with open_store(read_settings(desk)) as store, store.begin() as tx:
        for line in history.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    return desk


def test_it_goes_to_everybody_once_and_the_next_time_to_nobody(starter: Path, tmp_path: Path, server: SmtpTwin) -> None:
    desk = desk_of(starter, tmp_path, server)
    done = deskhand("report", "weekly", "--send", "--desk", desk)
    assert done.code == 0, done.err
    assert "Sent to 2; 0 had it before" in done.err
    letters = server.letters()
    assert sorted(one for letter in letters for one in letter["recipients"]) == sorted(TO)
    told = message_from_string(letters[0]["text"], policy=default)
    assert str(Week.last(now())) in str(told["subject"])
    assert "Tickets: 1 (n 1" in told.get_content()
    again = deskhand("report", "weekly", "--send", "--desk", desk)
    assert "Sent to 0; 2 had it before" in again.err
    assert len(server.letters()) == 2
