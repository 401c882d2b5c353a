"""Articles at odds: none where there are none, most of those that were planted, hardly any that only looks like one."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.measurement.knowledge.desk import Overlap, article

from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.domain.article import Article
from deskhand.domain.statement import Statement
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.likeness import Alike
from deskhand.measurement.knowledge.contradictions import Contradiction, contradictions
from deskhand.planning.stating import stated

ROOT = Path(__file__).parents[3]
COMPANY = ("Lumen", "Analytics")
READ = tomllib.loads(Path(__file__).with_name("planted.toml").read_text("utf-8"))
HELD_AGAINST = [original for original, _ in (*READ["contradicts"], *READ["later_contradicts"], *READ["agrees"])]
PLANTED = {
    "contradicts": [other for _, other in (*READ["contradicts"], *READ["later_contradicts"])],
    "agrees": [*(other for _, other in READ["agrees"]), *READ["later_agrees"]],
}
ARTICLES = read_articles(ROOT / "examples" / "lumen" / "articles")
REFUND = "A refund takes 5 business days to reach your card."


def between(*articles: Article) -> list[tuple[str, str]]:
    """What each two sides say, with the likeness of their words."""
    statements = [one for each in articles for one in stated(each)]
    return [(one.one.says, one.other.says) for one in contradictions(statements, articles, Overlap().pairs)]


def two(one: str, other: str) -> list[tuple[str, str]]:
    return between(article("a", one, title="Refunds"), article("b", other, title="Refunds"))


# -- the demo company ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alike() -> Alike:
    return Alike(MiniLM())


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    return [one for each in ARTICLES for one in stated(each, COMPANY)]


@pytest.fixture(scope="module")
def found(alike: Alike, statements: list[Statement]) -> list[tuple[str, Contradiction]]:
    """Each contradiction between an article and a planted one, with the kind and number of that."""
    planted = [
        article(f"planted/{kind}/{number}", other, title="Notes")
        for kind in ("contradicts", "agrees")
        for number, other in enumerate(PLANTED[kind])
    ]
    every = [*statements, *(one for each in planted for one in stated(each, COMPANY))]
    told = contradictions(every, [*ARTICLES, *planted], alike.pairs)
    return [(name, one) for one in told for name in _planted(one)]


def _planted(one: Contradiction) -> Iterator[str]:
    sources = [one.one.source, one.other.source]
    names = [source for source in sources if source.startswith("planted/")]
    if len(names) == 1:
        yield names[0].removeprefix("planted/")


def test_the_demo_companys_articles_do_not_contradict_each_other(alike: Alike, statements: list[Statement]) -> None:
    assert contradictions(statements, ARTICLES, alike.pairs) == ()


def test_each_planted_sentence_is_held_against_one_that_stands_in_an_article(statements: list[Statement]) -> None:
    texts = {one.text for one in statements}

    assert [len(PLANTED[kind]) for kind in ("contradicts", "agrees")] == [82, 92]
    assert [one for one in HELD_AGAINST if one not in texts] == []


def test_most_planted_contradictions_are_found(found: list[tuple[str, Contradiction]]) -> None:
    hits = {name for name, _ in found if name.startswith("contradicts/")}

    assert len(hits) >= 0.8 * len(PLANTED["contradicts"])


def test_hardly_any_look_alike_is_told(found: list[tuple[str, Contradiction]]) -> None:
    wrong = [one for name, one in found if name.startswith("agrees/")]

    assert len(wrong) <= 0.05 * len(found)


# -- the rule -----------------------------------------------------------------------------------------


def test_both_sentences_are_told_with_their_places() -> None:
    one = article("a", f"Intro.\n\n## Times\n\n- {REFUND}", title="Refunds", days=9)
    other = article("b", REFUND.replace("5", "10"), title="Refunds")
    statements = [*stated(one), *stated(other)]
    (found,) = contradictions(statements, [one, other], Overlap().pairs)

    assert (found.one.source, found.one.heading, found.one.line, found.one.sentence) == ("a", "Times", 5, REFUND)
    assert (found.one.says, found.other.says, found.of) == ("5 business days", "10 business days", "duration")


@pytest.mark.parametrize(
    "other",
    [
        REFUND,
        "A refund takes five working days to reach your card.",
        "A refund takes 3 to 7 business days to reach your card.",
        "A refund usually takes 3 business days to reach your card.",
        "Does a refund take 3 business days to reach your card?",
        "On Team a refund takes 3 business days to reach your card.",
        "A second refund takes 3 business days to reach your bank.",
    ],
)
def test_what_can_be_true_at_the_same_time_is_no_contradiction(other: str) -> None:
    assert two(REFUND, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("An extra seat costs 8.00 USD a month.", "An extra seat costs 80.00 USD a year."),
        ("An extra seat costs 8.00 USD a month.", "An extra seat costs 7.50 EUR a month."),
        ("A password has at least 8 characters.", "A password has at most 64 characters."),
        ("The link is valid for 24 hours.", "The link is valid for 1 day."),
        ("Locked after 3 attempts for 5 minutes.", "Locked after 9 attempts for 50 minutes."),
    ],
)
def test_other_periods_currencies_bounds_and_cases_are_no_contradiction(one: str, other: str) -> None:
    assert two(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("An extra seat costs 8.00 USD a month.", "An extra seat costs $10 a month.", ("8.00 USD", "$10")),
        ("Schools get 30 % off each plan.", "Schools get 25 % off each plan.", ("30 %", "25 %")),
        ("The old API ends on 1 March 2027.", "The old API ends on 1 May 2027.", ("1 March 2027", "1 May 2027")),
        (
            "The chat is open from 08:00 to 18:00 UTC.",
            "The chat is open from 09:00 to 17:00 UTC.",
            ("08:00 to 18:00", "09:00 to 17:00"),
        ),
        ("A file can have up to 200 MB.", "A file can have up to 500 MB.", ("200 MB", "500 MB")),
    ],
)
def test_amounts_shares_dates_times_and_limits_can_contradict(one: str, other: str, says: tuple[str, str]) -> None:
    (found,) = two(one, other)

    assert found == says


@pytest.mark.parametrize("what", ["product", "version", "locale"])
def test_two_products_versions_or_languages_may_differ(what: str) -> None:
    ours, theirs = article("a", REFUND, title="Refunds"), article("b", REFUND.replace("5", "10"), title="Refunds")
    one = replace(ours, **{what: "de"})  # type: ignore[arg-type]

    assert between(one, replace(theirs, **{what: "en"})) == []  # type: ignore[arg-type]
    assert between(one, theirs) != []


def test_an_article_is_not_held_against_itself() -> None:
    assert between(article("a", f"{REFUND}\n\n{REFUND.replace('5', '10')}", title="Refunds")) == []
