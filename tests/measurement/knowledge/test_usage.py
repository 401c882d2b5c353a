"""Which articles answers rest on."""

from tests.measurement.knowledge.desk import Desk, article

from deskhand.measurement.knowledge.usage import usage

ONE, TWO = ("billing/one", "v1", "q1"), ("billing/two", "v1", "q2")


def test_an_article_is_counted_once_a_message_and_the_most_used_come_first() -> None:
    desk = Desk().ended("answered", cites=[TWO, ("billing/two", "v1", "q3")]).ended("suggested", cites=[TWO, ONE])
    found = usage(desk.past.ended.values(), [article("billing/one"), article("billing/two")])

    assert [(use.source, use.answers) for use in found.used] == [("billing/two", 2), ("billing/one", 1)]
    assert found.unused == ()


def test_only_articles_that_customers_may_read_can_be_unused() -> None:
    articles = [article("a"), article("b", audience="internal"), article("c", precedent=True)]

    assert [use.source for use in usage([], articles).unused] == ["a"]


def test_an_article_that_is_gone_is_still_counted_without_a_title() -> None:
    found = usage(Desk().ended("answered", cites=[ONE]).past.ended.values(), [])

    assert [(use.source, use.title) for use in found.used] == [("billing/one", "")]


def test_lines_that_only_count_their_citations_are_told_apart() -> None:
    old = Desk().add("message.ended", "t", message="m", outcome="answered", procedures=[], citations=2)

    assert usage(old.past.ended.values(), []).untold == 1


def test_the_last_line_of_a_message_counts() -> None:
    desk = Desk().ended("suggested", ticket="t", cites=[ONE]).ended("handed_off", ticket="t", reason="human")

    assert usage(desk.past.ended.values(), []).used == ()
