"""What people see: whose words they are, and never as markup."""

import pytest
from tests.api.visitor import bearer, cookie, form_token
from tests.storage import everywhere
from tests.stories.lumen import Lumen

from deskhand.domain.stage import Stage

SCRIPT = "I was charged twice for my subscription this month. <script>alert('x')</script> <b onmouseover=alert(1)>"


def no_foreign_script(page: str) -> bool:
    """The page loads our own script by its address, and holds no other."""
    return page.count("<script") == page.count('<script type="module" src="/static/app.js?v=') == 1


def test_a_customers_markup_is_shown_as_text(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), SCRIPT, stage=Stage.READ_ONLY)
    assert shared.pending(told.ticket)
    page = shared.http.get(f"/inbox/{told.ticket}", headers=cookie(shared, "ana")).text
    assert no_foreign_script(page)
    assert "<b onmouseover" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page


def test_a_customers_name_and_address_are_shown_as_text(shared: Lumen) -> None:
    told = shared.say('"<script>alert(2)</script>"@example.org', "How big can a CSV file be?", stage=Stage.READ_ONLY)
    page = shared.http.get(f"/inbox/{told.ticket}?view=all", headers=cookie(shared, "ana")).text
    assert "alert(2)" in page
    assert no_foreign_script(page)


@pytest.mark.parametrize("path", ["/inbox?told=<script>alert(1)</script>", "/tickets/<script>alert(1)</script>"])
def test_words_in_an_address_are_shown_as_text(shared: Lumen, path: str) -> None:
    answer = shared.http.get(path, headers=cookie(shared, "ana"))
    assert no_foreign_script(answer.text) or answer.headers["content-type"] == "application/json"


def test_a_ticket_page_tells_its_story_without_the_customers_words(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be? My secret is XYZZY.")
    page = shared.http.get(f"/tickets/{told.ticket}", headers=cookie(shared, "ana"))
    lines = shared.http.get(f"/api/tickets/{told.ticket}", headers=bearer(shared, "ana"))
    for answer in (page, lines):
        assert answer.status_code == 200
        assert "message.ended" in answer.text
        assert "XYZZY" not in answer.text


def test_a_ticket_that_does_not_exist_is_not_found(shared: Lumen) -> None:
    nothing = 422 if everywhere.server() else 404  # PostgreSQL cannot even be asked: tests/api/test_zero_bytes.py
    for path, status in (
        ("/tickets/zendesk:ticket:777777", 404),
        ("/api/tickets/zendesk:ticket:777777", 404),
        ("/tickets/%00", nothing),
    ):
        assert shared.http.get(path, headers=cookie(shared, "ana")).status_code == status


def test_the_queue_lists_tickets_the_last_changed_first(shared: Lumen) -> None:
    numbers = [shared.say(shared.customer("single_charge"), "Thank you!").ticket for _ in range(2)]
    found = shared.http.get("/api/tickets?limit=2", headers=bearer(shared, "ana")).json()["tickets"]
    assert [one["ticket"] for one in found] == numbers[::-1]


@pytest.mark.parametrize("limit", ["-1", "0", "501", "many", "1e3", ""])
def test_a_limit_that_makes_no_sense_is_refused(shared: Lumen, limit: str) -> None:
    assert shared.http.get("/api/tickets", params={"limit": limit}, headers=bearer(shared, "ana")).status_code == 422


def test_take_over_and_give_back_by_http(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    told = shared.say(email, "How big can a CSV file be?")
    address = f"/api/tickets/{told.ticket}"
    taken = shared.http.post(f"{address}/take-over", headers=bearer(shared, "mei"))
    assert (taken.status_code, taken.json()["before"]) == (200, "assistant")
    assert shared.say(email, "And how many rows?", told.number).result.reply == ""
    given = shared.http.post(f"{address}/give-back", headers=bearer(shared, "ana"))
    assert (given.status_code, given.json()["before"]) == (200, "mei")
    assert shared.say(email, "How big can a CSV file be?", told.number).result.reply != ""


def test_take_over_and_give_back_by_form(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be?")
    who, address = cookie(shared, "ana"), f"/tickets/{told.ticket}"
    form = form_token(shared.http.get(address, headers=who))
    assert shared.http.post(f"{address}/owner", headers=who, data={"deed": "take-over", "form": "0"}).status_code == 403
    assert shared.owner(told.ticket) == "assistant"
    for deed, owner in (("take-over", "ana"), ("give-back", "assistant")):
        assert shared.http.post(f"{address}/owner", headers=who, data={"deed": deed, "form": form}).status_code == 303
        assert shared.owner(told.ticket) == owner
    assert shared.http.post(f"{address}/owner", headers=who, data={"deed": "sell", "form": form}).status_code == 422


def test_a_ticket_that_does_not_exist_cannot_be_taken(shared: Lumen) -> None:
    shared.say(shared.customer("single_charge"), "Thank you!", stage=Stage.READ_ONLY)
    ticket, who = "zendesk:ticket:777777", cookie(shared, "ana")
    assert shared.http.post(f"/api/tickets/{ticket}/take-over", headers=who).status_code == 404
    form = form_token(shared.http.get("/inbox", headers=who))
    data = {"deed": "take-over", "form": form}
    assert shared.http.post(f"/tickets/{ticket}/owner", headers=who, data=data).status_code == 404
    assert shared.owner(ticket) == "assistant"
    assert shared.kinds(ticket) == []


@pytest.mark.parametrize(
    ("language", "told"), [("en", "There is no ticket"), ("de", "Ein Ticket nowhere gibt es nicht.")]
)
def test_a_page_that_is_not_there_says_so_in_the_readers_language(shared: Lumen, language: str, told: str) -> None:
    reads = {"cookie": f"{cookie(shared, 'ana')['cookie']}; language={language}"}
    page = shared.http.get("/inbox/nowhere", headers={**reads, "accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert told in page.text
    assert 'href="/inbox"' in page.text
    program = shared.http.get("/inbox/nowhere", headers=reads)
    assert program.json() == {"detail": "There is no ticket nowhere."}
