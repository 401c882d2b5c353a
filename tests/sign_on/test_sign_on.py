"""Single sign-on with a real identity provider: who gets in as what, and what is tried against it."""

from datetime import timedelta

import httpx2
import pytest
from tests.sign_on.browser import Browser, Provider
from tests.stories.lumen import Lumen

from deskhand.domain.rights import Role
from deskhand.domain.suggestion import Person

pytestmark = pytest.mark.emulator


@pytest.fixture
def browser(desk: Lumen, provider: Provider) -> Browser:
    return Browser(desk, provider)


def cookie(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 303, answer.text
    return {"cookie": f"deskhand={answer.cookies['deskhand']}"}


def refused(answer: httpx2.Response, why: str) -> bool:
    return answer.status_code == 403 and "deskhand" not in answer.cookies and why in answer.text


def kinds(desk: Lumen, kind: str) -> list[dict[str, object]]:
    return [dict(one.body) for one in desk.installation.queries.of_kinds([kind])]


def test_whoever_is_in_a_group_with_a_role_has_an_account_from_then_on(desk: Lumen, browser: Browser) -> None:
    access = desk.installation.access
    for _ in range(2):
        answer = browser.sign_in("sub-kim", "/inbox?view=all")
        assert answer.headers["location"] == "/inbox?view=all"
        assert desk.http.get("/inbox", headers=cookie(answer)).status_code == 200
    assert access.person("kim@lumen.example") == Person("kim@lumen.example", frozenset({str(Role.LEAD)}))
    (line,) = kinds(desk, "access.joined")
    assert (line["person"], line["role"]) == ("kim@lumen.example", "lead")
    account = access.accounts.get("kim@lumen.example")
    assert account is not None
    assert not account.ready, "no password opens it"


def test_somebody_of_people_gets_in_by_their_subject_alone(desk: Lumen, browser: Browser) -> None:
    page = desk.http.get("/inbox", headers=cookie(browser.sign_in("sub-ana")))
    assert "Signed in as ana (" in page.text


@pytest.mark.parametrize(("who", "why"), [("sub-out", "You are in no group"), ("sub-mail", "has not verified")])
def test_without_a_role_or_a_verified_address_there_is_no_account(
    desk: Lumen, browser: Browser, who: str, why: str
) -> None:
    before = desk.installation.access.accounts.all()
    assert refused(browser.sign_in(who), why)
    assert desk.installation.access.accounts.all() == before


def test_an_address_takes_over_no_account_that_is_there(desk: Lumen, browser: Browser) -> None:
    access = desk.installation.access
    link = access.invite("taken@lumen.example", Role.ADMIN, (), by="test", now=desk.clock())
    assert access.set_password(link, "correct horse battery", desk.clock())
    assert refused(browser.sign_in("sub-taken"), "has an account here already")


def test_who_was_disabled_stays_out(desk: Lumen, browser: Browser) -> None:
    held = cookie(browser.sign_in("sub-gone"))
    assert desk.installation.access.accounts.disable("gone@lumen.example", by="test", now=desk.clock())
    assert desk.http.get("/inbox", headers=held).status_code == 401
    assert refused(browser.sign_in("sub-gone"), "kept out")


def test_an_answer_counts_once_and_in_the_browser_that_set_out(desk: Lumen, browser: Browser) -> None:
    back = browser.provider.let_in("sub-kim", browser.set_out())
    mine, browser.trip = browser.trip, "of another browser"
    assert refused(browser.come_back(back), "not begun in this browser")
    browser.trip = mine
    assert browser.come_back(back).status_code == 303
    assert refused(browser.come_back(back), "not begun in this browser"), "a replay"


def test_an_answer_that_comes_too_late_is_none(desk: Lumen, browser: Browser) -> None:
    back = browser.provider.let_in("sub-kim", browser.set_out())
    desk.clock.ahead += timedelta(minutes=10)
    answer = browser.come_back(back)
    desk.clock.ahead -= timedelta(minutes=10)
    assert refused(answer, "took too long")


def test_an_answer_of_another_provider_is_none(desk: Lumen, browser: Browser) -> None:
    for change in ({"iss": "https://evil.example"}, {"iss": None}):
        back = httpx2.URL(browser.provider.let_in("sub-kim", browser.set_out()))
        given = {name: value for name, value in {**dict(back.params), **change}.items() if value is not None}
        assert refused(browser.come_back(str(back.copy_with(params=given))), "does not hold")


def test_a_code_of_another_sign_in_opens_nothing(desk: Lumen, browser: Browser) -> None:
    """Stolen from another browser and put into this one: the verifier of PKCE is not the same."""
    stolen = httpx2.URL(browser.provider.let_in("sub-kim", browser.set_out())).params["code"]
    back = httpx2.URL(browser.provider.let_in("sub-ana", browser.set_out()))
    answer = browser.come_back(str(back.copy_with(params={**dict(back.params), "code": stolen})))
    assert refused(answer, "does not hold")


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site(browser: Browser, next: str) -> None:
    assert browser.sign_in("sub-kim", next).headers["location"] == "/"


def test_the_page_leads_there_and_out_of_there(desk: Lumen, browser: Browser) -> None:
    desk.http.cookies.clear()
    assert 'href="/sign-in/oidc?next=/"' in desk.http.get("/sign-in").text
    assert f"{browser.provider.address}/session/end?client_id=desk" in desk.http.get("/sign-in?out=true").text
