"""Evidence for a procedure: whose decisions count, and what is still missing."""

from datetime import UTC, datetime, timedelta

import pytest

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.stage import Stage
from deskhand.measurement.trust import trust
from deskhand.rollout.evidence import Evidence, Lacks, missing

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


@pytest.mark.parametrize(
    ("stage", "evidence", "lacks"),
    [
        (Stage.READ_ONLY, Evidence(), (Lacks.CASES, Lacks.APPROVAL)),
        (Stage.ASSISTED, Evidence(decided=29, approved=29, surely=0.9), (Lacks.CASES,)),
        (Stage.ASSISTED, Evidence(decided=30, approved=30, surely=0.899), (Lacks.APPROVAL,)),
        (Stage.ASSISTED, Evidence(decided=30, approved=30, surely=0.9, findings=1), (Lacks.FINDINGS,)),
        (Stage.ASSISTED, Evidence(decided=30, approved=30, surely=0.9), ()),
        (Stage.AUTONOMOUS, Evidence(), ()),
    ],
)
def test_what_is_missing_is_told(stage: Stage, evidence: Evidence, lacks: tuple[Lacks, ...]) -> None:
    assert missing(stage, evidence) == lacks
