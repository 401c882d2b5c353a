"""Every source of knowledge keeps the same promises: a folder, a site, a help centre, resolved tickets."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.connectors.site import HERE, serving
from tests.connectors.test_articles import written
from tests.contracts import rigs

from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.knowledge_folder.source import KnowledgeFolder
from deskhand.connectors.knowledge_site.source import KnowledgeSite
from deskhand.connectors.zendesk.resolved import ResolvedTickets
from deskhand.domain.article import AUDIENCES
from deskhand.domain.errors import ConnectorError
from deskhand.ports.knowledge import KnowledgeSource

TEXT = "Money is back within {} working days.\n"
REFUNDS, INVOICES = "How long does a refund take?", "Where do I find my invoices?"


@dataclass(frozen=True)
class Rig:
    """`put` writes an article under a name, `spoil` makes it unreadable, `remove` takes it away; `cut` cuts us off."""

    source: KnowledgeSource
    put: Callable[[str, str, str], object]
    spoil: Callable[[str], object]
    remove: Callable[[str], object]
    cut: Callable[[], object]


def folder(path: Path) -> Iterator[Rig]:
    place = path / "articles"
    place.mkdir()
    yield Rig(
        KnowledgeFolder(place),
        lambda name, title, text: written(place, f"{name}.html", f"<h1>{title}</h1><p>{text}"),
        lambda name: written(place, f"{name}.html", "<script>only()</script>"),
        lambda name: (place / f"{name}.html").unlink(),
        lambda: place.rename(path / "elsewhere"),
    )


def site(path: Path) -> Iterator[Rig]:
    with serving() as one:
        known: set[str] = set()
        one.lists()

        def put(name: str, title: str, text: str) -> None:
            known.add(f"/{name}")
            one.lists(*sorted(known))
            one.page(f"/{name}", f"<h1>{title}</h1><p>{text}")

        def remove(name: str) -> None:
            known.remove(f"/{name}")
            one.lists(*sorted(known))

        source = KnowledgeSite("help", one.sitemap, rigs.clock, transport=Guarded(HERE), wait=lambda seconds: None)
        yield Rig(
            source,
            put,
            lambda name: one.page(f"/{name}", "<script>only()</script>"),
            remove,
            lambda: one.answers.update({"/sitemap.xml": (503, {}, b"")}),
        )


def guide(path: Path) -> Iterator[Rig]:
    desk = rigs.desk()
    numbers: dict[str, int] = {}

    def put(name: str, title: str, text: str) -> None:
        numbers[name] = desk.twin.guide.publish(title, f"<p>{text}</p>", number=numbers.get(name))

    yield Rig(
        desk.guide,
        put,
        lambda name: desk.twin.guide.publish("A", "<script>only()</script>", number=numbers[name]),
        lambda name: desk.twin.guide.take_away(numbers[name]),
        lambda: desk.faults.extend(["500"] * 9),
    )
    desk.twin.store.close()


def resolved(path: Path) -> Iterator[Rig]:
    desk = rigs.desk()
    numbers: dict[str, int] = {}

    def put(name: str, title: str, text: str) -> None:
        if name not in numbers:
            desk.twin.receive("maya.chen@example.com", title)
            numbers[name] = desk.twin.store.count("ticket")
        desk.twin.resolve(numbers[name], text)

    def change(name: str, **fields: object) -> None:
        ticket = desk.twin.store.get("ticket", str(numbers[name]))
        assert ticket is not None
        ticket |= {"updated_at": "2026-11-25T09:00:00Z"} | fields
        ticket = {key: value for key, value in ticket.items() if value is not None}
        desk.twin.store.put([("ticket", str(ticket["id"]), "", "", ticket["id"], ticket)])

    yield Rig(
        desk.resolved,
        put,
        lambda name: change(name, created_at=None),
        lambda name: change(name, status="open"),
        lambda: desk.faults.extend(["500"] * 9),
    )
    desk.twin.store.close()


def named(source: KnowledgeSource, title: str) -> str:
    return next(one.source for one in source.read().articles if one.title == title)


@pytest.fixture(params=[folder, site, guide, resolved], ids=lambda make: make.__name__)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    yield from request.param(tmp_path)


def test_each_article_is_whole(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))
    rig.put("b", INVOICES, TEXT.format("two"))
    found = rig.source.read()

    assert {one.title for one in found.articles} == {REFUNDS, INVOICES}
    assert len({one.source for one in found.articles}) == 2
    for one in found.articles:
        assert TEXT.format("five") in one.text or TEXT.format("two") in one.text
        assert one.digest == hashlib.sha256(one.text.encode()).hexdigest()
        assert one.audience in AUDIENCES
        assert one.updated_at.tzinfo is not None
        assert one.precedent is isinstance(rig.source, ResolvedTickets)
    assert found.unread == ()


def test_what_has_not_changed_reads_the_same(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))

    assert rig.source.read() == rig.source.read()


def test_a_changed_article_keeps_its_name(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))
    (before,) = rig.source.read().articles
    rig.put("a", "How long do refunds take?", TEXT.format("eleven"))
    (after,) = rig.source.read().articles

    assert after.source == before.source
    assert after.digest != before.digest
    assert TEXT.format("eleven") in after.text


def test_an_article_that_was_taken_away_is_in_neither_list(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))
    rig.put("b", INVOICES, TEXT.format("two"))
    gone = named(rig.source, REFUNDS)
    rig.remove("a")
    found = rig.source.read()

    assert [one.title for one in found.articles] == [INVOICES]
    assert gone not in {one.place for one in found.unread}


def test_an_article_that_cannot_be_read_is_told_by_its_name(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))
    rig.put("b", INVOICES, TEXT.format("two"))
    name = named(rig.source, REFUNDS)
    rig.spoil("a")
    found = rig.source.read()

    assert [one.title for one in found.articles] == [INVOICES]
    assert [(one.place, one.gone) for one in found.unread] == [(name, False)]


def test_a_source_that_holds_nothing_says_so(rig: Rig) -> None:
    found = rig.source.read()

    assert found.articles == ()
    assert len(found.unread) == 1


def test_a_source_that_does_not_answer_is_an_error(rig: Rig) -> None:
    rig.put("a", REFUNDS, TEXT.format("five"))
    rig.source.read()
    rig.cut()
    with pytest.raises(ConnectorError):
        rig.source.read()
