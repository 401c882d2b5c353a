"""The kill switch and what was done, by HTTP and on the pages."""

from tests.api.visitor import bearer, cookie, form_token
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome


def test_pause_and_resume_by_http(shared: Lumen) -> None:
    who = bearer(shared, "ana")
    assert shared.http.post("/api/pauses", json={"why": "a drill"}).status_code == 401
    assert shared.http.post("/api/pauses", json={"why": ""}, headers=who).status_code == 422
    missing = shared.http.post("/api/pauses", json={"why": "x", "action": "refund_charg"}, headers=who)
    assert missing.status_code == 404
    made = shared.http.post("/api/pauses", json={"why": "a drill", "action": "refund_charge"}, headers=who).json()
    assert (made["pause"]["scope"], made["pause"]["by"]) == ("action:refund_charge", "ana")
    assert shared.http.get("/api/pauses", headers=who).json() == {"pauses": [made["pause"]]}
    assert shared.say(shared.customer("double_charge_small"), TWICE).result.outcome is RunOutcome.AWAITING_APPROVAL
    for resumed in (True, False):
        answer = shared.http.request("DELETE", "/api/pauses", json={"action": "refund_charge"}, headers=who)
        assert answer.json()["resumed"] is resumed


def test_one_click_in_the_workspace_pauses_the_desk_and_another_lets_it_go_on(shared: Lumen) -> None:
    who = cookie(shared, "mei")
    form = form_token(shared.http.get("/inbox", headers=who))
    assert shared.http.post("/pauses", headers=who, data={"deed": "pause", "form": "0"}).status_code == 403
    clicked = {"deed": "pause", "form": form, "why": "<b>a drill</b>"}
    assert shared.http.post("/pauses", headers=who, data=clicked).status_code == 303
    page = shared.http.get("/inbox", headers=who).text
    assert "desk is paused" in page
    assert "&lt;b&gt;a drill" in page
    shared.http.post("/pauses", headers=who, data={"deed": "resume", "form": form, "scope": "desk"})
    assert "desk is paused" not in shared.http.get("/inbox", headers=who).text


def test_a_ticket_tells_what_was_done_and_why_it_cannot_be_taken_back(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), TWICE)
    who = bearer(shared, "ana")
    (effect,) = shared.http.get(f"/api/tickets/{told.ticket}/effects", headers=who).json()["effects"]
    assert (effect["action"], effect["state"]) == ("refund_charge", "done")
    assert effect["undo"]["possible"] is False
    refused = shared.http.post(f"/api/effects/{effect['key']}/undo", headers=who)
    assert (refused.status_code, refused.json()["detail"]) == (409, effect["undo"]["why"])
    assert shared.http.post("/api/effects/none/undo", headers=who).status_code == 409
    assert shared.http.post(f"/api/effects/{effect['key']}/undo").status_code == 401
    page = shared.http.get(f"/tickets/{told.ticket}", headers=cookie(shared, "ana")).text
    assert effect["receipt"]["id"] in page
    assert "cannot be called back" in page
