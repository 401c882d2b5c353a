"""What a planner was given is on record once, however many parts of a message led to it."""

from datetime import UTC, datetime

import pytest

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker, Hit, Passage
from deskhand.domain.finding import Finding
from deskhand.planning.workbench import Workbench

FIRST, SECOND = (Hit(Passage("refunds", "Refunds", "", text, "d", start), 0.9, 0.9) for start, text in enumerate("ab"))


NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Articles:
    """Finds the same two passages for everything, and remembers for whom."""

    def __init__(self) -> None:
        self.askers: list[Asker] = []

    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        self.askers.append(asker)
        return FIRST, SECOND

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        self.askers.append(asker)
        return (SECOND,)


def unasked(action: Action) -> Proposal:
    raise AssertionError(action)


def test_each_passage_is_kept_once_and_every_search_is_answered_in_full() -> None:
    bench = Workbench(None, unasked, Articles(), frozenset())

    assert bench.search("where is my refund") == bench.search("and how long") == (FIRST, SECOND)
    assert bench.passages("refunds", "how long") == (SECOND,)
    assert bench.hits == [FIRST, SECOND]


@pytest.mark.parametrize(("more", "told"), [(False, []), (True, ["others beside these 2; nobody counted them"])])
def test_an_agent_is_told_that_there_were_more_rows_than_were_taken(more: bool, told: list[str]) -> None:
    found = Finding("records.orders", {"found": True}, ({"id": "a"}, {"id": "b"}), "records", NOW, more)
    bench = Workbench(lambda name, arguments: found, unasked, Articles(), frozenset())
    bench.look_up("records.orders", {})

    assert [fact.value for fact in bench.facts() if fact.name == "records.orders.more"] == told


def test_articles_are_looked_for_on_behalf_of_whoever_wrote() -> None:
    articles, asker = Articles(), Asker(verified=True, locale="de")
    bench = Workbench(None, unasked, articles, frozenset(), asker=asker)
    bench.search("where is my refund")
    bench.passages("refunds", "how long")

    assert articles.askers == [asker, asker]
