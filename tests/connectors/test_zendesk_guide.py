"""Zendesk's help centre: who may see an article, in which languages, and whose it is."""

from collections.abc import Iterator

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.rigs import Desk

from deskhand.domain.errors import Down, Invalid


@pytest.fixture
def desk() -> Iterator[Desk]:
    rig = rigs.desk()
    yield rig
    rig.twin.store.close()


def test_a_draft_is_nobodys_article(desk: Desk) -> None:
    desk.twin.guide.publish("A", "<p>Said.</p>")
    desk.twin.guide.publish("B", "<p>Not yet.</p>", draft=True)

    assert [one.title for one in desk.guide.read().articles] == ["A"]


def test_an_article_is_public_only_when_it_is_for_everybody(desk: Desk) -> None:
    everybody, staff = desk.twin.guide.segment("signed_in_users"), desk.twin.guide.segment("staff")
    some = desk.twin.guide.segment("signed_in_users", tags=["vip"])
    for segment in (None, everybody, staff, some, 12345):
        desk.twin.guide.publish("A", f"<p>For {segment}.</p>", segment=segment)

    assert [one.audience for one in desk.guide.read().articles] == [
        "public",
        "customers",
        "internal",
        "internal",
        "internal",
    ]


def test_who_may_not_list_segments_takes_each_for_one_of_staff() -> None:
    desk = rigs.desk(Closed)
    desk.twin.guide.publish("A", "<p>Said.</p>", segment=desk.twin.guide.segment("signed_in_users"))
    desk.twin.guide.publish("B", "<p>Other.</p>")

    assert [one.audience for one in desk.guide.read().articles] == ["internal", "public"]
    desk.twin.store.close()


class Closed(httpx2.BaseTransport):
    """Our key may not list segments."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        closed = request.url.path.endswith("/user_segments")
        return httpx2.Response(403, json={"error": "Forbidden"}) if closed else self.inner.handle_request(request)


def test_translations_are_articles_of_one_family(desk: Desk) -> None:
    number = desk.twin.guide.publish("Refunds", "<p>Five days.</p>")
    desk.twin.guide.publish("Erstattung", "<p>Fünf Tage.</p>", locale="de", number=number)
    found = desk.guide.read().articles

    assert [(one.title, one.locale, one.source) for one in found] == [
        ("Erstattung", "de", f"https://twin.zendesk.com/hc/de/articles/{number}"),
        ("Refunds", "en-US", f"https://twin.zendesk.com/hc/en-us/articles/{number}"),
    ]
    assert len({one.family for one in found}) == 1


def test_an_article_says_who_wrote_it_and_when(desk: Desk) -> None:
    desk.twin.guide.publish("A", "<h2>How</h2><p>See <a href='/hc/x'>x</a>.</p><script>no()</script>")
    (one,) = desk.guide.read().articles

    assert (one.owner, one.updated_at) == ("Assistant", rigs.NOW)
    assert one.text == "## How\n\nSee [x](https://twin.zendesk.com/hc/x).\n"


def test_a_large_help_centre_is_read_to_its_last_page(desk: Desk) -> None:
    for number in range(120):
        desk.twin.guide.publish(f"Article {number}", f"<p>Number {number} is said.</p>")
    found = desk.guide.read()

    assert [one.title for one in found.articles] == [f"Article {number}" for number in range(120)]


def test_a_cut_page_is_no_shorter_help_centre(desk: Desk) -> None:
    desk.twin.guide.publish("A", "<p>Said.</p>")
    desk.faults.extend(["", "", *["cut json"] * 4])
    with pytest.raises(Down):
        desk.guide.read()


def test_an_article_without_what_we_rely_on_is_no_article() -> None:
    class Bare(Closed):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if request.url.path.endswith("/articles"):
                return httpx2.Response(200, json={"articles": [{"id": 1}], "meta": {}})
            return self.inner.handle_request(request)

    desk = rigs.desk(Bare)
    with pytest.raises(Invalid):
        desk.guide.read()
    desk.twin.store.close()
