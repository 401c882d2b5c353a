"""The same question, answered from something else than before."""

from collections.abc import Sequence

import pytest
from tests.measurement.knowledge.desk import Desk, Overlap, article

from deskhand.domain.article import Article
from deskhand.measurement.knowledge.changes import Change, changes

ASKED = "How long does a refund take"
BEFORE = ("billing/refunds", "v1", "q1")


def of(desk: Desk, articles: Sequence[Article] = ()) -> tuple[Change, ...]:
    return changes(desk.past.ended.values(), desk.questions, Overlap().groups, articles)


@pytest.mark.parametrize(
    ("after", "how"),
    [
        (("billing/times", "v1", "q1"), "article"),
        (("billing/refunds", "v2", "q1"), "version"),
        (("billing/refunds", "v2", "q2"), "quote"),
    ],
)
def test_it_is_told_what_is_no_longer_the_same(after: tuple[str, str, str], how: str) -> None:
    desk = Desk().ended("answered", ASKED, cites=[BEFORE]).ended("answered", ASKED, cites=[BEFORE])
    (change,) = of(desk.ended("answered", ASKED, cites=[after]))

    assert (change.question, change.how, change.count, change.turns) == (ASKED, how, 3, 1)
    assert (change.before.count, change.after.count) == (2, 1)
    assert change.after.sources == (after[0],)


def test_the_same_answer_again_is_no_change() -> None:
    desk = Desk().ended("answered", ASKED, cites=[BEFORE]).ended("answered", ASKED, cites=[BEFORE])

    assert of(desk) == ()


def test_two_questions_may_have_two_answers() -> None:
    desk = Desk().ended("answered", ASKED, cites=[BEFORE])

    assert of(desk.ended("answered", "Where are my invoices", cites=[("billing/invoices", "v1", "q")])) == ()


def test_what_depends_on_the_customer_or_on_several_questions_is_left_out() -> None:
    other = ("billing/times", "v1", "q1")
    desk = Desk().ended("answered", ASKED, cites=[BEFORE]).ended("answered", ASKED, "And then", cites=[other])

    assert of(desk.ended("answered", ASKED, cites=[other], procedures=["refund-status"])) == ()


def test_an_answer_is_current_while_its_article_is_what_it_was() -> None:
    now = article("billing/refunds", "Five days.")
    desk = Desk().ended("answered", ASKED, cites=[BEFORE])
    (change,) = of(desk.ended("answered", ASKED, cites=[("billing/refunds", now.digest, "q2")]), [now])

    assert (change.before.current, change.after.current) == (False, True)
