"""A changed desk folder is nobody's until a second person approved it, and until then nothing is autonomous by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskhand.bootstrap import scratch_store
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.rollout.control import Control, versions
from deskhand.workflows.changes import (
    Approving,
    Changed,
    Examined,
    Rehearsed,
    Snapshot,
    approve,
    differing_files,
    may_go_back_to,
    note_version,
    submit,
)
from deskhand.workflows.promote import EVALUATED
from deskhand.workflows.unapproved import lowered_by_control, unapproved

AT = datetime(2026, 3, 9, 9, tzinfo=UTC)
ANA, TOM = Person("ana", frozenset({"agent"})), Person("tom", frozenset({"agent", "team_lead"}))
WELL = Examined((), 7, ())


@dataclass
class Folder:
    """A desk with its memory; `write` makes a version of it."""

    store: SqlStore
    rules: Approving = field(default_factory=Approving)

    def submit(
        self, one: Snapshot, person: Person = ANA, found: Examined = WELL, why: str = "refunds up to 50"
    ) -> Changed:
        return submit(self.store, one, found, self.rules, person=person, why=why, now=AT)

    def approve(self, one: Snapshot, person: Person = TOM, *, untested: bool = False) -> Changed:
        return approve(self.store, one.id, self.rules, person=person, now=AT, untested=untested)

    def stage(self, one: Snapshot, *, required: bool = True) -> Stage:
        """The highest of anything by this folder."""
        control = Control(required, one.digest)
        high = lowered_by_control(control, Stage.AUTONOMOUS, self.store)
        with self.store.begin() as tx:
            assert (unapproved(control, tx) is None) == (high is Stage.AUTONOMOUS)
        return high

    def kinds(self) -> list[str]:
        with self.store.begin() as tx:
            lines = tx.changes.changes()
        assert isinstance(lines, tuple)
        return [line.kind for line in lines]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Folder]:
    with scratch_store(tmp_path) as scratch:
        note_version(scratch.store, FIRST, AT)
        yield Folder(scratch.store)


def version(id: str, text: str) -> Snapshot:
    return Snapshot(id, f"digest of {id}", {"desk.toml": b"company", "policies/refund.yaml": text.encode()})


FIRST, SECOND, THIRD = version("aaa", "up to 20"), version("bbb", "up to 50"), version("ccc", "up to 90")


def test_what_a_desk_is_first_opened_with_is_accepted_and_nothing_after_it(desk: Folder) -> None:
    assert desk.stage(FIRST) is Stage.AUTONOMOUS
    assert desk.stage(SECOND) is Stage.ASSISTED
    note_version(desk.store, SECOND, AT)
    note_version(desk.store, SECOND, AT)
    assert desk.kinds() == ["change.first", "change.seen"]
    assert desk.stage(SECOND) is Stage.ASSISTED
    assert desk.stage(SECOND, required=False) is Stage.AUTONOMOUS


def test_nobody_takes_the_demand_away_alone(desk: Folder) -> None:
    strict, lax = replace(SECOND, required=True), replace(THIRD, required=False)
    assert desk.stage(lax, required=False) is Stage.AUTONOMOUS, "nobody demanded it yet"
    desk.submit(strict)
    desk.approve(strict)
    assert desk.stage(lax, required=False) is Stage.ASSISTED
    assert desk.stage(strict) is Stage.AUTONOMOUS
    desk.submit(lax)
    desk.approve(lax)
    assert desk.stage(replace(THIRD, digest="another"), required=False) is Stage.AUTONOMOUS


def test_a_second_person_makes_it_autonomous(desk: Folder) -> None:
    assert desk.submit(SECOND).done
    assert desk.stage(SECOND) is Stage.ASSISTED
    assert desk.approve(SECOND).done
    assert desk.stage(SECOND) is Stage.AUTONOMOUS
    with desk.store.begin() as tx:
        lines = tx.changes.changes()
        assert isinstance(lines, tuple)
        one = versions(lines)["bbb"]
        assert (one.author, one.approved_by, one.before, one.why) == ("ana", "tom", "aaa", "refunds up to 50")
        assert lines[1].body["files"] == {"policies/refund.yaml": "changed"}
        assert tx.versions.files("bbb") == SECOND.files
        assert tx.versions.files("aaa") == FIRST.files


@pytest.mark.parametrize("same", ["ana", "ANA", " Ana "])
def test_nobody_approves_their_own(desk: Folder, same: str) -> None:
    desk.submit(SECOND)
    answer = desk.approve(SECOND, Person(same, frozenset({"team_lead"})))
    assert (answer.done, "somebody else" in answer.told) == (False, True)
    assert desk.stage(SECOND) is Stage.ASSISTED


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (Examined(("policies/refund.yaml:3: no such action",), 0, ()), "check finds 1 fault,"),
        (Examined((), 7, ("policies/tests/refund.yaml:2: a large one",)), "1 failed test of the policy"),
        (Examined((), 7, (), Rehearsed(8, ("lawyer",))), "1 golden ticket that failed, the first: lawyer"),
    ],
    ids=["check", "tests", "golden"],
)
def test_what_fails_is_not_approved_and_the_journal_says_why(desk: Folder, found: Examined, why: str) -> None:
    assert desk.submit(SECOND, found=found).done
    answer = desk.approve(SECOND)
    assert (answer.done, why in answer.told) == (False, True)
    assert desk.stage(SECOND) is Stage.ASSISTED
    assert desk.kinds()[-1] == "change.refused"


def test_golden_tickets_that_fail_on_it_refuse_it_and_may_be_demanded(desk: Folder) -> None:
    desk.rules = Approving(golden=True)
    desk.submit(SECOND)
    assert "not tried" in desk.approve(SECOND).told
    evaluated(desk, SECOND, passed=8, failed=1)
    assert "of its golden tickets fail" in desk.approve(SECOND).told
    evaluated(desk, SECOND, passed=9, failed=0)
    assert desk.approve(SECOND).done


def test_what_was_tried_is_in_the_line_of_who_submitted_and_of_who_approved(desk: Folder) -> None:
    desk.rules = Approving(golden=True)
    desk.submit(SECOND, found=Examined((), 7, (), Rehearsed(9, ())))
    assert desk.approve(SECOND).done
    with desk.store.begin() as tx:
        lines = tx.changes.changes()
    assert isinstance(lines, tuple)
    submitted, approved = lines[-2:]
    assert submitted.body["tests"] == {"check": [], "tried": 7, "failed": [], "golden": {"passed": 9, "failed": []}}
    told = {name: approved.body[name] for name in ("tried", "golden", "untested")}
    assert told == {"tried": 7, "golden": {"passed": 9, "failed": 0}, "untested": False}


def test_what_was_never_tried_takes_an_explicit_word(desk: Folder) -> None:
    desk.submit(SECOND, found=Examined((), 0, ()))
    assert "nothing of it was ever tried" in desk.approve(SECOND).told
    assert desk.stage(SECOND) is Stage.ASSISTED
    assert desk.kinds()[-1] == "change.refused"
    assert desk.approve(SECOND, untested=True).done
    with desk.store.begin() as tx:
        lines = tx.changes.changes()
    assert isinstance(lines, tuple)
    assert lines[-1].body["untested"] is True


def test_a_word_is_no_way_around_what_failed_or_is_demanded(desk: Folder) -> None:
    desk.submit(SECOND, found=Examined((), 0, (), Rehearsed(0, ("lawyer",))))
    assert "golden ticket that failed" in desk.approve(SECOND, untested=True).told
    desk.rules = Approving(golden=True)
    desk.submit(THIRD, found=Examined((), 0, ()))
    assert "not tried" in desk.approve(THIRD, untested=True).told


def test_only_the_named_roles_submit_and_approve(desk: Folder) -> None:
    desk.rules = Approving(frozenset({"team_lead"}))
    assert not desk.submit(SECOND, ANA).done
    assert desk.submit(SECOND, TOM).done
    assert not desk.approve(SECOND, ANA).done
    assert desk.approve(SECOND, Person("mei", frozenset({"team_lead"}))).done


def test_a_version_is_submitted_and_approved_once_and_with_a_reason(desk: Folder) -> None:
    assert not desk.submit(SECOND, why="  ").done
    assert not desk.approve(SECOND).done
    assert desk.submit(SECOND).done
    assert not desk.submit(SECOND, TOM).done
    assert desk.approve(SECOND).done
    assert not desk.approve(SECOND).done


def test_there_is_a_way_back_to_what_was_approved_only(desk: Folder) -> None:
    desk.submit(SECOND)
    with desk.store.begin() as tx:
        assert may_go_back_to(tx, "aaa") == FIRST.files
        assert "none that was approved" in str(may_go_back_to(tx, "bbb"))
        assert "not known here" in str(may_go_back_to(tx, "zzz"))


def test_an_approval_that_somebody_wrote_into_the_database_counts_for_nothing(desk: Folder) -> None:
    desk.submit(SECOND)
    with desk.store.begin() as tx:
        body = {"version": "bbb", "digest": SECOND.digest, "by": "tom", "author": "ana", "after": 2, "seal": "00"}
        tx.journal.append("change.approved", "", body, AT)
    assert desk.stage(SECOND) is Stage.ASSISTED
    assert desk.stage(FIRST) is Stage.ASSISTED, "until that is mended, nothing is"
    assert not desk.approve(SECOND).done


def test_what_differs_is_told_by_file() -> None:
    assert differing_files({"a": b"1", "b": b"1", "c": b"1"}, {"b": b"2", "c": b"1", "d": b"1"}) == {
        "a": "removed",
        "b": "changed",
        "d": "added",
    }


def evaluated(desk: Folder, one: Snapshot, *, passed: int, failed: int) -> None:
    with desk.store.begin() as tx:
        tx.journal.append(EVALUATED, "", {"digest": one.digest, "passed": passed, "failed": failed}, AT)
