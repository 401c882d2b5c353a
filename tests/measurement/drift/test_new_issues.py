"""What has begun to be asked lately: named, with tickets, and apart from what was never answered."""

from datetime import datetime, timedelta

from tests.measurement.knowledge.desk import START, Desk, Overlap

from deskhand.measurement.drift.new_issues import NEW, new_issues
from deskhand.measurement.knowledge.gaps import gaps

OLD, FRESH = "Can we host it on our own servers", "The export button gives an empty page"


def test_a_cluster_that_nobody_asked_before_is_a_new_issue_named_by_a_question_of_it() -> None:
    desk = Desk()
    for text in (OLD, f"{OLD} please", f"{OLD} now"):
        desk.ended("handed_off", text, reason="no_source")
    began = START + timedelta(days=3)  # a message a day
    for text in (FRESH, f"{FRESH} today"):
        desk.ended("handed_off", text, reason="no_source")
    found = gaps(desk.past.ended.values(), desk.questions, Overlap().groups, least=2).found
    assert len(found) == 2

    (issue,) = new_issues(found, _after_the_old_ones(began))
    assert (issue.title, issue.count, issue.tickets) == (FRESH, 2, ("t4", "t5"))


def _after_the_old_ones(began: datetime) -> datetime:
    """The last moment at which what began then is new, which is no such moment for what was asked before."""
    return began + NEW - timedelta(hours=1)
