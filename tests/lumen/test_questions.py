"""Customers ask in their own words: what the brain answers is right, and what no article tells it passes on."""

from collections import Counter

from tests.lumen.asking import content, plainly, questions
from tests.lumen.test_content import folder

ARTICLES = {one.source: one for one in folder().articles}


def test_the_questions_are_many_and_fall_into_two_halves() -> None:
    counted = Counter((one.half, one.answered) for one in questions())
    assert counted.total() >= 350
    assert min(counted.values()) >= 75
    assert len({one.text for one in questions()}) == counted.total()


def test_what_an_answer_must_hold_stands_in_an_article_that_customers_may_read() -> None:
    said = plainly(" ".join(text for one in folder().procedures for text in one.words()))
    for one in questions():
        if one.answered:
            article = ARTICLES[one.source]
            assert article.audience == "public"
            assert any(plainly(fact) in plainly(article.text) for fact in one.says), one.text
            texts = [said, *(plainly(other.text) for other in ARTICLES.values() if other.audience == "public")]
            assert all(any(plainly(fact) in text for text in texts) for fact in one.says), one.text


def test_the_questions_are_asked_in_other_words_than_the_titles() -> None:
    shares = []
    for one in questions():
        if one.answered:
            asked = content(one.text)
            shares.append(len(asked & content(ARTICLES[one.source].title)) / max(1, len(asked)))
    assert sum(shares) / len(shares) <= 0.1
    assert max(shares) <= 0.5
