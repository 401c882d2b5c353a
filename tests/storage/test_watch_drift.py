"""The watch over a journal: each line once, one alarm, and the procedure that changed steps back in the same commit."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.measurement.drift.alarms import KINDS, raised
from deskhand.measurement.drift.kept import written
from deskhand.measurement.drift.watch import KINDS as WATCHED
from deskhand.measurement.drift.watch import Watch
from deskhand.rollout.book import book
from deskhand.rollout.stage import Rollout
from deskhand.workflows.watch_drift import Watcher, handle
from deskhand.workflows.written_stages import note_written

START = datetime(2026, 1, 5, tzinfo=UTC)
LEARNING, DRIFTING = 250, 80
EVERY = timedelta(hours=2.8)
NOW = START + timedelta(days=60)


@pytest.fixture
def given(store: SqlStore) -> SqlStore:
    """`refund` and `invoice` are autonomous; of `refund` more drafts have no source since a new text of it came."""
    note_written(
        store, Rollout(Stage.READ_ONLY, dict.fromkeys(("refund", "invoice"), Stage.AUTONOMOUS)), ["refund"], START
    )
    with store.begin() as tx:
        for number in range(LEARNING + DRIFTING):
            for procedure in ("refund", "invoice"):
                bad = number % 20 == 0 or (procedure == "refund" and number >= LEARNING)
                for kind, body in ticket(procedure, number, bad=bad):
                    tx.journal.append(kind, f"zendesk:ticket:{procedure}{number}", body, START + number * EVERY)
    return store


def ticket(procedure: str, number: int, *, bad: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    request = {"procedure": procedure, "confidence": 0.9}
    text = {procedure: "new" if number >= LEARNING else "old"}
    yield (
        "message.considered",
        {
            "message": "1",
            "sentiment": "calm",
            "refused": [["figures"]] if bad else [],
            "requests": [request],
            "texts": text,
        },
    )
    yield "message.ended", {"message": "1", "outcome": "answered", "procedures": [procedure], "language": "en"}


def watcher(store: SqlStore) -> Watcher:
    return Watcher(store, lambda: NOW)


def stages(store: SqlStore) -> tuple[Stage, Stage]:
    with store.begin() as tx:
        changes = tx.stages.changes()
    assert not isinstance(changes, Broken)
    return book(changes).top("refund"), book(changes).top("invoice")


def alarms(store: SqlStore) -> list[JournalLine]:
    with store.begin() as tx:
        return list(tx.journal.behind(0, ["drift.alarmed"], 100))


def test_the_procedure_that_changed_and_only_it_steps_back(given: SqlStore) -> None:
    (id,) = watcher(given).round()
    (line,) = alarms(given)
    assert (line.body["alarm"], line.body["procedure"], line.body["signal"]) == (id, "refund", "ungrounded")
    assert stages(given) == (Stage.ASSISTED, Stage.AUTONOMOUS)
    since = datetime.fromisoformat(line.body["since"])
    assert abs(since - (START + LEARNING * EVERY)) < timedelta(days=2)
    assert {"what": "procedure", "name": "new"}.items() <= line.body["fresh"][0].items()
    assert line.body["tickets"]
    assert all(one.startswith("zendesk:ticket:refund") for one in line.body["tickets"])


def test_a_signal_that_the_desk_does_not_name_steps_nothing_back(given: SqlStore) -> None:
    Watcher(given, lambda: NOW, steps_back=["edits"]).round()
    assert len(alarms(given)) == 1
    assert stages(given) == (Stage.AUTONOMOUS, Stage.AUTONOMOUS)


def test_two_that_watch_raise_no_alarm_twice(given: SqlStore) -> None:
    one, other = watcher(given), watcher(given)
    one.round(1)
    other.round()
    one.round()
    other.round()
    assert len(alarms(given)) == 1
    assert stages(given) == (Stage.ASSISTED, Stage.AUTONOMOUS)


def test_stopped_within_a_round_the_next_one_goes_on(given: SqlStore) -> None:
    """What was counted and not written counts for nothing."""

    def stop() -> datetime:
        raise KeyboardInterrupt

    broken = Watcher(given, stop)
    with pytest.raises(KeyboardInterrupt):
        broken.round()
    assert not alarms(given)
    assert stages(given)[0] is Stage.AUTONOMOUS
    assert len(watcher(given).round()) == 1
    assert broken.round() == []


def test_what_is_kept_equals_what_the_whole_journal_gives(given: SqlStore) -> None:
    for _ in range(3):
        watcher(given).round(1)
    with given.begin() as tx:
        kept, lines = tx.drifts.streams(), tx.journal.behind(0, WATCHED, 100_000)
    whole = Watch()
    whole.take_all(lines)
    assert kept == {key: written(stream) for key, stream in whole.streams.items()}


def test_a_handled_alarm_needs_words_and_may_come_again(given: SqlStore) -> None:
    (id,) = watcher(given).round()
    assert not handle(given, id, by="mei", why=" ", normal=False, now=NOW).stands
    assert handle(given, id, by="mei", why="the old text is back", normal=False, now=NOW).stands
    assert not handle(given, id, by="tom", why="again", normal=False, now=NOW).stands
    with given.begin() as tx:
        for number in range(40):
            for kind, body in ticket("refund", LEARNING, bad=True):
                tx.journal.append(kind, f"zendesk:ticket:later{number}", body, NOW + number * EVERY)
        (told,) = raised(tx.journal.behind(0, KINDS, 100))
    assert (told.handled_by, told.why) == ("mei", "the old text is back")
    again = watcher(given).round()
    assert again
    assert id not in again
    assert len(alarms(given)) == 1 + len(again)


def test_each_way_to_tell_people_is_started_once(given: SqlStore) -> None:
    started: list[tuple[str, str]] = []

    def enqueue(connection: object, story: str, ticket: str, key: str, *args: str, **how: Any) -> None:
        started.append((story, key))

    told = SqlStore(given.engine, enqueue)
    (id,) = Watcher(told, lambda: NOW, ways=("email", "slack")).round()
    assert started == [("send_alert", f"alert/{id}/email"), ("send_alert", f"alert/{id}/slack")]
    assert "@" not in json.dumps(alarms(given)[0].body)
