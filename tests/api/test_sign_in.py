"""Signing in and out: the form, who guesses has to wait, and where people are led."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import Lumen

from deskhand.infrastructure.storage.sign_ins import FROM_ALL, FROM_ONE, WINDOW, SignIns

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WRONG = "0" * 64


@pytest.fixture(autouse=True)
def rested(shared: Lumen) -> Iterator[None]:
    """Wrong tries of other tests count no more, and no cookie is left."""
    shared.clock.ahead += WINDOW + timedelta(seconds=1)
    yield
    shared.http.cookies.clear()


def post(shared: Lumen, token: str, next: str = "/", **headers: str) -> httpx2.Response:
    return shared.http.post("/sign-in", data={"token": token, "next": next}, headers=headers)


def test_a_page_asks_for_the_token(shared: Lumen) -> None:
    page = shared.http.get("/sign-in")
    assert page.status_code == 200
    assert "deskhand serve" in page.text
    assert "<script" not in page.text
    assert "ana" not in page.text


def test_a_pasted_token_signs_in_and_leads_to_the_page_that_was_asked_for(shared: Lumen) -> None:
    token = shared.installation.tokens["ana"]
    answer = post(shared, f"  {token}\n", "/audit?kind=desk.paused")
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit?kind=desk.paused")
    kept = answer.headers["set-cookie"].lower()
    assert token not in kept, "a session of its own"
    assert all(word in kept for word in ("httponly", "samesite=lax", "max-age=604800", "path=/"))
    assert "secure" not in kept


def test_behind_https_the_cookie_goes_over_nothing_else(shared: Lumen) -> None:
    token = shared.installation.tokens["ana"]
    host = str(shared.http.base_url).removeprefix("http://")
    answer = shared.http.post(f"https://{host}/sign-in".rstrip("/"), data={"token": token})
    assert "secure" in answer.headers["set-cookie"].lower().split("; ")


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""]
)
def test_nobody_is_led_to_another_site(shared: Lumen, next: str) -> None:
    for answer in (
        post(shared, shared.installation.tokens["ana"], next),
        shared.http.get("/sign-in", params={"token": shared.installation.tokens["ana"], "next": next}),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_hostile_words_in_the_address_are_shown_as_text(shared: Lumen) -> None:
    page = shared.http.get("/sign-in", params={"next": '/"><script>alert(1)</script>'}).text
    assert "<script" not in page
    assert "&#34;&gt;&lt;script&gt;" in page


def test_a_wrong_token_tells_nothing_more(shared: Lumen) -> None:
    told = {post(shared, token).text for token in (WRONG, "ana", "tom", shared.installation.tokens["ana"][:-1], "é")}
    assert len(told) == 1
    answer = post(shared, WRONG)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "This opens nothing." in answer.text


def test_who_guesses_has_to_wait_even_with_the_right_token(shared: Lumen) -> None:
    for _ in range(FROM_ONE):
        assert post(shared, WRONG).status_code == 401
    right = shared.installation.tokens["ana"]
    for answer in (post(shared, right), shared.http.get("/sign-in", params={"token": right})):
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= WINDOW.total_seconds()
        assert "Too many wrong tries. Try again in 10 minutes, at" in answer.text
        assert "set-cookie" not in answer.headers
    assert shared.http.get("/audit", headers=cookie(shared, "tom")).status_code == 200, "who is in stays in"
    shared.clock.ahead += WINDOW
    assert post(shared, right).status_code == 303


def test_tries_are_counted_by_address_and_overall(shared: Lumen) -> None:
    tries, now = SignIns(shared.installation.queries.database), shared.clock()
    for number in range(FROM_ONE):
        assert tries.tried("one", now + timedelta(seconds=number), right=False) is None
    assert tries.tried("one", now + timedelta(seconds=20), right=True) == now + WINDOW
    assert tries.tried("two", now + timedelta(seconds=20), right=True) is None, "another address may go on"
    for number in range(FROM_ALL - FROM_ONE):
        assert tries.tried(f"of many {number}", now + timedelta(seconds=30), right=False) is None
    assert tries.tried("two", now + timedelta(seconds=31), right=False) == now + WINDOW
    assert tries.tried("two", now + timedelta(seconds=31), right=True) is None, "others keep nobody out"
    assert tries.tried("two", now + WINDOW, right=False) is None, "the first one counts no more"


def test_another_sites_form_signs_nobody_in(shared: Lumen) -> None:
    answer = post(shared, shared.installation.tokens["ana"], **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/inbox?view=all&q=a%20b", "/audit", "/knowledge", "/tickets/zendesk:ticket:1"])
def test_a_browser_without_a_session_is_led_to_sign_in_and_back(shared: Lumen, path: str) -> None:
    answer = shared.http.get(path, headers=HTML)
    assert answer.status_code == 303
    place = httpx2.URL(answer.headers["location"])
    assert place.path == "/sign-in"
    back = post(shared, shared.installation.tokens["ana"], place.params["next"])
    assert httpx2.URL(back.headers["location"]) == httpx2.URL(path.replace("%20", "+"))


def test_a_token_in_the_address_of_a_page_goes_no_further(shared: Lumen) -> None:
    answer = shared.http.get(f"/inbox?view=all&token={WRONG}", headers=HTML)
    assert WRONG not in answer.headers["location"]


def test_scripts_and_parts_get_a_plain_refusal(shared: Lumen) -> None:
    for path, headers in (
        ("/inbox", {"accept": "application/json"}),
        ("/inbox", {}),
        ("/api/tickets", HTML),
        ("/knowledge/health", {**HTML, "x-fragment": "1"}),
    ):
        answer = shared.http.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/json"


def test_a_form_after_the_session_ended_says_that_nothing_was_done(shared: Lumen) -> None:
    answer = shared.http.post("/pauses", data={"deed": "pause", "form": WRONG}, headers=HTML)
    assert answer.status_code == 401
    assert "nothing was done" in answer.text
    assert list(shared.installation.queries.pauses()) == []


def test_signing_out_clears_the_cookie(shared: Lumen) -> None:
    page = shared.http.get("/inbox", headers=cookie(shared, "ana"))
    assert shared.http.post("/sign-out", data={"form": WRONG}, headers=cookie(shared, "ana")).status_code == 403
    answer = shared.http.post("/sign-out", data={"form": form_token(page)}, headers=cookie(shared, "ana"))
    assert answer.status_code == 303
    assert 'deskhand=""' in answer.headers["set-cookie"]
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert "You are signed out" in shared.http.get(answer.headers["location"]).text
