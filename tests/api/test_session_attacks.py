"""What is tried against sessions: a planted cookie, a stolen one, forms of other sites, and guessing who is here."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from tests.api.test_rights import EXAMPLES, FORM
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import Lumen

from deskhand.domain.rights import Right, Role
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.people import NOT_OURS
from deskhand.entrypoints.rights import stated
from deskhand.infrastructure.storage.sign_ins import WINDOW

PASSWORD = "correct horse battery"
CHANGES = sorted(route for route in EXAMPLES if route[0] != "GET")
FOREIGN = {
    "another site": {"sec-fetch-site": "cross-site"},
    "another name of this site": {"sec-fetch-site": "same-site"},
    "another site, by an old browser": {"origin": "https://evil.example"},
    "a page that hides where it is from": {"origin": "null"},
}


@pytest.fixture(autouse=True)
def rested(shared: Lumen) -> Iterator[None]:
    shared.clock.ahead += WINDOW + timedelta(seconds=1)
    yield
    shared.http.cookies.clear()


def member(shared: Lumen, name: str) -> str:
    access, now = shared.installation.access, shared.clock()
    assert access.set_password(access.invite(name, Role.AGENT, (), by="test", now=now), PASSWORD, now) == name
    return name


def sign_in(shared: Lumen, name: str, password: str = PASSWORD, **headers: str) -> httpx2.Response:
    shared.http.cookies.clear()
    return shared.http.post("/sign-in", data={"name": name, "password": password}, headers=headers)


def test_every_route_that_changes_something_is_tried_here(shared: Lumen) -> None:
    found = stated(create_app(shared.installation).routes)
    wanted = {route for route, right in found.items() if isinstance(right, Right) and route[0] != "GET"}
    assert wanted == set(CHANGES)


@pytest.mark.parametrize("site", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("route", CHANGES, ids=" ".join)
def test_no_other_site_changes_anything_through_somebodys_browser(
    shared: Lumen, route: tuple[str, str], site: dict[str, str]
) -> None:
    """Not even with the right token of our own forms."""
    mei, one = cookie(shared, "mei"), EXAMPLES[route]
    data = {**one.data, **({"form": form_token(shared.http.get("/me", headers=mei))} if one.data else {})}
    before = shared.installation.queries.newest()
    headers = {**mei, **site}
    if one.json is not None:
        answer = shared.http.request(route[0], one.path, headers=headers, json=one.json)
    else:
        answer = shared.http.request(route[0], one.path, headers=headers, data=data)
    if route[1] == "/mcp":
        assert answer.status_code in (401, 403), "it takes no cookie at all"
    else:
        assert (answer.status_code, answer.json()["detail"]) == (403, NOT_OURS)
    assert shared.installation.queries.newest() == before
    assert shared.http.get("/inbox", headers=mei).status_code == 200, "nor does it sign anybody out"


@pytest.mark.parametrize("route", [one for one in CHANGES if EXAMPLES[one].data], ids=" ".join)
def test_a_form_without_the_token_of_its_session_is_none_of_ours(shared: Lumen, route: tuple[str, str]) -> None:
    one, mei = EXAMPLES[route], cookie(shared, "mei")
    of_another = form_token(shared.http.get("/me", headers=cookie(shared, "ana")))
    for form in (FORM["form"], of_another):
        answer = shared.http.request(route[0], one.path, data={**one.data, "form": form}, headers=mei)
        assert answer.status_code == 403
    bare = {name: value for name, value in one.data.items() if name != "form"}
    assert shared.http.request(route[0], one.path, data=bare, headers=mei).status_code == 422


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/new", "/sign-in/glass"])
def test_another_site_signs_nobody_in(shared: Lumen, path: str) -> None:
    fields = {
        "link": "x",
        "password": PASSWORD,
        "again": PASSWORD,
        "name": member(shared, f"of {path[-5:]}".replace("/", "-")),
    }
    answer = shared.http.post(path, data=fields, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_planted_cookie_is_never_the_session_of_who_signs_in(shared: Lumen) -> None:
    name, other = member(shared, "vic"), member(shared, "eve")
    theirs = sign_in(shared, other).cookies["deskhand"]
    for planted in ("made-up", theirs):
        answer = sign_in(shared, name, cookie=f"deskhand={planted}")
        fresh = answer.cookies["deskhand"]
        assert fresh not in ("made-up", theirs)
        assert "Signed in as vic (" in shared.http.get("/inbox", headers={"cookie": f"deskhand={fresh}"}).text
    shared.http.cookies.clear()
    assert shared.http.get("/inbox", headers={"cookie": "deskhand=made-up"}).status_code == 401
    assert "Signed in as eve (" in shared.http.get("/inbox", headers={"cookie": f"deskhand={theirs}"}).text


def test_a_cookie_stolen_before_signing_out_opens_nothing_after(shared: Lumen) -> None:
    stolen = {"cookie": f"deskhand={sign_in(shared, member(shared, 'ned')).cookies['deskhand']}"}
    shared.http.cookies.clear()
    form = form_token(shared.http.get("/inbox", headers=stolen))
    assert shared.http.post("/sign-out", data={"form": form}, headers=stolen).status_code == 303
    for method, path in (("GET", "/inbox"), ("GET", "/api/tickets"), ("POST", "/api/pauses")):
        assert shared.http.request(method, path, headers=stolen).status_code == 401


def test_nobody_learns_who_is_here(shared: Lumen) -> None:
    """Known, unknown, kept out, invited without a password: the answer to a wrong password is the same, whole."""
    known, out = member(shared, "una"), member(shared, "off")
    shared.installation.access.accounts.disable(out, by="test", now=shared.clock())
    shared.installation.access.invite("new", Role.AGENT, (), by="test", now=shared.clock())
    told = set()
    for name in (known, out, "new", "nobody", "mei", "break-glass", "scim"):
        answer = sign_in(shared, name, "wrong wrong wrong")
        told.add((answer.status_code, answer.text, tuple(sorted(answer.headers.items()))))
    assert len(told) == 1
