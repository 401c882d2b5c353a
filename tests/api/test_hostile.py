"""What somebody who means harm sends to the pages: nothing is done, nothing stops, and nothing grows without end."""

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from fastapi.routing import APIRoute
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import Lumen

from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.queue import View
from deskhand.domain.suggestion import Person
from deskhand.entrypoints import web
from deskhand.entrypoints.api.body import LARGEST
from deskhand.entrypoints.web import FOR_CUSTOMERS, PAGES, glass, passkeys, sign_in
from deskhand.entrypoints.web.feed import LOOK, Feed
from deskhand.entrypoints.web.frame import Reader

FORM = {"content-type": "application/x-www-form-urlencoded"}
NOBODY_SIGNED_IN = {sign_in.PAGE, sign_in.NEW, glass.PATH, passkeys.PATH, f"{passkeys.PATH}/options"}
CUSTOMERS = {route.path for module in FOR_CUSTOMERS for route in module.router.routes if isinstance(route, APIRoute)}
WRITES = [
    (method, route.path)
    for module in PAGES
    for route in module.router.routes
    if isinstance(route, APIRoute)
    for method in sorted((route.methods or set()) - {"GET", "HEAD"})
]


# -- forms of others -----------------------------------------------------------------------------------------


def test_no_page_is_left_out_of_what_is_asked_here() -> None:
    modules = [importlib.import_module(f"{web.__name__}.{one.name}") for one in pkgutil.iter_modules(web.__path__)]
    assert {one for one in modules if hasattr(one, "router")} == set(PAGES)
    assert {"/suggestions/{id}", "/tickets/{ticket}/reply", "/audit/export"} <= {path for _, path in WRITES}


@pytest.mark.parametrize("how", ["no form token", "a wrong one", "another person's", "from another site"])
@pytest.mark.parametrize(
    ("method", "path"), [one for one in WRITES if one[1] not in CUSTOMERS and one[1] not in NOBODY_SIGNED_IN]
)
def test_a_form_that_is_not_ours_changes_nothing(shared: Lumen, method: str, path: str, how: str) -> None:
    own = form_token(shared.http.get("/audit", headers=cookie(shared, "mei")))
    others = form_token(shared.http.get("/audit", headers=cookie(shared, "tom")))
    form = {"no form token": "", "a wrong one": "0" * 64, "another person's": others, "from another site": own}[how]
    site = "cross-site" if how == "from another site" else "same-origin"
    before = shared.installation.queries.newest()
    address = path.replace("{ticket}", "zendesk:ticket:1").replace("{id}", "x")
    headers = {**cookie(shared, "mei"), "sec-fetch-site": site}
    answer = shared.http.request(method, address, data={"form": form} if form else {}, headers=headers)
    assert answer.status_code == (403 if form else 422)
    assert ("This form is not ours" if form else "form") in answer.text
    assert shared.installation.queries.newest() == before


# -- too much ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/sign-in", "/widget/messages", "/suggestions/x", "/api/pauses", "/nowhere"])
@pytest.mark.parametrize("says_so", [True, False])
def test_a_request_that_is_too_large_is_refused_before_it_is_held(shared: Lumen, path: str, says_so: bool) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b"token=" + b"x" * (LARGEST // 8)

    content = b"x" * (LARGEST + 1) if says_so else endless()
    answer = shared.http.post(path, content=content, headers=FORM)
    if path == "/nowhere" and not says_so:
        assert answer.status_code == 404, "nobody reads it"
        return
    assert answer.status_code == 413
    assert "Nothing was looked at" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_request_of_ordinary_size_is_read(shared: Lumen) -> None:
    answer = shared.http.post("/sign-in", content=b"token=" + b"x" * 5_000, headers=FORM)
    assert answer.status_code == 422, "too long for a token, and read"


@pytest.mark.parametrize("scope", ["everything", "action:no_such", "procedure:no_such", "ticket:7", "", "desk:x"])
def test_what_names_nothing_cannot_be_paused(shared: Lumen, scope: str) -> None:
    form = form_token(shared.http.get("/audit", headers=cookie(shared, "ana")))
    fields = {"form": form, "deed": "pause", "scope": scope}
    answer = shared.http.post("/pauses", data=fields, headers=cookie(shared, "ana"))
    assert answer.status_code == (303 if scope == "" else 422)
    if scope == "":  # an empty field is one that was left out: the desk
        fields |= {"deed": "resume"}
        shared.http.post("/pauses", data=fields, headers=cookie(shared, "ana"))
    assert shared.installation.queries.pauses() == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "-", "2026-W53-7"])
@pytest.mark.parametrize("which", ["since", "until"])
def test_a_day_at_the_end_of_the_calendar_breaks_no_page(shared: Lumen, which: str, day: str) -> None:
    assert shared.http.get("/audit", params={which: day}, headers=cookie(shared, "ana")).status_code == 200


# -- what runs beside ----------------------------------------------------------------------------------------


class Stumbling:
    """A journal whose first look fails as nobody expected."""

    def __init__(self) -> None:
        self.looks = 0

    def newest(self) -> int:
        return 0

    def changed(self, after: int, limit: int) -> Sequence[tuple[int, str]]:
        self.looks += 1
        if self.looks == 2:  # the first is the stream's own
            raise RuntimeError("what nobody expected")
        return [(1, "zendesk:ticket:1")] if self.looks > 2 and after < 1 else []

    def row(self, ticket: str) -> None:
        return None

    def waiting_by_person(self) -> tuple[Mapping[View, int], Mapping[str, int]]:
        return {}, {}


def test_a_look_that_fails_does_not_end_the_live_feed() -> None:
    async def first_event() -> str:
        feed = Feed(cast(Queries, Stumbling()), lambda: ())
        async with feed.followed():
            told = feed.stream(None, Person("ana", frozenset({"agent"})), Reader("en", "system", "on", ZoneInfo("UTC")))
            while "zendesk" not in (one := await asyncio.wait_for(anext(told), 40 * LOOK)):
                pass
            return one

    assert '"ticket": "zendesk:ticket:1"' in asyncio.run(first_event())
