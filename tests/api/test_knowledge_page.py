"""Knowledge for people: every article, a question tried, and what falls short."""

from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.api.test_pages import no_foreign_script
from tests.api.visitor import cookie
from tests.stories.lumen import Lumen

from deskhand.entrypoints.web.knowledge import marked

HOSTILE = "<script>alert('article')</script> <img src=x onerror=alert(1)>"
CSV = "How big can a CSV file be?"


def get(shared: Lumen, path: str, **headers: str) -> str:
    answer = shared.http.get(path, headers={**cookie(shared, "ana"), **headers})
    assert answer.status_code == 200, path
    return answer.text


def test_every_article_is_listed_and_can_be_read(shared: Lumen) -> None:
    every = shared.installation.queries.articles("", limit=500)
    page = "".join(get(shared, f"/knowledge?page={number}") for number in range(1, len(every) // 50 + 2))
    assert len(every) > 50, "there is more than one page"
    for one in every:
        assert f'href="/articles/{quote(one.source, safe="")}"' in page
        assert one.title in unescape(get(shared, f"/articles/{one.source}"))


def test_articles_are_found_by_their_words(shared: Lumen) -> None:
    names = [one.source for one in shared.installation.queries.articles("csv", limit=100)]
    page = get(shared, "/knowledge?find=CSV")
    assert 0 < page.count('class="tag done"') + page.count('class="tag waits"') == len(names)
    assert "No article holds these words." in get(shared, "/knowledge?find=%25%25")


def test_a_question_is_tried_with_its_quote_and_nothing_is_written_down(shared: Lumen) -> None:
    before = shared.installation.queries.newest()
    page = get(shared, f"/knowledge?ask={CSV}")
    assert "It would answer with this quote. Nothing was sent" in page
    told = shared.say(shared.customer("single_charge"), CSV).result
    assert len(told.citations) > 0
    for one in told.citations:
        assert quote(one.source, safe="") in page, "the assistant cites what the page said it would"
    assert before < shared.installation.queries.newest()


def test_a_question_that_nothing_answers_says_so(shared: Lumen) -> None:
    before = shared.installation.queries.newest()
    page = get(shared, "/knowledge?ask=Who+won+the+football+match+on+Mars%3F")
    assert "It would not answer" in page
    assert shared.installation.queries.newest() == before


def test_the_quoted_passage_is_marked_letter_for_letter(shared: Lumen) -> None:
    source = shared.installation.queries.articles("csv", limit=1)[0].source
    article = shared.installation.queries.article(source)
    assert article is not None
    sentence = next(
        line for line in article.text.splitlines() if len(line) > 40 and "&" not in line and "'" not in line
    )
    assert f'<mark id="quote">{sentence}</mark>' in get(shared, f"/articles/{source}?quote={quote(sentence)}")
    stale = get(shared, f"/articles/{source}?quote=never+written")
    assert "<mark" not in stale
    assert "it has changed since it was quoted" in stale


@pytest.mark.parametrize("path", ["/knowledge?ask={}", "/knowledge?find={}", "/articles/{}", "/articles/faq?quote={}"])
def test_hostile_words_are_shown_as_text(shared: Lumen, path: str) -> None:
    answer = shared.http.get(path.format(quote(HOSTILE)), headers=cookie(shared, "ana"))
    assert no_foreign_script(answer.text) or answer.headers["content-type"] == "application/json"
    assert "<img src=x" not in answer.text or answer.headers["content-type"] == "application/json"


def test_what_falls_short_is_told_whole_and_as_a_part(shared: Lumen) -> None:
    for _ in range(2):
        shared.say(shared.customer("single_charge"), "Do you plan a native client for smart refrigerators?")
    whole, part = get(shared, "/knowledge/health"), get(shared, "/knowledge/health", **{"x-fragment": "1"})
    assert part.lstrip().startswith('<div id="health"')
    for told in (whole, part):
        assert "smart refrigerators" in told
        assert "Articles at odds" in told


def test_a_folder_with_a_fault_says_that_nothing_was_compared(shared: Lumen) -> None:
    wrong = Path(shared.installation.settings.folder) / "policies" / "zz-wrong.yaml"
    wrong.write_text("rules: [")
    try:
        told = get(shared, "/knowledge/health")
        assert "Knowledge was not compared." in told
        assert "zz-wrong.yaml" in told
    finally:
        wrong.unlink()


def test_a_text_is_parted_around_its_quote() -> None:
    assert vars(marked("one two three", "two")) == {"before": "one ", "quote": "two", "after": " three"}
    assert vars(marked("one", "")) == vars(marked("one", "1")) == {"before": "one", "quote": "", "after": ""}
