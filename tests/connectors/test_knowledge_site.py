"""A site as a source of knowledge: which pages are read, where no request goes, and what is told of the rest."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.connectors import files
from tests.connectors.site import HERE, Reply, Site, serving

from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.knowledge_site.source import KnowledgeSite, Limits
from deskhand.domain.errors import Down, Invalid, Missing
from deskhand.ports.knowledge import Gathered

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.fixture
def other() -> Iterator[Site]:
    with serving() as one:
        yield one


def source(site: Site, **more: Any) -> KnowledgeSite:
    way = Guarded(HERE)
    return KnowledgeSite(
        "help", site.sitemap, lambda: NOW, transport=way, deadline=2, wait=lambda seconds: None, **more
    )


def told(site: Site, gathered: Gathered) -> dict[str, str]:
    return {one.place.removeprefix(site.address): one.why for one in gathered.unread}


def names(site: Site, gathered: Gathered) -> list[str]:
    return [one.source.removeprefix(site.address) for one in gathered.articles]


def test_every_page_that_the_sitemap_names_is_an_article(site: Site) -> None:
    site.lists("/a", "/b#part", "/b", lastmod="2026-11-02")
    site.article("/a", "Refunds", "Five days.")
    site.article("/b", "Invoices")
    found = source(site, audience="customers", product="Reports").read()
    first = found.articles[0]

    assert names(site, found) == ["/a", "/b"]
    assert (first.title, first.text) == ("Refunds", "# Refunds\n\nFive days.\n\nAnd more.\n")
    assert (first.audience, first.locale, first.product) == ("customers", "en", "Reports")
    assert first.updated_at == datetime(2026, 11, 2, tzinfo=UTC)
    assert found.unread == ()


def test_sitemaps_of_sitemaps_are_read_also_packed_ones_and_in_circles(site: Site) -> None:
    site.indexes("/one.xml", "/two.xml.gz", "/sitemap.xml")
    site.lists("/a", at="/one.xml")
    site.lists("/b", at="/plain")
    plain = site.answers["/plain"]
    assert isinstance(plain, tuple)
    site.answers["/two.xml.gz"] = (200, {"content-type": "application/gzip"}, gzip.compress(plain[2]))
    site.article("/a", "A")
    site.article("/b", "B")
    found = source(site).read()

    assert names(site, found) == ["/a", "/b"]
    assert told(site, found) == {"/sitemap.xml": "is named by a sitemap again"}


def test_a_pdf_on_a_site_is_read_too(site: Site) -> None:
    site.lists("/manual.pdf")
    lines = [*files.column(780, -20, "Manual"), *files.column(700, 10, "Press the button twice.")]
    site.answers["/manual.pdf"] = (200, {"content-type": "application/pdf"}, files.pdf(lines))

    assert source(site).read().articles[0].text == "# Manual\n\nPress the button twice.\n"


def test_translations_are_one_family(site: Site) -> None:
    links = "".join(
        f'<x:link rel="alternate" hreflang="{tag}" href="{site.address}/{tag}"/>' for tag in ("de", "en", "x-default")
    )
    urls = "".join(f"<url><loc>{site.address}/{tag}</loc>{links}</url>" for tag in ("de", "en"))
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml"'
    site.answers["/sitemap.xml"] = (200, {}, f"<urlset {space}>{urls}</urlset>".encode())
    site.article("/de", "Erstattung")
    site.article("/en", "Refunds")
    found = source(site).read().articles

    assert [(one.locale, one.family) for one in found] == [("de", f"{site.address}/de"), ("en", f"{site.address}/de")]


# -- what cannot be read ------------------------------------------------------------------------------


def test_each_page_that_cannot_be_read_is_told_and_the_rest_is_read(site: Site) -> None:
    site.lists("/gone", "/broken", "/slow", "/large", "/picture", "/empty", "/private", "/round", "/good")
    site.answers["/broken"] = (500, {}, b"")
    site.answers["/slow"] = lambda headers: (site.pause.wait(5), (200, {}, b"late"))[1]
    site.answers["/large"] = (200, {"content-type": "text/html"}, b"x" * (9 * 1024 * 1024))
    site.answers["/picture"] = (200, {"content-type": "image/png"}, b"\x89PNG")
    site.page("/empty", "<script>only()</script>")
    site.answers["/private"] = (403, {}, b"")
    site.answers["/round"] = (302, {"location": "/round"}, b"")
    site.article("/good", "Good")
    found = source(site).read()

    assert names(site, found) == ["/good"]
    assert told(site, found) == {
        "/gone": "is not there (404)",
        "/broken": "fails on their side (500)",
        "/slow": "does not answer in time",
        "/large": "is larger than 8 megabytes",
        "/picture": "is of a kind that we do not read (image/png)",
        "/empty": "it holds no text",
        "/private": "is not for everybody (403)",
        "/round": "is redirected without end",
    }
    assert {one.place.removeprefix(site.address) for one in found.unread if one.gone} == {"/gone", "/private"}


def test_a_page_that_fails_once_is_asked_once_more(site: Site) -> None:
    replies: list[Reply] = [(200, {"content-type": "text/html"}, b"<h1>A</h1><p>Said."), (503, {}, b"")]
    site.lists("/a")
    site.answers["/a"] = lambda headers: replies.pop()

    assert names(site, source(site).read()) == ["/a"]


def test_pages_that_say_the_same_are_kept_once(site: Site) -> None:
    site.lists("/a", "/a?print=1")
    site.article("/a", "A")
    site.article("/a?print=1", "A")
    found = source(site).read()

    assert names(site, found) == ["/a"]
    assert list(told(site, found)) == ["/a?print=1"]


def test_letters_are_those_that_the_server_declares(site: Site) -> None:
    site.lists("/a", "/b")
    site.answers["/a"] = (200, {"content-type": "text/html; charset=ISO-8859-1"}, "<p>Größe".encode("latin-1"))
    site.answers["/b"] = (200, {"content-type": "text/html; charset=utf-8"}, "<p>Straße".encode("latin-1"))
    found = source(site).read()

    assert [one.text for one in found.articles] == ["Größe\n", "Straße\n"]
    assert told(site, found) == {"/b (letters)": "it is not utf-8, as it says, and was read as windows-1252"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((404, {}, b""), Missing),
        ((500, {}, b""), Down),
        ((200, {}, b"<html><p>Sign in"), Invalid),
        ((200, {}, b"<urlset><url><loc>"), Invalid),
        ((200, {}, b'<!DOCTYPE b [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>'), Invalid),
        ((200, {}, gzip.compress(b" " * 60_000_000)), Invalid),
        ((200, {}, b"\x1f\x8bnothing"), Invalid),
        ((302, {"location": "http://elsewhere.example/sitemap.xml"}, b""), Missing),
    ],
)
def test_a_site_whose_sitemap_cannot_be_read_does_not_answer(site: Site, reply: Reply, error: type[Exception]) -> None:
    site.answers["/sitemap.xml"] = reply
    with pytest.raises(error):
        source(site).read()


def test_while_one_sitemap_of_several_is_down_nothing_is_known_to_be_gone(site: Site) -> None:
    site.indexes("/one.xml", "/two.xml")
    site.lists("/a", at="/one.xml")
    site.article("/a", "A")
    site.answers["/two.xml"] = (503, {}, b"")
    with pytest.raises(Down):
        source(site).read()

    del site.answers["/two.xml"]
    found = source(site).read()
    assert names(site, found) == ["/a"]
    assert told(site, found) == {"/two.xml": "is not there (404)"}


def test_an_empty_sitemap_is_told(site: Site) -> None:
    site.lists()

    assert told(site, source(site).read()) == {"/sitemap.xml": "names no page"}


# -- where no request goes ------------------------------------------------------------------------------


def test_no_request_leaves_the_hosts_of_the_source(site: Site, other: Site) -> None:
    other.article("/secret", "Secret")
    other.lists("/secret", at="/inner.xml")
    site.indexes("/pages.xml", f"{other.address}/inner.xml")
    addresses = [
        f"{other.address}/secret",
        f"http://user:key@{site.host}/a",
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        f"https://{site.host}/a",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1/a",
        "/moved",
        "/moved-again",
        "/a",
    ]
    site.lists(*addresses, at="/pages.xml")
    site.answers["/moved"] = (301, {"location": f"{other.address}/secret"}, b"")
    site.answers["/moved-again"] = (302, {"location": "file:///etc/passwd"}, b"")
    site.article("/a", "A")
    found = source(site).read()

    assert names(site, found) == ["/a"]
    assert other.asked == []
    assert len(found.unread) == len(addresses)
    assert all(one.gone for one in found.unread)


def test_a_second_host_is_read_when_it_is_allowed(site: Site, other: Site) -> None:
    site.lists("/moved", f"{other.address}/b")
    site.answers["/moved"] = (301, {"location": f"{other.address}/a"}, b"")
    other.article("/a", "A")
    other.article("/b", "B")
    other.page("/robots.txt", "User-agent: *\nDisallow: /b")
    found = source(site, hosts=[other.host]).read()

    assert names(site, found) == ["/moved"]
    assert told(site, found) == {f"{other.address}/b": "is closed to us by robots.txt"}
    assert "/b" not in other.asked


def test_robots_txt_is_asked_first_and_heeded(site: Site) -> None:
    rules = (
        "User-agent: *\nDisallow: /\n\nUser-agent: deskhand\nDisallow: /*.php$\nDisallow: /staff/\nAllow: /staff/faq"
    )
    site.page("/robots.txt", rules)
    site.lists("/a", "/b.php", "/staff/c", "/staff/faq", "/moved")
    site.answers["/moved"] = (302, {"location": "/staff/c"}, b"")
    for path in ("/a", "/b.php", "/staff/c", "/staff/faq"):
        site.article(path, path)
    found = source(site).read()

    assert names(site, found) == ["/a", "/staff/faq"]
    assert site.asked[0] == "/robots.txt"
    assert "/b.php" not in site.asked
    assert set(told(site, found)) == {"/b.php", "/staff/c", "/moved"}


def test_while_robots_txt_is_down_nothing_is_asked(site: Site) -> None:
    site.answers["/robots.txt"] = (500, {}, b"")
    site.lists("/a")
    with pytest.raises(Down):
        source(site).read()

    assert set(site.asked) == {"/robots.txt"}


# -- how much -------------------------------------------------------------------------------------------


def test_no_more_pages_are_read_than_the_limit(site: Site) -> None:
    site.lists(*(f"/{number}" for number in range(9)))
    for number in range(9):
        site.article(f"/{number}", f"Page {number}")
    found = source(site, limits=Limits(pages=3)).read()

    assert names(site, found) == ["/0", "/1", "/2"]
    assert told(site, found) == {"/sitemap.xml": "names 9 pages; only the first 3 are read"}


def test_what_the_limits_of_bytes_and_time_leave_unread_is_told_and_not_gone(site: Site) -> None:
    site.lists("/a", "/b")
    site.article("/a", "A")
    site.article("/b", "B")
    found = source(site, limits=Limits(bytes=10)).read()

    assert names(site, found) == ["/a"]
    assert [(one.place.removeprefix(site.address), one.gone) for one in found.unread] == [("/b", False)]
    with pytest.raises(Down, match="time"):
        source(site, limits=Limits(seconds=-1)).read()


def test_an_answer_that_drips_is_given_up(site: Site) -> None:
    site.lists("/a")
    site.answers["/a"] = lambda headers: (200, {"content-length": "1000000"}, b"a part")
    found = source(site).read()

    assert "does not answer" in told(site, found)["/a"]


# -- the second time ------------------------------------------------------------------------------------


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    def answer(headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"1"':
            return (304, {}, b"")
        return (200, {"content-type": "text/html", "etag": '"1"'}, b"<h1>A</h1><p>Said.")

    site.lists("/a")
    site.answers["/a"] = answer
    knowledge = source(site)
    first = knowledge.read()

    assert knowledge.read() == first
    assert site.asked.count("/a") == 2


def test_a_page_whose_date_in_the_sitemap_is_the_same_is_not_asked_again(site: Site) -> None:
    site.lists("/a", lastmod="2026-11-02")
    site.article("/a", "A")
    knowledge = source(site)
    first = knowledge.read()
    assert knowledge.read() == first
    assert site.asked.count("/a") == 1

    site.lists("/a", lastmod="2026-11-03")
    site.article("/a", "A", "Changed.")
    assert "Changed." in knowledge.read().articles[0].text


def test_a_page_that_is_down_for_a_while_is_not_gone_and_one_that_is_gone_is(site: Site) -> None:
    site.lists("/a", "/b")
    site.article("/a", "A")
    site.article("/b", "B")
    knowledge = source(site)
    knowledge.read()
    site.answers["/a"] = (503, {}, b"")
    del site.answers["/b"]
    found = knowledge.read()

    assert found.articles == ()
    assert {one.place.removeprefix(site.address): one.gone for one in found.unread} == {"/a": False, "/b": True}
