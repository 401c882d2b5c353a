"""Articles that may no longer be true, and why."""

from datetime import timedelta

import pytest
from tests.measurement.knowledge.desk import START, Desk, Overlap, article
from tests.storage.examples import example

from deskhand.domain.article import Article
from deskhand.measurement.knowledge.contradictions import contradictions
from deskhand.measurement.knowledge.past import Past
from deskhand.measurement.knowledge.staleness import Correction, Stale, corrections, stale
from deskhand.planning.stating import said, stated

OLD = article("billing/refunds", "A refund takes 5 business days to your card.", title="Refunds", days=90)
NEW = article("billing/times", "A refund takes 10 business days to your card.", title="Refunds", days=1)


def of(
    *articles: Article, past: Past | None = None, corrected: tuple[Correction, ...] = (), days: int = 365
) -> dict[str, Stale]:
    statements = [one for each in articles for one in stated(each)]
    found = contradictions(statements, articles, Overlap().pairs)
    told = stale(articles, found, corrected, past or Past(), days=days, now=START)
    return {one.source: one for one in told}


def test_an_article_is_old_when_it_is_older_than_the_desk_allows() -> None:
    assert [one.days for one in of(OLD, days=89).values()] == [90]
    assert of(OLD, days=90) == {}


def test_a_newer_article_makes_the_older_one_stale() -> None:
    found = of(OLD, NEW)

    assert list(found) == ["billing/refunds"]
    assert [one.other.source for one in found["billing/refunds"].newer] == ["billing/times"]


def test_a_resolved_ticket_makes_the_older_article_stale_and_is_none_itself() -> None:
    ticket = article("tickets/1", NEW.text, title="Refunds", days=1, precedent=True)
    found = of(OLD, ticket)

    assert list(found) == ["billing/refunds"]
    assert (len(found["billing/refunds"].resolved), found["billing/refunds"].newer) == (1, ())


def test_neither_is_stale_when_both_were_changed_at_the_same_time() -> None:
    assert of(OLD, article("b", NEW.text, title="Refunds", days=90)) == {}


@pytest.mark.parametrize(("states", "told"), [(["edited"] * 2, False), (["edited", "rejected", "approved"], True)])
def test_an_article_whose_suggestions_are_often_changed_is_looked_at(states: list[str], told: bool) -> None:
    desk = Desk()
    for number, state in enumerate([*states, "expired"]):
        desk.ended("suggested", suggestion=f"s{number}", cites=[(NEW.source, "v", "q")]).settled(f"s{number}", state)
    found = of(NEW, past=desk.past)

    assert bool(found) is told
    if told:
        one = found[NEW.source]
        assert (one.decisions, one.edited, one.rejected) == (3, 1, 1)


def corrected(instead: str, suggested: str = "A refund takes 5 business days to your card.") -> tuple[Correction, ...]:
    desk = Desk().ended("suggested", suggestion="e1", cites=[(OLD.source, OLD.digest, "q")])
    kept = example("e1", suggested=suggested, instead=instead)
    told = [(kept, said(kept.suggested), said(kept.instead))]
    return corrections(told, list(stated(OLD)), desk.past, Overlap().pairs)


def test_what_an_agent_wrote_against_the_article_makes_it_stale() -> None:
    (found,) = corrected("Good news. A refund takes 3 business days to your card.")

    assert (found.example, found.article.says, found.instead.says) == ("e1", "5 business days", "3 business days")
    assert of(OLD, corrected=(found,))[OLD.source].corrections == (found,)


def test_what_was_suggested_already_is_no_correction() -> None:
    both = "A refund takes 3 business days to your card."

    assert corrected(f"{both} Bye.", suggested=both) == ()
    assert corrected("A refund takes 5 business days to your card, I promise.") == ()


def test_the_longest_list_comes_first_and_then_the_oldest() -> None:
    older = article("a", days=400 + (START - START).days)
    oldest = article("b", days=500)

    assert list(of(older, oldest, OLD, NEW)) == ["billing/refunds", "b", "a"]
    assert timedelta(days=of(oldest)["b"].days) == START - oldest.updated_at
