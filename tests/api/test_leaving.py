"""The directory lets somebody go, and an emergency lets somebody in: at once, once, and seen by everybody concerned."""

from datetime import timedelta

import httpx2
import pytest
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import Lumen

from deskhand.bootstrap.rounds.glass import raise_alarms
from deskhand.domain.errors import NotGranted
from deskhand.domain.journal_line import Verified
from deskhand.domain.rights import Role
from deskhand.entrypoints.access_review import review

PASSWORD = "correct horse battery"
LEGAL = "My lawyer will sue you over this charge."
OUT = {"Operations": [{"op": "replace", "path": "active", "value": False}]}


def directory(shared: Lumen) -> dict[str, str]:
    made = shared.installation.access.make_directory_token("okta", timedelta(days=30), by="test", now=shared.clock())
    return {"authorization": f"Bearer {made}"}


def member(shared: Lumen, name: str, role: Role = Role.AGENT) -> str:
    access, now = shared.installation.access, shared.clock()
    assert access.set_password(access.invite(name, role, (), by="test", now=now), PASSWORD, now) == name
    return name


def asked(shared: Lumen, method: str, name: str, headers: dict[str, str], body: object = None) -> httpx2.Response:
    return shared.http.request(method, f"/scim/v2/Users/{name}", json=body, headers=headers)


@pytest.mark.parametrize(("method", "body"), [("DELETE", None), ("PATCH", OUT)])
def test_whoever_is_let_go_is_out_and_their_tickets_wait_in_their_queue(
    shared: Lumen, method: str, body: object
) -> None:
    who, access = directory(shared), shared.installation.access
    name = member(shared, f"leaving by {method}")
    token = access.make_token("ci", name, Role.VIEWER, timedelta(days=1), by="test", now=shared.clock())
    held = [cookie(shared, name), {"authorization": f"Bearer {token}"}]
    ticket = shared.say(shared.customer("single_charge"), LEGAL).ticket
    queue = shared.owner(ticket)
    taken = shared.http.post(f"/api/tickets/{ticket}/take-over", headers=held[0])
    assert (taken.status_code, shared.owner(ticket)) == (200, name)
    assert asked(shared, "GET", name, who).json()["active"] is True
    answer = asked(shared, method, name, who, body)
    assert answer.status_code == (204 if method == "DELETE" else 200)
    assert asked(shared, "GET", name, who).json()["active"] is False
    assert [shared.http.get("/api/tickets", headers=one).status_code for one in held] == [401, 401]
    assert shared.owner(ticket) == queue
    assert queue.startswith("queue:")
    assert [one.revoked_at is None for one in access.tokens.all() if one.person == name] == [False]
    before = shared.installation.queries.newest()
    assert asked(shared, method, name, who, body).status_code == answer.status_code
    assert shared.installation.queries.newest() == before, "said again, nothing more happens"


def test_the_directory_finds_people_and_lets_nobody_in(shared: Lumen) -> None:
    who, name = directory(shared), member(shared, "kept")
    found = shared.http.get("/scim/v2/Users", params={"filter": 'userName eq "kept"'}, headers=who).json()
    assert [one["userName"] for one in found["Resources"]] == [name]
    assert found["totalResults"] == 1
    everybody = shared.http.get("/scim/v2/Users", params={"count": 2}, headers=who).json()
    assert len(everybody["Resources"]) == 2 < everybody["totalResults"]
    for body in (
        {"Operations": [{"op": "replace", "path": "active", "value": True}]},
        {"Operations": [{"op": "replace", "value": {"userName": "admin"}}]},
        {"Operations": [{"op": "replace", "value": {}}]},
    ):
        assert asked(shared, "PATCH", name, who, body).status_code == 409
    assert asked(shared, "PATCH", name, who, {"Operations": []}).status_code == 422
    assert asked(shared, "PATCH", "nobody-at-all", who, OUT).status_code == 404
    assert shared.http.get("/scim/v2/Users", params={"filter": "active eq true"}, headers=who).status_code == 422
    assert asked(shared, "GET", name, who).json()["active"] is True


def test_the_directorys_token_opens_nothing_else_and_no_other_opens_its_door(shared: Lumen) -> None:
    who = directory(shared)
    for path in ("/api/tickets", "/inbox", "/settings/people"):
        assert shared.http.get(path, headers=who).status_code == 401
    admin = {"authorization": f"Bearer {shared.installation.tokens['mei']}"}
    for other in (admin, cookie(shared, "mei"), {}):
        assert shared.http.get("/scim/v2/Users", headers=other).status_code == 401
    rows = review(shared.installation.access.members(shared.clock()))
    assert [one["state"] for one in rows if one["person"] == "scim"] == ["directory"]
    with pytest.raises(NotGranted):
        shared.installation.access.invite("scim", Role.ADMIN, (), by="test", now=shared.clock())


def enter(shared: Lumen, link: str) -> httpx2.Response:
    shared.http.cookies.clear()
    answer = shared.http.post("/sign-in/glass", data={"link": link})
    shared.http.cookies.clear()
    return answer


def test_broken_glass_lets_one_admin_in_once_for_an_hour_and_every_admin_is_told(shared: Lumen) -> None:
    glass, now = shared.installation.access.glass, shared.clock()
    with pytest.raises(NotGranted, match="Say why"):
        glass.make("  ", by="ops", now=now)
    link = glass.make("<b>the provider is down</b>", by="ops", now=now)
    for _ in range(2):
        assert shared.http.get("/sign-in/glass", params={"link": link}).status_code == 200, "a look uses nothing"
    answer = enter(shared, link)
    held = {"cookie": f"deskhand={answer.cookies['deskhand']}"}
    page = shared.http.get("/settings/people", headers=held)
    assert page.status_code == 200
    assert enter(shared, link).status_code == 404, "it works once"
    (line,) = list(shared.installation.queries.of_kinds(["access.glass_broken"]))
    assert line.body["by"] == "ops"
    assert isinstance(shared.installation.queries.verify(), Verified)
    for person, told in (("mei", True), ("tom", False)):
        text = shared.http.get("/inbox", headers=cookie(shared, person)).text
        assert ("&lt;b&gt;the provider is down&lt;/b&gt;" in text) is told, person
    (one,) = glass.unseen()
    own = {"form": form_token(page), "id": one.id}
    assert shared.http.post("/settings/people/glass", data=own, headers=held).status_code == 403
    mei = cookie(shared, "mei")
    seen = {"form": form_token(shared.http.get("/inbox", headers=mei)), "id": one.id}
    assert shared.http.post("/settings/people/glass", data=seen, headers=mei).status_code == 303
    assert "the provider is down" not in shared.http.get("/inbox", headers=mei).text
    assert shared.http.post("/settings/people/glass", data=seen, headers=mei).status_code == 404
    shared.clock.ahead += timedelta(hours=1, seconds=1)
    assert shared.http.get("/settings/people", headers=held).status_code == 401
    shared.clock.ahead -= timedelta(hours=1, seconds=1)


def test_a_link_that_nobody_used_is_good_for_a_quarter_of_an_hour(shared: Lumen) -> None:
    glass, now = shared.installation.access.glass, shared.clock()
    link = glass.make("drill", by="ops", now=now)
    assert not glass.use(link, now + timedelta(minutes=15))
    assert glass.use(link, now + timedelta(minutes=14))


def test_each_link_raises_one_alarm(shared: Lumen) -> None:
    glass = shared.installation.access.glass
    glass.make("another drill", by="ops", now=shared.clock())
    assert glass.untold()
    for _ in range(2):
        raise_alarms(shared.installation)
        assert not glass.untold()
