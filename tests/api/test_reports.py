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
from tests.measurement.histories import History
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox

from deskhand.bootstrap import due, send, send_due
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket
from deskhand.entrypoints.web.weekly_page import letter
from deskhand.measurement.drift.watch import ALARMED
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.weekly import Week
from deskhand.settings import ReportsTable, Settings
from deskhand.understanding.redact import redact
from deskhand.workflows.import_history import import_tickets
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


def test_what_no_article_answers_is_compared_after_the_page(lumen: Lumen) -> None:
    path = f"/reports/{weeks(lumen)}/gaps"
    assert f'data-load="{path}"' in lumen.http.get(f"/reports/{weeks(lumen)}", headers=cookie(lumen, "ana")).text
    part = lumen.http.get(path, headers={**cookie(lumen, "ana"), "x-fragment": "1"}).text
    assert re.match(r'\s*<ul id="gaps" class="look">', part)
    assert "None: no question came up twice without an answer." in part
    without_script = lumen.http.get(path, headers=cookie(lumen, "ana")).text
    assert "data-load" not in without_script
    assert "What to look at" in without_script
    assert (
        lumen.http.get("/reports/2999-W01/gaps", headers={**cookie(lumen, "ana"), "x-fragment": "1"}).status_code == 404
    )


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


def test_the_dashboard_tells_what_is_known_of_a_cost_and_what_changed_since_the_past(lumen: Lumen) -> None:
    """Half of the calls have no price; what was imported was answered after twenty minutes."""
    journal, page = History(at=lumen.clock() - timedelta(days=9)), "/dashboard/numbers?days=30"
    for number in range(40):
        ticket = f"zendesk:ticket:past{number}"
        journal.wrote(ticket, channel="zendesk", timings_ms={"total": 20.0}).later(seconds=1)
        journal.add("effect.done", ticket, key=f"reply/{ticket}/1", action="reply")
        for dollars in (0.5, None):
            journal.add("model.called", ticket, message="m", dollars=dollars, failed="")
        journal.closed(ticket)
    with lumen.installation.store.begin() as tx:
        for line in journal.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    while not lumen.installation.counting.keep_up():
        pass
    assert "Against before the assistant: unknown" in tile(lumen, page, "first_response")
    cost = tile(lumen, page, "cost_per_resolution")
    assert re.search(r"at least \$0\.\d{4}", cost), cost
    assert "not known: the price of a model, [costs] fixed_per_month (40 calls)" in cost

    past = [("Where is my invoice?", Author.CUSTOMER, 0), ("It went out on 3 March.", Author.AGENT, 20)]
    began = lumen.clock() - timedelta(days=99)
    imported = [
        Ticket(
            Ref("file", "ticket", str(number)),
            "",
            Status.CLOSED,
            "file",
            Requester("", "ada@example.com", verified=False),
            frozenset(),
            "1",
            began,
            tuple(
                Message(text, who, public=True, text=text, sent_at=began + timedelta(minutes=late))
                for text, who, late in past
            ),
        )
        for number in range(40)
    ]
    for _ in import_tickets(imported, "file:past.csv", lumen.installation.store, redact, lumen.clock):
        pass
    lumen.installation.counting.keep_up()
    assert "-95 % against before the assistant" in tile(lumen, page, "first_response")


def tile(lumen: Lumen, page: str, key: str) -> str:
    """Its words."""
    text = lumen.http.get(page, headers=cookie(lumen, "ana")).text
    found = re.search(rf'<h3 id="m-{key}">(.*?)</article>', text, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())
