"""Search by meaning and by exact words, within what customers may read."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.values import Letters, article

from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.index import Index
from deskhand.infrastructure.search.vector_cache import VectorCache

DATA = Path(__file__).parents[3] / "shared" / "data"
ARTICLES = (
    article(
        "refund-times", "How long does a refund take?", "5 to 10 business days.\n\n## Weekends\n\nThey do not count."
    ),
    article("e77", "What does error E-7741 mean?", "The upload was too large."),
    article("e78", "What does error E-7852 mean?", "The upload was refused."),
    article("secret", "How agents unlock an account", "Press the red button.", audience="internal"),
)
letters = Index(Letters(), ARTICLES, VectorCache())


@pytest.fixture(scope="module")
def index(embed: MiniLM) -> Index:
    return Index(embed, ARTICLES, VectorCache())


def test_a_question_in_other_words_finds_its_article(index: Index) -> None:
    assert index.search("when do I get my money back")[0].passage.source == "refund-times"


def test_an_exact_code_finds_its_article(index: Index) -> None:
    assert index.search("E-7852??")[0].passage.source == "e78"


def test_what_is_for_agents_only_is_never_found(index: Index) -> None:
    assert "secret" not in {hit.passage.source for hit in index.search("how agents unlock an account", 50)}
    assert index.within("secret", "unlock") == ()


def test_within_one_article_the_nearest_passage_comes_first(index: Index) -> None:
    assert [hit.passage.heading for hit in index.within("refund-times", "do saturday and sunday count")] == [
        "Weekends",
        "",
    ]
    assert index.within("nowhere", "refund") == ()


def test_foreign_texts_are_far(index: Index) -> None:
    assert index.nearest(["who won the match last night"])[0] < 0.3 < index.nearest(["how long do refunds take"])[0]


def test_a_question_is_made_plain_before_it_is_looked_for(embed: MiniLM) -> None:
    index = Index(embed, ARTICLES, VectorCache(), plain=lambda text: text.replace("rfnd", "refund"))

    assert index.search("how long rfnd")[0].cosine > 0.6


def test_an_empty_desk_finds_nothing() -> None:
    empty = Index(Letters(), (), VectorCache())

    assert empty.search("anything") == ()
    assert list(empty.nearest(["anything"])) == [0.0]


def test_several_threads_find_what_one_finds(index: Index) -> None:
    questions = [f"error E-7{number}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(index.search, questions))

    assert together == [index.search(question) for question in questions]


@given(st.text(st.characters(), max_size=200))
def test_any_text_may_be_searched_for(text: str) -> None:
    assert len(letters.search(text)) == 4
    assert all(np.isfinite(hit.score) for hit in letters.search(text))


@pytest.mark.parametrize("text", ['" OR NEAR( *', "AND", "title:refund", "x" * 100_000, "'; drop table passage; --"])
def test_a_customers_text_is_never_query_syntax(text: str) -> None:
    assert len(letters.search(text, 2)) == 2


@pytest.mark.skipif(not DATA.exists(), reason="the data set is not beside the project")
def test_chat_questions_find_their_entry_as_often_as_measured(embed: MiniLM) -> None:
    """43 questions on the first 400 entries: the right one was first for 37 and among five for all of them.

    On all 2,869 entries and 338 questions: .885 and .976. Two questions of difference are allowed.
    """
    entries = [json.loads(line) for line in (DATA / "dstc11faq_docs.jsonl").read_text("utf-8").splitlines()[:400]]
    known = {str(one["id"]) for one in entries}
    questions = [json.loads(line) for line in (DATA / "dstc11faq_queries.jsonl").read_text("utf-8").splitlines()]
    index = Index(embed, [article(str(one["id"]), one["title"], one["body"]) for one in entries], VectorCache())
    asked = [(q["text"], set(map(str, q["relevant"])) & known) for q in questions]
    asked = [(text, right) for text, right in asked if right]
    found = [([hit.passage.source for hit in index.search(text)], right) for text, right in asked]

    assert len(asked) == 43
    assert np.mean([sources[0] in right for sources, right in found]) >= 35 / 43
    assert np.mean([bool(right.intersection(sources)) for sources, right in found]) >= 41 / 43
