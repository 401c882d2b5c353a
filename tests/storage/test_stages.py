"""What the journal says of stages holds for everybody, and only as this desk wrote it."""

from datetime import UTC, datetime

import pytest
from tests.storage.test_journal import change

from deskhand.domain.journal_line import Broken
from deskhand.domain.stage import Stage
from deskhand.infrastructure.storage.seals import STAGES, sealed_lines
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.rollout.book import PROMOTED, book
from deskhand.rollout.stage import Rollout
from deskhand.workflows.step_back import step_back
from deskhand.workflows.written_stages import note_written

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
EVERYBODY = {"channel": "", "segment": "", "language": "", "percent": 100}


@pytest.fixture
def given(store: SqlStore) -> SqlStore:
    """`refund` is autonomous by desk.toml, `invoice` assisted."""
    rollout = Rollout(Stage.READ_ONLY, {"refund": Stage.AUTONOMOUS, "invoice": Stage.ASSISTED})
    note_written(store, rollout, ["refund", "invoice", "other"], AT)
    return store


def back(store: SqlStore, why: str, procedure: str = "refund") -> tuple[Stage, bool]:
    now = step_back(store, procedure=procedure, why=why, by="watch", now=AT, evidence={"cases": 7})
    return now.stage, now.changed


def top(store: SqlStore, procedure: str) -> Stage:
    with store.begin() as tx:
        changes = tx.stages.changes()
    assert not isinstance(changes, Broken)
    return book(changes).top(procedure)


def test_a_procedure_steps_back_one_stage_at_a_time(given: SqlStore) -> None:
    assert back(given, "drift") == (Stage.ASSISTED, True)
    assert (top(given, "refund"), top(given, "invoice")) == (Stage.ASSISTED, Stage.ASSISTED)
    assert back(given, "a finding") == (Stage.READ_ONLY, True)
    assert back(given, "another finding") == (Stage.READ_ONLY, False)
    assert back(given, "drift", "other") == (Stage.READ_ONLY, False), "nothing was given to it"


def test_the_same_reason_said_again_changes_nothing(given: SqlStore) -> None:
    assert back(given, "drift") == (Stage.ASSISTED, True)
    assert back(given, "drift") == (Stage.ASSISTED, False)
    with given.begin() as tx:
        body = {"procedure": "refund", "stage": "autonomous", "scope": EVERYBODY, "by": "tom"}
        tx.stages.append(PROMOTED, body, AT)
    assert top(given, "refund") is Stage.AUTONOMOUS
    assert back(given, "drift") == (Stage.ASSISTED, True), "a promotion came between"


def test_what_desk_toml_says_is_written_once(given: SqlStore) -> None:
    same = Rollout(Stage.READ_ONLY, {"refund": Stage.AUTONOMOUS, "invoice": Stage.ASSISTED})
    assert not note_written(given, same, ["refund", "invoice", "other"], AT)
    assert note_written(given, Rollout(Stage.READ_ONLY, {"refund": Stage.ASSISTED}), ["refund"], AT)
    assert top(given, "invoice") is Stage.READ_ONLY


FORGED = {
    "a line is changed": "UPDATE journal SET body = replace(body, 'assisted', 'autonomous') WHERE kind LIKE '%back'",
    "a line is taken out": "UPDATE journal SET kind = 'desk.paused' WHERE kind = 'rollout.stepped_back'",
    "a line is erased": "DELETE FROM journal WHERE kind = 'rollout.stepped_back'",
    "a line is made of another": "UPDATE journal SET kind = 'rollout.promoted' WHERE kind = 'rollout.stepped_back'",
    "the row beside it is changed": "UPDATE stage_head SET seq = 1",
    "the row beside it is erased": "DELETE FROM stage_head",
}


@pytest.mark.parametrize("edit", FORGED.values(), ids=FORGED)
def test_nobody_relies_on_what_was_edited_in_the_database(given: SqlStore, edit: str) -> None:
    back(given, "drift")
    change(given.engine, edit)
    with given.engine.connect() as connection:
        assert isinstance(sealed_lines(connection, b"", STAGES), Broken)
    started = SqlStore(given.engine, given.enqueue)
    with started.begin() as tx:
        assert isinstance(tx.stages.changes(), Broken)
    now = step_back(started, procedure="invoice", why="drift", by="watch", now=AT, evidence={})
    assert (now.stage, now.changed) == (Stage.READ_ONLY, False)
    with given.begin() as tx:
        known = tx.stages.changes()
    assert isinstance(known, Broken) or book(known).top("refund") is Stage.ASSISTED, "what it had proved holds"


def test_what_was_rolled_back_was_never_said(given: SqlStore) -> None:
    def nearly() -> None:
        with given.begin() as tx:
            body = {"procedure": "other", "stage": "autonomous", "scope": EVERYBODY, "by": "tom"}
            tx.stages.append(PROMOTED, body, AT)
            assert not isinstance(tx.stages.changes(), Broken)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  (our own)
        nearly()
    assert top(given, "other") is Stage.READ_ONLY
    assert back(given, "drift") == (Stage.ASSISTED, True)


def test_a_line_of_somebody_without_the_secret_counts_for_nothing(given: SqlStore) -> None:
    """Even where its place in the chain of hashes is right."""
    with SqlStore(given.engine, given.enqueue, secret=b"guessed").begin() as tx:
        body = {"procedure": "other", "stage": "autonomous", "scope": EVERYBODY, "by": "tom"}
        tx.stages.append(PROMOTED, body, AT)
    with given.begin() as tx:
        assert isinstance(tx.stages.changes(), Broken)
