"""Several processes, and one that is killed: the library is whole at every moment, on both databases."""

import multiprocessing
import time

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.test_library import count
from tests.search.values import Letters, Shelved, article, shelved

from deskhand.domain.article import Article
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.tables.knowledge import article as articles
from deskhand.infrastructure.storage.tables.knowledge import passage

MANY = 500
NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.sampled_from(["one", "two", "", "# Heading\n\nthree\n\n## Other\n\nfour"])
HELD = st.dictionaries(NAMES, TEXTS, max_size=4)


def many(word: str) -> list[Article]:
    return [article(f"a{n}", f"Title {n}", f"{word} number {n}.") for n in range(MANY)]


def work(url: str, word: str) -> None:
    """What a process of its own does."""
    database = connect(url)
    shelved(database, Letters()).take_over(*many(word))
    database.dispose()


def whole(database: sa.Engine) -> bool:
    """Every article has its passage, and every passage its words, in one and the same moment."""
    tables = articles, passage, sa.table("passage_words")
    counts = [sa.select(sa.func.count()).select_from(one).scalar_subquery() for one in tables]
    with database.connect() as connection:
        return len(set(connection.execute(sa.select(*counts)).one())) == 1


def test_two_processes_at_once_end_with_each_article_once(database: sa.Engine, url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=work, args=(url, "same")) for _ in range(2)]
    for one in both:
        one.start()
    while any(one.is_alive() for one in both):
        assert whole(database)
        time.sleep(0.05)

    assert [one.exitcode for one in both] == [0, 0]
    assert count(database, articles) == MANY
    assert len(shelved(database, Letters()).finder.search("number", limit=MANY + 1)) == MANY


@pytest.mark.crash
def test_a_process_that_is_killed_leaves_whole_articles_and_the_next_one_does_the_rest(
    database: sa.Engine, url: str
) -> None:
    work(url, "old")
    one = multiprocessing.get_context("spawn").Process(target=work, args=(url, "new"))
    one.start()
    desk = shelved(database, Letters())
    changed = sa.select(sa.func.count()).where(articles.c.text.startswith("new"))
    while one.is_alive():
        with database.connect() as connection:
            if connection.execute(changed).scalar_one() > 100:
                one.kill()
        time.sleep(0.01)
    one.join()

    assert whole(database)
    assert count(database, articles) == MANY
    desk.take_over(*many("new"))
    hits = desk.finder.search("number", limit=MANY)
    assert len(hits) == MANY
    assert all(hit.passage.text.startswith("new") for hit in hits)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["left", "right"]), HELD), min_size=1, max_size=5))
def test_the_library_holds_exactly_what_its_sources_held_last(
    lettered: Shelved, rounds: list[tuple[str, dict[str, str]]]
) -> None:
    last: dict[str, dict[str, str]] = {"left": {}, "right": {}}
    for origin in last:
        lettered.take_over(source=origin)
    for origin, held in rounds:
        before, last[origin] = last[origin], held
        change = lettered.take_over(
            *(article(f"{origin}/{n}", f"{origin} {n}", t) for n, t in held.items()), source=origin
        )
        assert change.new + change.changed + change.same == len(held)
        assert change.gone == len(before.keys() - held.keys())

    found = {(one.passage.source, one.passage.text) for one in lettered.finder.search("one", limit=99)}
    told = {(f"{origin}/{name}", text) for origin, held in last.items() for name, text in held.items()}
    assert {source for source, _ in found} == {source for source, text in told if text}
    assert {one for one in told if one[1] in ("one", "two")} <= found
