"""The company's own site: whoever guesses the id of a conversation gets nothing of it, by any route."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.api.site import Page, with_sites
from tests.stories.lumen import Lumen, opened

from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.rights import stated

HOW = "How do I export a dashboard as PDF?"
PREFIX = "/widget/conversations/{id}"
BODIES: dict[str, dict[str, Any]] = {
    "/solved": {"solved": True},
    "/rating": {"score": 1},
    "/corrections": {"words": "x"},
    "/address": {"email": "eve@evil.example"},
    "/transcript": {"language": "en"},
}
READ = {"", "/events", "/summary"}


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("guessed") / "desk"), with_sites) as lumen:
        yield lumen


@pytest.fixture(scope="module")
def talk(site: Lumen) -> Page:
    page = Page(site, site.customer("single_charge"))
    page.say(HOW)
    return page


def test_every_route_of_a_conversation_is_tried_here(site: Lumen) -> None:
    found = {path.removeprefix(PREFIX) for _, path in stated(create_app(site.installation).routes) if PREFIX in path}
    assert found == {*BODIES, *READ, "/files"}


@pytest.mark.parametrize("what", sorted({*BODIES, *READ, "/files"}))
@pytest.mark.parametrize("who", ["another customer", "somebody unknown"])
def test_a_conversation_of_somebody_else_is_not_there(site: Lumen, talk: Page, who: str, what: str) -> None:
    other = Page(site, site.customer("double_charge_small") if who == "another customer" else "", talk.talk)
    before, shown = site.installation.queries.newest(), talk.shown()
    if what in READ:
        answer = other.get(what)
    elif what == "/files":
        answer = other.upload("x.txt", b"x", "text/plain")
    else:
        answer = other.on(what.removeprefix("/"), **BODIES[what])
    assert HOW not in answer.text
    assert talk.shown() == shown
    if what == "/files" and who == "somebody unknown":
        assert answer.status_code == 201, "the same id is another conversation of their own"
    else:
        assert answer.status_code == 404
        assert site.installation.queries.newest() == before
