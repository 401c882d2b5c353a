"""Evidence for a procedure: whose decisions count, and what is still missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.stage import Stage
from deskhand.measurement.trust import trust
from deskhand.rollout.evidence import Evidence, Gates, Lacks, missing

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def line(kind: str, number: int, **body: object) -> JournalLine:
    return JournalLine(number, AT + timedelta(hours=number), kind, f"t:{number}", body, "")


def ended(number: int, *procedures: str, stage: str = "assisted", **more: object) -> JournalLine:
    return line("message.ended", number, message="1", procedures=list(procedures), stage=stage, **more)


def settled(number: int, suggestion: str, state: str) -> JournalLine:
    return line("suggestion.settled", number, suggestion=suggestion, state=state)


def test_decisions_count_for_the_procedures_of_their_suggestion() -> None:
    told = trust(
        [
            ended(1, "refund", suggestion="a"),
            settled(1, "a", "approved"),
            ended(2, "refund", "invoice", suggestion="b"),
            settled(2, "b", "edited"),
            ended(3, suggestion="c"),
            settled(3, "c", "rejected"),
            ended(4, "refund", suggestion="d"),
            settled(4, "d", "expired"),
        ]
    )
    refund = told["refund"].evidence
    assert (told["refund"].messages, refund.decided, refund.approved, refund.edited, refund.rejected) == (3, 2, 1, 1, 0)
    assert (told["invoice"].evidence.edited, told["answers"].evidence.rejected) == (1, 1)
    assert refund.surely is not None
    assert 0 < refund.surely < 0.5, "of two cases little is sure"


def test_a_stage_dates_from_the_first_message_that_was_handled_so() -> None:
    told = trust(
        [
            ended(1, "refund", stage="read-only"),
            ended(2, "refund", stage="assisted"),
            ended(3, "refund", "invoice", stage="read-only"),
            ended(4, "refund", stage="assisted"),
        ]
    )
    assert (told["refund"].stage, told["refund"].since) == ("assisted", AT + timedelta(hours=2))


def test_a_message_that_ends_twice_is_one_and_tests_are_none() -> None:
    told = trust(
        [ended(1, "refund"), ended(1, "refund"), line("message.received", 2, channel="ask"), ended(2, "refund")]
    )
    assert told["refund"].messages == 1


def test_what_went_wrong_counts_for_the_procedures_of_its_ticket() -> None:
    told = trust([ended(1, "refund"), line("effect.contested", 1), line("refund.failed", 1), line("effect.alarm", 9)])
    assert told["refund"].findings == 2


SURE = Evidence(decided=200, approved=180, edited=19, rejected=1, surely=0.85)


@pytest.mark.parametrize(
    ("stage", "evidence", "lacks"),
    [
        (Stage.READ_ONLY, Evidence(), (Lacks.CASES, Lacks.APPROVAL)),
        (Stage.READ_ONLY, Evidence(decided=199, approved=199, surely=0.98), (Lacks.CASES,)),
        (Stage.READ_ONLY, Evidence(decided=200, approved=139, surely=0.63), (Lacks.APPROVAL,)),
        (Stage.READ_ONLY, Evidence(decided=200, approved=140, edited=60, surely=0.63), ()),
        (Stage.ASSISTED, SURE, ()),
        (Stage.ASSISTED, replace(SURE, decided=199), (Lacks.CASES,)),
        (Stage.ASSISTED, replace(SURE, surely=0.799), (Lacks.APPROVAL,)),
        (Stage.ASSISTED, replace(SURE, edited=20), (Lacks.EDITS,)),
        (Stage.ASSISTED, replace(SURE, findings=1), (Lacks.FINDINGS,)),
        (Stage.ASSISTED, replace(SURE, graded=30, wrong=1), (Lacks.WRONG,)),
        (Stage.AUTONOMOUS, Evidence(), ()),
    ],
)
def test_what_is_missing_is_told(stage: Stage, evidence: Evidence, lacks: tuple[Lacks, ...]) -> None:
    assert missing(stage, evidence, Gates()) == lacks


def test_a_sample_is_wanted_before_autonomous_where_the_desk_says_so() -> None:
    gates = Gates(sample=50)
    assert missing(Stage.ASSISTED, replace(SURE, graded=49), gates) == (Lacks.SAMPLE,)
    assert missing(Stage.ASSISTED, replace(SURE, graded=50), gates) == ()
    assert missing(Stage.READ_ONLY, SURE, gates) == ()


def test_a_finding_counts_until_it_is_closed() -> None:
    opened = line("finding.opened", 2, finding="f1", procedure="refund")
    assert trust([opened])["refund"].findings == 1
    assert trust([opened, line("finding.closed", 3, finding="f1")])["refund"].findings == 0
    contested = [ended(1, "refund"), line("effect.contested", 1)]
    assert trust([*contested, line("finding.closed", 2, finding="line-1")])["refund"].findings == 0


def test_grades_count_for_the_procedures_of_their_message_and_the_last_one_holds() -> None:
    first = line("quality.graded", 1, message="1", verdict="wrong", by="ana")
    again = line("quality.graded", 1, message="1", verdict="right", by="tom")
    told = trust([ended(1, "refund"), first])["refund"].evidence
    assert (told.graded, told.wrong) == (1, 1)
    told = trust([ended(1, "refund"), first, again])["refund"].evidence
    assert (told.graded, told.wrong) == (1, 0)


def test_what_agents_decided_before_a_step_back_speaks_for_nothing_after_it() -> None:
    lines = [
        ended(1, "refund", suggestion="a"),
        settled(2, "a", "approved"),
        ended(3, "refund", suggestion="b"),
        settled(4, "b", "approved"),
    ]
    assert trust(lines, {"refund": 2})["refund"].evidence.decided == 1
    assert trust(lines)["refund"].evidence.decided == 2
