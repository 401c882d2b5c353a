"""Agents answer from the workspace: by form and by API, only on their own tickets, and once."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.api.visitor import bearer, cookie, form_token
from tests.stories.lumen import Lumen, Told

QUESTION = "How big can a CSV file be?"
ANSWER = "I looked into it myself: 200 MB is fine for you."
MARKUP = "<script>alert(1)</script> <b onmouseover=alert(2)>bold</b> & more"
Send = Callable[..., httpx2.Response]


def taken(lumen: Lumen, person: str = "ana") -> Told:
    told = lumen.say(lumen.customer("single_charge"), QUESTION)
    answer = lumen.http.post(f"/api/tickets/{told.ticket}/take-over", headers=bearer(lumen, person))
    assert answer.status_code == 200
    return told


def by_api(lumen: Lumen, ticket: str, person: str, text: str, nonce: str = "nonce-01", **more: Any) -> httpx2.Response:
    body = {"text": text, "nonce": nonce} | more
    return lumen.http.post(f"/api/tickets/{ticket}/reply", headers=bearer(lumen, person), json=body)


def by_form(lumen: Lumen, ticket: str, person: str, text: str, nonce: str = "nonce-01", **more: Any) -> httpx2.Response:
    form = form_token(lumen.http.get("/inbox", headers=cookie(lumen, person)))
    data = {"form": form, "text": text, "nonce": nonce} | more
    return lumen.http.post(f"/tickets/{ticket}/reply", headers=cookie(lumen, person), data=data)


BOTH = pytest.mark.parametrize("send", [by_api, by_form])


@BOTH
def test_whoever_has_the_ticket_answers_the_customer(shared: Lumen, send: Send) -> None:
    told = taken(shared)
    before = shared.replies(told.number)
    assert send(shared, told.ticket, "ana", ANSWER).status_code in (200, 303)
    assert shared.replies(told.number) == [*before, ANSWER]
    (line,) = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "agent.replied"]
    assert line.body["by"] == "ana"
    assert "200 MB" not in str(line.body)


@BOTH
def test_a_nonce_that_is_used_again_is_one_reply(shared: Lumen, send: Send) -> None:
    told = taken(shared)
    for _ in range(3):
        assert send(shared, told.ticket, "ana", ANSWER).status_code in (200, 303)
    assert shared.replies(told.number).count(ANSWER) == 1
    other = send(shared, told.ticket, "ana", "Something else.")
    assert other.status_code == 409
    assert "Nothing was sent" in other.text
    assert "Something else." not in shared.replies(told.number)
    assert shared.kinds(told.ticket).count("agent.replied") == 1


@BOTH
@pytest.mark.parametrize("owner", ["assistant", "tom"])
def test_nobody_else_answers_and_they_hear_who_has_it(shared: Lumen, send: Send, owner: str) -> None:
    told = taken(shared, "tom")
    if owner == "assistant":
        shared.http.post(f"/api/tickets/{told.ticket}/give-back", headers=bearer(shared, "tom"))
    before = shared.replies(told.number)
    answer = send(shared, told.ticket, "ana", ANSWER)
    assert answer.status_code == 409
    assert "take it over first. Nothing was sent." in answer.text
    assert owner in answer.text
    assert shared.replies(told.number) == before
    assert "agent.replied" not in shared.kinds(told.ticket)


def test_what_could_not_be_sent_is_still_in_the_form(shared: Lumen) -> None:
    told = taken(shared, "tom")
    page = by_form(shared, told.ticket, "ana", "My own <words> & more").text
    assert ">My own &lt;words&gt; &amp; more</textarea>" in page


def test_a_note_is_not_for_the_customer(shared: Lumen) -> None:
    told = taken(shared)
    before = shared.replies(told.number)
    assert by_form(shared, told.ticket, "ana", "She called twice.", note="true").status_code == 303
    assert by_api(shared, told.ticket, "ana", "And wrote.", "nonce-02", public=False).status_code == 200
    assert shared.notes(told.number)[-2:] == ["She called twice.", "And wrote."]
    assert shared.replies(told.number) == before


def test_a_pause_of_the_assistant_does_not_stop_a_person(shared: Lumen) -> None:
    told, who = taken(shared), bearer(shared, "tom")
    assert shared.http.post("/api/pauses", headers=who, json={"why": "to be sure"}).status_code == 200
    try:
        assert by_api(shared, told.ticket, "ana", ANSWER).status_code == 200
    finally:
        shared.http.request("DELETE", "/api/pauses", headers=who, json={})
    assert ANSWER in shared.replies(told.number)


def test_markup_goes_out_as_it_was_written_and_is_shown_as_text(shared: Lumen) -> None:
    told = taken(shared)
    assert by_form(shared, told.ticket, "ana", MARKUP).status_code == 303
    assert shared.replies(told.number)[-1] == MARKUP
    shown = shared.http.get(f"/inbox/{told.ticket}/conversation", headers=cookie(shared, "ana")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "<b onmouseover" not in shown


def test_what_is_never_kept_is_masked_and_the_agent_is_told(shared: Lumen) -> None:
    told = taken(shared)
    answer = by_api(shared, told.ticket, "ana", "Your card is 4111 1111 1111 1111.")
    assert answer.status_code == 200
    assert "masked" in answer.json()["detail"]
    assert shared.replies(told.number)[-1] == "Your card is [card]."


@BOTH
@pytest.mark.parametrize("text", ["", " \n\t ", "x" * 20_001, "x" * 900_000, "Refund {{ receipts.0.id }} is done."])
def test_a_text_that_cannot_be_sent_is_refused_with_the_reason(shared: Lumen, send: Send, text: str) -> None:
    told = taken(shared)
    before = shared.replies(told.number)
    answer = send(shared, told.ticket, "ana", text)
    assert answer.status_code == 409
    assert "Nothing was sent" in answer.text
    assert shared.replies(told.number) == before


@BOTH
@pytest.mark.parametrize("nonce", ["", "short", "with/slash/in/it", "x" * 65, "sp ace sp ace"])
def test_a_nonce_of_another_form_is_refused(shared: Lumen, send: Send, nonce: str) -> None:
    told = taken(shared)
    assert send(shared, told.ticket, "ana", ANSWER, nonce).status_code == 422
    assert ANSWER not in shared.replies(told.number)


@BOTH
def test_an_unknown_ticket_is_not_found(shared: Lumen, send: Send) -> None:
    shared.say(shared.customer("single_charge"), QUESTION)
    assert send(shared, "zendesk:ticket:777777", "ana", ANSWER).status_code == 404
    assert shared.kinds("zendesk:ticket:777777") == []


@pytest.mark.parametrize("how", ["no form", "another form", "another site"])
def test_a_form_of_another_site_sends_nothing(shared: Lumen, how: str) -> None:
    told = taken(shared)
    form = form_token(shared.http.get("/inbox", headers=cookie(shared, "tom" if how == "another form" else "ana")))
    data = {"text": ANSWER, "nonce": "nonce-01"} | ({} if how == "no form" else {"form": form})
    headers = cookie(shared, "ana") | ({"sec-fetch-site": "cross-site"} if how == "another site" else {})
    assert shared.http.post(f"/tickets/{told.ticket}/reply", headers=headers, data=data).status_code in (403, 422)
    assert ANSWER not in shared.replies(told.number)


def test_an_agents_answer_is_read_back_as_the_agents(shared: Lumen) -> None:
    told = taken(shared)
    assert by_api(shared, told.ticket, "ana", ANSWER).status_code == 200
    shown = shared.http.get(f"/inbox/{told.ticket}/conversation", headers=cookie(shared, "tom")).text
    assert shown.count('class="msg agent"') == 1
    assert shown.index('class="msg assistant"') < shown.index('class="msg agent"')


def test_each_form_of_an_agent_is_one_reply_and_the_next_one_another(shared: Lumen) -> None:
    told = taken(shared)
    seen = set()
    for text in ("First.", "Second."):
        page = shared.http.get(f"/inbox/{told.ticket}", headers=cookie(shared, "ana")).text
        nonce = page.partition('name="nonce" value="')[2].partition('"')[0]
        assert by_form(shared, told.ticket, "ana", text, nonce).status_code == 303
        seen.add(nonce)
    assert len(seen) == 2
    assert shared.replies(told.number)[-2:] == ["First.", "Second."]
