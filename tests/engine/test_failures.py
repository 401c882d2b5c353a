"""What goes wrong in a run: tried again where that helps, told to somebody where it does not."""

import pytest
import sqlalchemy as sa
from tests.engine.conftest import Running
from tests.engine.stories import busy, refused

from deskhand.domain.errors import Busy, Unconfirmed
from deskhand.infrastructure.engine.outcome import RunFailed


def test_what_may_go_away_is_tried_again_without_repeating_what_went_well(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = busy(2)
    assert running.result(running.start("fetch", ticket, ticket)) == '"fetched"'
    assert running.world.calls[f"{ticket} begins"] == 1
    assert running.world.calls[f"{ticket} fetched"] == 3


def test_what_will_not_go_away_is_not_tried_again(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = refused()
    with pytest.raises(RunFailed, match="Refused: GET /charges 401"):
        running.result(running.start("fetch", ticket, ticket))
    assert running.world.calls[f"{ticket} fetched"] == 1


def test_a_run_that_stays_in_trouble_fails_and_is_counted(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = busy(9)
    key = running.start("fetch", ticket, ticket)
    before = running.engine.counts().failed
    with pytest.raises(RunFailed, match="Busy: GET /charges 429"):
        running.result(key)
    assert running.world.calls[f"{ticket} fetched"] == 3
    assert running.engine.counts().failed >= before


def test_a_failure_is_told_once_and_before_the_next_message(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = refused()
    with running.database.begin() as connection:
        running.engine.enqueue(connection, "fetch", ticket, f"{ticket}/1", ticket, turn=1)
        running.engine.enqueue(connection, "say", ticket, f"{ticket}/2", ticket, "next", turn=2)
    running.result(f"{ticket}/2")
    running.engine.failures.sweep()
    running.result(running.start("say", ticket, ticket, "last"))
    told = f"{ticket}/1 failed: Refused: GET /charges 401"
    assert running.world.words(ticket) == ["begins", told, "next", "last"]


def test_the_reason_of_a_failure_holds_nothing_of_what_was_said(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = [ValueError("ada@example.com has no account")]
    with pytest.raises(RunFailed, match=r"^ValueError at stories.py:\d+$"):
        running.result(running.start("fetch", ticket, ticket))


def test_a_story_sees_the_error_of_a_step_as_what_it_is(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = [Busy("GET /charges 429", after=7.5)]
    assert running.result(running.start("forgive", ticket, ticket)) == '"missing"'
    seen = running.world.seen[ticket]
    assert isinstance(seen, Busy)
    assert (str(seen), seen.after, seen.again, seen.detail) == ("GET /charges 429", 7.5, 7.5, None)


def test_an_unconfirmed_write_keeps_its_key(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = [Unconfirmed("refund/7/ch_1", "no answer")]
    running.result(running.start("forgive", ticket, ticket))
    seen = running.world.seen[ticket]
    assert isinstance(seen, Unconfirmed)
    assert (seen.key, str(seen)) == ("refund/7/ch_1", "refund/7/ch_1: no answer")


def test_a_step_that_declares_no_result_is_refused(running: Running, ticket: str) -> None:
    with pytest.raises(RunFailed, match="TypeError"):
        running.result(running.start("careless", ticket, ticket))


def test_a_run_that_was_put_aside_because_its_worker_died_of_it_is_told_too(running: Running, ticket: str) -> None:
    key = running.start("fetch", ticket, ticket)
    running.result(key)
    schema = "" if running.database.dialect.name == "sqlite" else "dbos."
    with running.database.begin() as connection:
        poison = f"update {schema}workflow_status set status = :state where workflow_uuid = :key"
        connection.execute(sa.text(poison), {"state": "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "key": key})
    running.engine.failures.sweep()
    running.result(f"failed/{key}")
    assert running.world.words(ticket) == ["begins", f"{key} failed: MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
