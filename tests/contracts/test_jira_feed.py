"""What changed at Jira: told once, though whole minutes are read again, on any clock that our account may have."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts import rigs

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import twin as jira
from deskhand.connectors.jira.account import Account
from deskhand.connectors.jira.feed import OVERLAP, REMEMBERED, TWICE, Cursor, JiraFeed
from deskhand.connectors.jira.twin_kept import OWN_EMAIL, PLACE
from deskhand.domain.errors import Down, Invalid
from deskhand.testing.help_desk import MAYA

AUTUMN = datetime(2026, 10, 25, 0, 59, tzinfo=UTC)  # 2:59 in Berlin, for the first time
ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", None]


class Changing:
    """Jira with a clock that can be moved, and every JQL that it was asked."""

    def __init__(self, zone: str | None, now: datetime = rigs.NOW, page: int = 10):
        self.now = now
        self.asked: list[str] = []
        self.twin = jira.JiraTwin(":memory:", lambda: self.now, rigs.SERVER, zone)
        self.twin.seed(rigs.small_world())
        self.inner = InProcess(self.twin.app)
        auth = httpx2.BasicAuth(OWN_EMAIL, jira.TOKEN)
        wire = Wire(rigs.SERVER, auth=auth, transport=httpx2.MockTransport(self._noted))
        self.feed = JiraFeed(wire, Account(wire), PLACE.project, page)

    def write(self, key: str = "") -> None:
        self.twin.receive(MAYA, "Hello", key)

    def all(self, cursor: str = "") -> tuple[list[str], str]:
        """The keys that come, and the cursor behind them."""
        keys: list[str] = []
        for _ in range(100):
            found = self.feed.changes(cursor)
            keys += [one.ticket.id for one in found.tickets]
            cursor = found.cursor
            if not found.more:
                return keys, cursor
        raise AssertionError("the feed does not end")

    def _noted(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += [request.url.params["jql"]] if "jql" in request.url.params else []
        return self.inner.handle_request(request)


@pytest.fixture(params=ZONES, ids=str)
def jira_at(request: pytest.FixtureRequest) -> Iterator[Changing]:
    rig = Changing(request.param)
    yield rig
    rig.twin.store.close()


def test_what_was_told_is_not_told_again(jira_at: Changing) -> None:
    for _ in range(25):
        jira_at.write()
    keys, cursor = jira_at.all()
    assert len(keys) == 25
    for _ in range(5):
        again, cursor = jira_at.all(cursor)

        assert again == []
    jira_at.write("DESK-7")
    assert jira_at.all(cursor)[0] == ["DESK-7"]


def test_what_the_index_learns_late_is_told(jira_at: Changing) -> None:
    """A change that is older than the newest one told."""
    jira_at.twin.kept.lags = True
    jira_at.write()
    jira_at.twin.kept.lags = False
    jira_at.now += OVERLAP - timedelta(seconds=2)
    jira_at.write()
    jira_at.twin.kept.lags = True
    keys, cursor = jira_at.all()
    assert keys == ["DESK-2"]
    jira_at.twin.kept.lags = False

    assert jira_at.all(cursor)[0] == ["DESK-1"]


def test_a_quiet_desk_is_asked_for_the_same_minutes_for_ever(jira_at: Changing) -> None:
    """The overlap does not grow from one question to the next."""
    jira_at.write()
    _, cursor = jira_at.all()
    for _ in range(5):
        _, cursor = jira_at.all(cursor)

    assert len(set(jira_at.asked[1:])) == 1


def test_many_changes_in_one_minute_all_come(jira_at: Changing) -> None:
    """More than a page, so that the same minute is read page by page."""
    for _ in range(45):
        jira_at.write()

    assert len(set(jira_at.all()[0])) == 45


def test_a_minute_is_told_on_the_clock_of_our_account() -> None:
    rig = Changing("Europe/Berlin")
    rig.write()
    _, cursor = rig.all()
    rig.all(cursor)

    assert rig.asked[-1] == 'project = "DESK" AND updated >= "2026-11-24 09:55" ORDER BY updated ASC'
    rig.twin.store.close()


def test_an_account_that_tells_no_clock_reads_half_a_day_again() -> None:
    rig = Changing(None)
    rig.write()
    _, cursor = rig.all()
    rig.all(cursor)

    assert rig.asked[-1] == 'project = "DESK" AND updated >= "2026-11-23 20:55" ORDER BY updated ASC'
    rig.twin.store.close()


@given(st.integers(-180, 180), st.sampled_from([zone for zone in ZONES if zone]))
def test_no_change_is_left_out_when_the_clocks_go_back(minutes: int, zone: str) -> None:
    """Whichever of the two hours Jira takes it for, the time that is asked for is not later than the change."""
    at = AUTUMN + timedelta(minutes=minutes)
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.extend(re.findall('updated >= "([^"]+)"', request.url.params.get("jql", "")))
        return httpx2.Response(200, json={"timeZone": zone, "issues": [], "isLast": True})

    wire = Wire(rigs.SERVER, transport=httpx2.MockTransport(answer))
    JiraFeed(wire, Account(wire), "DESK").changes(str(Cursor(at, behind=True)))
    for fold in (0, 1):
        meant = datetime.fromisoformat(asked[0]).replace(tzinfo=ZoneInfo(zone), fold=fold)

        assert at - TWICE - timedelta(minutes=1) <= meant <= at


def test_a_cursor_does_not_grow_for_ever() -> None:
    raws = [{"key": f"DESK-{number}", "fields": {"updated": rigs.NOW.isoformat()}} for number in range(REMEMBERED + 50)]
    wire = Wire(rigs.SERVER, transport=httpx2.MockTransport(lambda request: page_of(raws)))
    found = JiraFeed(wire, Account(wire), "DESK").changes("")

    assert len(found.tickets) == REMEMBERED + 50
    assert len(json.loads(found.cursor)["told"]) == REMEMBERED


def page_of(issues: Sequence[Mapping[str, object]], token: str = "") -> httpx2.Response:
    last = {"isLast": False, "nextPageToken": token} if token else {"isLast": True}
    return httpx2.Response(200, json={"issues": issues, "timeZone": "UTC"} | last)


@pytest.mark.parametrize("tokens", [["a"], ["a", "b"], ["a", "b", "c"]], ids=len)
def test_tokens_that_go_round_in_a_ring_are_an_end(tokens: list[str]) -> None:
    issues: list[dict[str, object]] = [{"key": "DESK-1", "fields": {"updated": rigs.NOW.isoformat()}}]

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params.get("nextPageToken", tokens[-1])
        return page_of(issues, tokens[(tokens.index(asked) + 1) % len(tokens)])

    wire = Wire(rigs.SERVER, transport=httpx2.MockTransport(answer))
    feed = JiraFeed(wire, Account(wire), "DESK")
    first = feed.changes("")
    with pytest.raises(Down, match="repeats a page"):
        feed.changes(first.cursor)


@pytest.mark.parametrize(
    "updated", [None, "", "yesterday", "2026-11-24T09:00:00", 7], ids=["null", "empty", "word", "no zone", "number"]
)
def test_a_time_that_is_none_is_an_error_with_a_name(updated: object) -> None:
    wire = Wire(
        rigs.SERVER,
        transport=httpx2.MockTransport(lambda _: page_of([{"key": "DESK-1", "fields": {"updated": updated}}])),
    )
    with pytest.raises(Invalid):
        JiraFeed(wire, Account(wire), "DESK").changes("")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "[]",
        "{}",
        '{"last": "2026-11-24T09:00:00+00:00"}',
        '{"last": "2026-11-24T09:00:00", "told": {}, "behind": false}',
        '{"last": "2026-11-24T09:00:00+00:00", "told": [], "behind": false}',
        '{"last": "2026-11-24T09:00:00+00:00", "told": {"DESK-1": 7}, "behind": false}',
        '{"last": "2026-11-24T09:00:00+00:00", "told": {"DESK-1": "2026-11-24T09:00:00"}, "behind": false}',
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str) -> None:
    rig = Changing("UTC")
    with pytest.raises(Invalid):
        rig.feed.changes(cursor)

    assert rig.asked == []
    rig.twin.store.close()
