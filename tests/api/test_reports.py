"""A week for people: in the workspace, as a file, and by e-mail exactly once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
from tests.api.test_drift_page import ALARM
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox

from deskhand.bootstrap import due, send, send_due
from deskhand.domain.stage import Stage
from deskhand.entrypoints.web.weekly_page import letter
from deskhand.measurement.drift.watch import ALARMED
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.weekly import Week
from deskhand.settings import ReportsTable, Settings
from deskhand.workflows.send_report import key_of

HOSTILE = "<script>alert('week')</script>"
TO = ["lead@lumen.example", "board@lumen.example"]


def reported(settings: Settings) -> Settings:
    table = apart(settings).table
    return replace(settings, table=table.model_copy(update={"reports": ReportsTable(to=TO, hour=9, day="tuesday")}))


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """A week after a ticket and an alarm."""
    folder = copytree(prepared, tmp_path_factory.mktemp("reports") / "desk")
    with opened(folder, reported, Mailbox(), finished=True) as lumen:
        lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
        with lumen.installation.store.begin() as tx:
            body = {**ALARM, "procedure": HOSTILE, "alarm": f"edits/{HOSTILE}/7"}
            tx.journal.append(ALARMED, "", body, lumen.clock())
        lumen.clock.ahead += timedelta(days=9)
        yield lumen


def weeks(lumen: Lumen) -> str:
    """The week in which the ticket came, which is over by now."""
    day = (lumen.clock() - timedelta(days=9)).astimezone(UTC).date()
    return str(Week(day - timedelta(days=day.weekday())))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", ["", "/file"])
def test_a_week_has_every_metric_and_what_to_look_at(lumen: Lumen, kind: str, language: str) -> None:
    headers = cookie(lumen, "ana")
    headers["cookie"] += f"; language={language}"
    answer = lumen.http.get(f"/reports/{weeks(lumen)}{kind}", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.text.count('<tr><th scope="row">') >= len(METRICS)
    assert HOSTILE not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert ("What to look at" if language == "en" else "Worauf zu sehen ist") in answer.text


def test_the_file_needs_nothing_else_and_runs_nothing(lumen: Lumen) -> None:
    answer = lumen.http.get(f"/reports/{weeks(lumen)}/file", headers=cookie(lumen, "ana"))
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert not re.search(r"<script|\bsrc=|<link|@import|url\(|\bon\w+=", answer.text)
    assert "prefers-color-scheme: dark" in answer.text
    assert "@media print" in answer.text


@pytest.mark.parametrize("week", ["2999-W01", "2026-W54", "shoes"])
def test_a_week_that_is_not_over_or_is_none_is_not_there(lumen: Lumen, week: str) -> None:
    assert lumen.http.get(f"/reports/{week}", headers=cookie(lumen, "ana")).status_code == 404


def test_it_is_due_at_its_hour_in_the_zone_of_the_desk_and_not_before() -> None:
    settings = _settings("America/New_York")
    monday = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert due(settings, monday + timedelta(days=1, hours=13, minutes=59)) is None
    assert due(settings, monday + timedelta(days=1, hours=14)) == Week.parse("2026-W47")


def test_it_is_sent_once_to_each_whatever_round_comes(lumen: Lumen) -> None:
    write = partial(letter, lumen.installation.settings)
    week = Week.parse(weeks(lumen))
    ways = send(lumen.installation, week, write)
    assert len(ways) == 2
    lumen.eventually(lambda: all(_settled(lumen, key_of(way, str(week))) for way in ways))
    assert send(lumen.installation, week, write) == []
    letters = [one for key, one in lumen.mailbox.letters if key.startswith(f"report/{week}/")]
    assert sorted(one.to for one in letters) == sorted(TO)
    told = letters[0].text
    assert str(week) in letters[0].subject
    assert "zendesk:ticket" not in told
    with lumen.installation.store.begin() as tx:
        kept = [tx.ledger.effect(key_of(way, str(week))) for way in ways]
    assert not [one for one in kept if one and "@" in str(one.args)]


def test_a_week_before_the_first_message_is_not_sent(lumen: Lumen) -> None:
    ahead = lumen.clock.ahead
    lumen.clock.ahead = timedelta(days=-30)
    assert send_due(lumen.installation, partial(letter, lumen.installation.settings)) == []
    lumen.clock.ahead = ahead


def _settled(lumen: Lumen, key: str) -> bool:
    with lumen.installation.store.begin() as tx:
        effect = tx.ledger.effect(key)
    return effect is not None and str(effect.state) != "reserved"


def _settings(zone: str) -> Settings:
    from deskhand.settings import read_settings
    from deskhand.settings.hours import CalendarTable, HoursTable

    settings = reported(read_settings(Path(__file__).parents[2] / "examples" / "lumen"))
    calendar = CalendarTable(zone=zone, hours=HoursTable())
    return replace(settings, table=settings.table.model_copy(update={"calendar": calendar}))
