"""What a planner was given is on record once, however many parts of a message led to it."""

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker, Hit, Passage
from deskhand.planning.workbench import Workbench

FIRST, SECOND = (Hit(Passage("refunds", "Refunds", "", text, "d", start), 0.9, 0.9) for start, text in enumerate("ab"))


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


def test_articles_are_looked_for_on_behalf_of_whoever_wrote() -> None:
    articles, asker = Articles(), Asker(verified=True, locale="de")
    bench = Workbench(None, unasked, articles, frozenset(), asker=asker)
    bench.search("where is my refund")
    bench.passages("refunds", "how long")

    assert articles.askers == [asker, asker]
