"""Every role at every route: allowed or refused exactly as the table of rights says, and nothing of other queues."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import httpx2
import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute
from tests.api.visitor import cookie
from tests.stories.lumen import Lumen, apart, opened

from deskhand.domain.rights import LADDER, LEAST, MEANS, Right, Role, holders, may, narrowed, role_of
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.rights import LIMITED, UNKNOWN, Door, Unstated, needs, open_to, stated
from deskhand.settings import Settings
from deskhand.settings.access import AccessTable

LEGAL = "My lawyer will sue you over this charge."
HOW = "How do I export a dashboard as PDF?"


@dataclass(frozen=True)
class Example:
    """How a route is asked: `path` with what it names filled in, `data` of a form or `json`. Each would change nothing
    even where it is allowed: what it names does not exist, or is left out."""

    path: str
    data: dict[str, str] = field(default_factory=dict)
    json: dict[str, str] | None = None


T, X = "zendesk:ticket:999999", "no-such-id"
FORM = {"form": "0" * 64}  # no form of ours: whoever may is told so, and nothing is done
EXAMPLES = {
    ("GET", "/"): Example("/"),
    ("GET", "/inbox"): Example("/inbox"),
    ("GET", "/inbox/{ticket}"): Example(f"/inbox/{T}"),
    ("GET", "/inbox/{ticket}/parts"): Example(f"/inbox/{T}/parts"),
    ("POST", "/inbox/{ticket}/here"): Example(f"/inbox/{T}/here", FORM),
    ("GET", "/inbox/{ticket}/conversation"): Example(f"/inbox/{T}/conversation"),
    ("GET", "/inbox/{ticket}/customer"): Example(f"/inbox/{T}/customer"),
    ("GET", "/tickets/{ticket}"): Example(f"/tickets/{T}"),
    ("POST", "/tickets/{ticket}/owner"): Example(f"/tickets/{T}/owner", FORM | {"deed": "take-over"}),
    ("POST", "/tickets/{ticket}/close"): Example(f"/tickets/{T}/close", FORM),
    ("POST", "/tickets/{ticket}/reply"): Example(f"/tickets/{T}/reply", FORM | {"nonce": "12345678"}),
    ("POST", "/tickets/{ticket}/guidance"): Example(f"/tickets/{T}/guidance", FORM),
    ("GET", "/tickets/{ticket}/attachments"): Example(f"/tickets/{T}/attachments"),
    ("GET", "/tickets/{ticket}/attachments/{id}"): Example(f"/tickets/{T}/attachments/1"),
    ("POST", "/suggestions/{id}"): Example(f"/suggestions/{X}", FORM | {"decision": "approved", "seen": "x"}),
    ("GET", "/alike"): Example(f"/alike?first={X}"),
    ("POST", "/alike"): Example("/alike", FORM | {"one": f"{X}:x"}),
    ("POST", "/effects/undo"): Example("/effects/undo", FORM | {"key": X}),
    ("POST", "/pauses"): Example("/pauses", FORM | {"deed": "pause"}),
    ("POST", "/preferences"): Example(
        "/preferences", FORM | {"theme": "dark", "keys": "on", "language": "en", "next": "/"}
    ),
    ("POST", "/sign-out"): Example("/sign-out", FORM),
    ("GET", "/handoffs/{ticket}"): Example(f"/handoffs/{T}"),
    ("GET", "/customers/{customer}"): Example("/customers/stripe:customer:none"),
    ("GET", "/dashboard"): Example("/dashboard"),
    ("GET", "/dashboard/numbers"): Example("/dashboard/numbers"),
    ("GET", "/dashboard/tickets"): Example("/dashboard/tickets"),
    ("GET", "/systems"): Example("/systems"),
    ("GET", "/audit"): Example("/audit"),
    ("POST", "/audit/verify"): Example("/audit/verify", FORM),
    ("POST", "/audit/export"): Example("/audit/export", FORM),
    ("GET", "/golive"): Example("/golive"),
    ("GET", "/golive/items"): Example("/golive/items"),
    ("GET", "/drift"): Example("/drift"),
    ("GET", "/drift/new"): Example("/drift/new"),
    ("POST", "/drift"): Example("/drift", FORM | {"alarm": X, "verdict": "fixed"}),
    ("GET", "/knowledge"): Example("/knowledge"),
    ("GET", "/knowledge/health"): Example("/knowledge/health"),
    ("GET", "/articles/{source:path}"): Example(f"/articles/{X}"),
    ("GET", "/quality"): Example("/quality"),
    ("POST", "/quality/grades"): Example("/quality/grades", FORM | {"ticket": T, "message": "1", "mark": "right"}),
    ("POST", "/quality/skips"): Example("/quality/skips", FORM | {"ticket": T, "message": "1"}),
    ("POST", "/quality/findings"): Example("/quality/findings", FORM | {"ticket": T, "finding": X}),
    ("GET", "/policies"): Example("/policies"),
    ("GET", "/policies/actions/{action}"): Example(f"/policies/actions/{X}"),
    ("GET", "/policies/versions"): Example("/policies/versions"),
    ("GET", "/policies/try"): Example("/policies/try"),
    ("GET", "/procedures/{id}"): Example(f"/procedures/{X}"),
    ("GET", "/rollout"): Example("/rollout"),
    ("POST", "/rollout/ask"): Example("/rollout/ask", FORM | {"procedure": X, "stage": "assisted"}),
    ("POST", "/rollout/approve"): Example("/rollout/approve", FORM | {"id": X}),
    ("POST", "/rollout/withdraw"): Example("/rollout/withdraw", FORM | {"id": X}),
    ("POST", "/rollout/step-back"): Example("/rollout/step-back", FORM | {"procedure": X}),
    ("GET", "/changes"): Example("/changes"),
    ("POST", "/changes/approve"): Example("/changes/approve", FORM | {"id": X, "seen": X}),
    ("GET", "/settings"): Example("/settings"),
    ("GET", "/settings/people"): Example("/settings/people"),
    ("POST", "/settings/people"): Example("/settings/people", FORM | {"name": X}),
    ("POST", "/settings/people/disable"): Example("/settings/people/disable", FORM | {"name": X}),
    ("POST", "/settings/people/sessions"): Example("/settings/people/sessions", FORM | {"id": X}),
    ("POST", "/settings/people/tokens"): Example("/settings/people/tokens", FORM | {"id": X}),
    ("POST", "/settings/people/glass"): Example("/settings/people/glass", FORM | {"id": X}),
    ("GET", "/me"): Example("/me"),
    ("POST", "/me/password"): Example("/me/password", FORM | {"old": "x", "new": "y", "again": "y"}),
    ("POST", "/me/second-factor"): Example("/me/second-factor", FORM | {"old": "x", "seal": "x", "code": "1"}),
    ("POST", "/me/second-factor/off"): Example("/me/second-factor/off", FORM | {"old": "x"}),
    ("POST", "/me/passkeys"): Example("/me/passkeys", FORM | {"credential": "{}", "name": "x"}),
    ("POST", "/me/passkeys/options"): Example("/me/passkeys/options", FORM | {"old": "x"}),
    ("POST", "/me/passkeys/remove"): Example("/me/passkeys/remove", FORM | {"old": "x", "id": X}),
    ("POST", "/me/sessions"): Example("/me/sessions", FORM | {"id": X}),
    ("GET", "/reports"): Example("/reports"),
    ("GET", "/reports/{week}"): Example("/reports/never"),
    ("GET", "/reports/{week}/file"): Example("/reports/never/file"),
    ("GET", "/reports/{week}/gaps"): Example("/reports/never/gaps"),
    ("POST", "/mcp"): Example("/mcp", json={}),
    ("GET", "/api/tickets"): Example("/api/tickets"),
    ("GET", "/api/tickets/{ticket}"): Example(f"/api/tickets/{T}"),
    ("POST", "/api/tickets/{ticket}/take-over"): Example(f"/api/tickets/{T}/take-over"),
    ("POST", "/api/tickets/{ticket}/give-back"): Example(f"/api/tickets/{T}/give-back"),
    ("POST", "/api/tickets/{ticket}/reply"): Example(
        f"/api/tickets/{T}/reply", json={"text": "x", "nonce": "12345678"}
    ),
    ("POST", "/api/tickets/{ticket}/merge"): Example(f"/api/tickets/{T}/merge", json={"into": T}),
    ("POST", "/api/tickets/{ticket}/guidance"): Example(f"/api/tickets/{T}/guidance", json={"text": "x"}),
    ("DELETE", "/api/tickets/{ticket}/guidance/{id}"): Example(f"/api/tickets/{T}/guidance/1"),
    ("GET", "/api/tickets/{ticket}/effects"): Example(f"/api/tickets/{T}/effects"),
    ("GET", "/api/tickets/{ticket}/attachments"): Example(f"/api/tickets/{T}/attachments"),
    ("GET", "/api/tickets/{ticket}/attachments/{id}"): Example(f"/api/tickets/{T}/attachments/1"),
    ("GET", "/api/suggestions"): Example("/api/suggestions"),
    ("POST", "/api/suggestions/{id}/decision"): Example(
        f"/api/suggestions/{X}/decision", json={"decision": "approved", "seen": "x"}
    ),
    ("POST", "/api/effects/{key:path}/undo"): Example(f"/api/effects/{X}/undo"),
    ("GET", "/api/systems"): Example("/api/systems"),
    ("GET", "/api/pauses"): Example("/api/pauses"),
    ("POST", "/api/pauses"): Example("/api/pauses", json={"action": X}),
    ("DELETE", "/api/pauses"): Example("/api/pauses", json={"action": X}),
}
ENDLESS = {("GET", "/events")}  # its refusals are looked at, and its stream in the tests of the feed


def limited(settings: Settings) -> Settings:
    """With a person for each role, and one who sees a queue that no ticket is in, and one who sees where some are."""
    people = {**settings.table.people, **{f"the {role}": [str(role)] for role in Role}, "elsewhere": ["admin"]}
    access = AccessTable(scopes={"elsewhere": ["no-queue"]})
    return replace(apart(settings), table=apart(settings).table.model_copy(update={"people": people, "access": access}))


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("rights") / "desk"), limited, finished=True) as made:
        yield made


@pytest.fixture(scope="module")
def asked(desk: Lumen) -> dict[tuple[str, str], Right]:
    """Every route that wants a right."""
    found = stated(create_app(desk.installation).routes)
    return {route: right for route, right in found.items() if isinstance(right, Right)}


@pytest.fixture(scope="module")
def sessions(desk: Lumen) -> dict[Role, dict[str, str]]:
    return {role: cookie(desk, f"the {role}") for role in Role}


def ask(desk: Lumen, route: tuple[str, str], headers: dict[str, str]) -> httpx2.Response:
    one = EXAMPLES[route]
    if one.json is not None:
        return desk.http.request(route[0], one.path, json=one.json, headers=headers)
    return desk.http.request(route[0], one.path, data=one.data, headers=headers)


def denied(answer: httpx2.Response) -> bool:
    """Refused for want of a right; a form that is none of ours is refused later, and in other words."""
    return answer.status_code == 403 and "that takes one of the roles" in answer.text


def test_every_route_has_an_example_here(asked: dict[tuple[str, str], Right]) -> None:
    assert set(asked) - ENDLESS == set(EXAMPLES)


@pytest.mark.parametrize("route", sorted(EXAMPLES), ids=" ".join)
def test_each_role_may_exactly_what_the_table_says(
    desk: Lumen, asked: dict[tuple[str, str], Right], sessions: dict[Role, dict[str, str]], route: tuple[str, str]
) -> None:
    before = desk.installation.queries.newest()
    answers = {role: ask(desk, route, who) for role, who in sessions.items()}
    let_in = {role for role, answer in answers.items() if not denied(answer)}
    assert let_in == set(holders(asked[route]))
    assert all(answer.status_code < 500 for answer in answers.values())
    assert desk.installation.queries.newest() == before, "asking like this changes nothing"


def test_a_stream_is_for_who_may_read(desk: Lumen, asked: dict[tuple[str, str], Right]) -> None:
    assert {asked[one] for one in ENDLESS} == {Right.READ}
    assert desk.http.get("/events").status_code == 401


def test_a_refusal_says_what_is_missing_and_who_has_it(desk: Lumen, sessions: dict[Role, dict[str, str]]) -> None:
    told = desk.http.get("/settings/people", headers=sessions[Role.LEAD]).json()["detail"]
    assert told == (
        "You may not invite and disable people, end their sessions, see and end API tokens: "
        "that takes one of the roles admin. Nothing was done."
    )


def test_whoever_may_not_press_it_does_not_see_it(desk: Lumen, sessions: dict[Role, dict[str, str]]) -> None:
    seen = {role: desk.http.get("/inbox", headers=who).text for role, who in sessions.items()}
    assert {role for role, text in seen.items() if 'href="/settings"' in text} == {Role.ADMIN}


# -- queues ---------------------------------------------------------------------------------------------------

HIDDEN = [(route, one) for route, one in EXAMPLES.items() if "{ticket}" in route[1]]


@pytest.mark.parametrize(("route", "one"), HIDDEN, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_a_ticket_of_another_queue_does_not_exist(desk: Lumen, route: tuple[str, str], one: Example) -> None:
    ticket = _handed(desk)
    path, who = one.path.replace(T, ticket), cookie(desk, "elsewhere")
    before = desk.installation.queries.newest()
    answer = desk.http.request(route[0], path, data=one.data, json=one.json, headers=who)
    assert answer.status_code == 404
    assert answer.json()["detail"] == f"There is no ticket {ticket}."
    assert desk.installation.queries.newest() == before


def test_lists_and_searches_hold_nothing_of_other_queues(desk: Lumen) -> None:
    ticket, waiting = _handed(desk), _suggested(desk)
    for path in ("/inbox?view=all", f"/inbox?view=all&q={ticket}", "/inbox?view=people", "/inbox?view=decide"):
        assert "zendesk:ticket:" not in _main(desk.http.get(path, headers=cookie(desk, "elsewhere")).text)
    assert ticket in desk.http.get("/inbox?view=all", headers=cookie(desk, "ana")).text
    assert desk.http.get("/api/tickets", headers=cookie(desk, "elsewhere")).json() == {"tickets": []}
    assert desk.http.get("/api/suggestions", headers=cookie(desk, "elsewhere")).json() == {"suggestions": []}
    seen = {"decision": "rejected", "seen": desk.suggestion(waiting).digest}
    path = f"/api/suggestions/{desk.suggestion(waiting).id}/decision"
    assert desk.http.post(path, json=seen, headers=cookie(desk, "elsewhere")).status_code == 404
    assert desk.pending(waiting), "it still waits"


@pytest.mark.parametrize("path", ["/audit", "/customers/x", "/dashboard/tickets", "/quality", "/reports", "/drift/new"])
def test_what_is_about_the_whole_desk_is_not_for_who_is_limited(desk: Lumen, path: str) -> None:
    answer = desk.http.get(path, headers=cookie(desk, "elsewhere"))
    assert (answer.status_code, answer.json()["detail"]) == (403, LIMITED)


def test_their_own_ticket_stays_theirs_and_their_queue_is_open_to_them(desk: Lumen) -> None:
    access, queue = desk.installation.access, desk.installation.queries.row(_handed(desk))
    assert queue is not None
    link = access.invite("sue", Role.AGENT, [queue.queue], by="test", now=desk.clock())
    assert access.set_password(link, "correct horse battery", desk.clock()) == "sue"
    assert desk.http.get(f"/inbox/{queue.ticket}", headers=cookie(desk, "sue")).status_code == 200
    assert desk.http.get(f"/inbox/{_suggested(desk)}", headers=cookie(desk, "sue")).status_code == 404


# -- the table ------------------------------------------------------------------------------------------------


def test_a_route_that_states_nothing_or_two_things_ends_the_start() -> None:
    silent, twice = APIRouter(), APIRouter()
    silent.add_api_route("/silent", lambda: {})
    twice.add_api_route("/twice", lambda: {}, dependencies=[needs(Right.READ), open_to(Door.ANYBODY)])
    for router, name in ((silent, "/silent"), (twice, "/twice")):
        app = FastAPI(docs_url=None, redoc_url=None)
        app.include_router(router)
        with pytest.raises(Unstated, match=name):
            stated(app.routes)
    with pytest.raises(Unstated):
        stated([BaseRoute()])


def test_every_right_has_a_least_role_and_words() -> None:
    assert set(LEAST) == set(MEANS) == set(Right)


def test_more_is_never_less() -> None:
    for lower, higher in pairwise(LADDER):
        for right in Right:
            few, many = Person("a", frozenset({lower})), Person("b", frozenset({higher}))
            assert may(many, right) or not may(few, right)


def test_roles_of_policy_give_no_access_and_take_none() -> None:
    assert role_of({"finance"}) is role_of(()) is Role.AGENT
    assert role_of({"finance", "viewer"}) is Role.VIEWER
    assert narrowed(Person("a", frozenset({"lead", "finance"})), Role.ADMIN).roles == {Role.LEAD}
    assert narrowed(Person("a", frozenset({"admin", "finance"})), Role.VIEWER).roles == {Role.VIEWER}


def test_the_page_on_people_says_what_the_table_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "people.md").read_text("utf-8")
    for right in Right:
        assert f"| {MEANS[right]} | {LEAST[right].replace('_', ' ')} |" in page


def _handed(desk: Lumen) -> str:
    """A ticket that people have, in a queue that is not the default one."""
    rows = [desk.installation.queries.row(one.ticket) for one in desk.installation.queries.tickets(500)]
    default = desk.installation.settings.table.default_queue
    known = next((row.ticket for row in rows if row and row.queue not in ("", default)), "")
    return known or desk.say(desk.customer("single_charge"), LEGAL).ticket


def _suggested(desk: Lumen) -> str:
    """A ticket that waits for a decision, and that nobody was given."""
    with desk.installation.store.begin() as tx:
        waiting = [one.ticket for one in tx.suggestions.pending()]
    return waiting[0] if waiting else desk.say(desk.customer("single_charge"), HOW, stage=Stage.ASSISTED).ticket


def _main(text: str) -> str:
    """The page without what was typed into it."""
    return text.partition("<main")[2].replace('value="zendesk:ticket:', "")


# -- every object ---------------------------------------------------------------------------------------------

OBJECTS = [route for route in EXAMPLES if route[1].startswith(("/suggestions/", "/api/suggestions/", "/api/effects/"))]
WAYS = [route for route in EXAMPLES if "{" in route[1]]


@pytest.mark.parametrize("route", OBJECTS, ids=" ".join)
def test_what_belongs_to_a_ticket_of_another_queue_is_as_unknown_as_what_is_not_there(
    desk: Lumen, route: tuple[str, str]
) -> None:
    with desk.installation.store.begin() as tx:
        effects = [one.key for one in tx.ledger.of_ticket(_handed(desk))]
    there = desk.suggestion(_suggested(desk)).id if "suggestions" in route[1] else effects[0]
    before, who, one = desk.installation.queries.newest(), cookie(desk, "elsewhere"), EXAMPLES[route]
    answer = desk.http.request(route[0], one.path.replace(X, there), data=one.data, json=one.json, headers=who)
    assert answer.status_code == 404
    assert answer.json()["detail"] in UNKNOWN.values()
    assert desk.installation.queries.newest() == before


@pytest.mark.parametrize("route", WAYS, ids=" ".join)
def test_a_made_up_id_leads_nobody_anywhere(
    desk: Lumen, sessions: dict[Role, dict[str, str]], route: tuple[str, str]
) -> None:
    before = desk.installation.queries.newest()
    for who in (sessions[Role.ADMIN], cookie(desk, "elsewhere")):
        assert ask(desk, route, who).status_code in (403, 404, 409, 422)
    assert desk.installation.queries.newest() == before
