"""Decisions over HTTP: by form and by API, only on what was seen, only by who may, and once."""

from typing import Any

import httpx2
import pytest
from tests.api.visitor import bearer, cookie, form_token
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion


def waiting(lumen: Lumen) -> tuple[str, Suggestion]:
    """A customer who was charged twice, and the suggestion that waits for any agent."""
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE, stage=Stage.ASSISTED)
    return email, lumen.suggestion(told.ticket)


def post(lumen: Lumen, suggestion: Suggestion, person: str, **asked: Any) -> httpx2.Response:
    body = {"decision": "approved", "seen": suggestion.digest} | asked
    address = f"/api/suggestions/{suggestion.id}/decision"
    return lumen.http.post(address, headers=bearer(lumen, person), json=body)


def submit(lumen: Lumen, suggestion: Suggestion, person: str, **fields: str) -> httpx2.Response:
    form = form_token(lumen.http.get("/inbox", headers=cookie(lumen, person)))
    data = {"form": form, "seen": suggestion.digest, "decision": "approved"} | fields
    return lumen.http.post(f"/suggestions/{suggestion.id}", headers=cookie(lumen, person), data=data)


def test_what_waits_is_listed_and_an_approval_does_it(shared: Lumen) -> None:
    email, suggestion = waiting(shared)
    listed = shared.http.get("/api/suggestions", headers=bearer(shared, "ana")).json()["suggestions"]
    assert (suggestion.id, suggestion.digest) in {(one["id"], one["digest"]) for one in listed}
    answer = post(shared, suggestion, "ana")
    assert (answer.status_code, answer.json()["stands"]) == (200, True)
    assert shared.settled(suggestion).outcome is RunOutcome.RESOLVED
    assert len(shared.refunds(email)) == 1


def test_a_second_decision_is_a_conflict(shared: Lumen) -> None:
    email, suggestion = waiting(shared)
    assert post(shared, suggestion, "ana").status_code == 200
    assert post(shared, suggestion, "tom", decision="rejected").status_code == 409
    assert shared.settled(suggestion).outcome is RunOutcome.RESOLVED
    assert len(shared.refunds(email)) == 1


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_a_decision_on_what_is_not_there_any_more_is_a_conflict(shared: Lumen, seen: str) -> None:
    _, suggestion = waiting(shared)
    assert post(shared, suggestion, "ana", seen=seen).status_code == 409
    assert shared.pending(suggestion.ticket) == [suggestion]


def test_a_suggestion_that_does_not_exist_is_a_conflict(shared: Lumen) -> None:
    _, suggestion = waiting(shared)
    address = "/api/suggestions/nothing/decision"
    body = {"decision": "approved", "seen": suggestion.digest}
    assert shared.http.post(address, headers=bearer(shared, "ana"), json=body).status_code == 409


def test_somebody_without_the_role_gets_a_conflict_and_the_reason(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_large"), TWICE)
    suggestion = shared.suggestion(told.ticket)
    answer = post(shared, suggestion, "ana")
    assert answer.status_code == 409
    assert "team_lead" in answer.json()["detail"]
    assert shared.pending(told.ticket) == [suggestion]


@pytest.mark.parametrize("decision", ["pending", "expired", "APPROVED", "", None, 7, ["approved"]])
def test_agents_can_approve_edit_and_reject_and_nothing_else(shared: Lumen, decision: object) -> None:
    _, suggestion = waiting(shared)
    assert post(shared, suggestion, "tom", decision=decision).status_code == 422
    assert shared.pending(suggestion.ticket) == [suggestion]


@pytest.mark.parametrize("decision", ["pending", "expired", "nothing"])
def test_forms_can_do_no_more_than_that(shared: Lumen, decision: str) -> None:
    _, suggestion = waiting(shared)
    assert submit(shared, suggestion, "tom", decision=decision).status_code == 422
    assert shared.pending(suggestion.ticket) == [suggestion]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"decision": "approved"}'])
def test_a_body_that_is_no_decision_changes_nothing(shared: Lumen, body: bytes) -> None:
    _, suggestion = waiting(shared)
    address = f"/api/suggestions/{suggestion.id}/decision"
    headers = bearer(shared, "tom") | {"content-type": "application/json"}
    assert shared.http.post(address, headers=headers, content=body).status_code in (400, 422)
    assert shared.pending(suggestion.ticket) == [suggestion]


def test_a_click_on_our_form_counts_and_leads_back_to_the_workspace(shared: Lumen) -> None:
    email, suggestion = waiting(shared)
    answer = submit(shared, suggestion, "ana")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"http://desk.test/inbox/{suggestion.ticket}?told=Approved")
    assert shared.settled(suggestion).outcome is RunOutcome.RESOLVED
    assert len(shared.refunds(email)) == 1


@pytest.mark.parametrize("form", ["", "0" * 64, "of somebody else"])
def test_a_form_that_is_not_ours_changes_nothing(shared: Lumen, form: str) -> None:
    _, suggestion = waiting(shared)
    if form == "of somebody else":
        form = form_token(shared.http.get("/inbox", headers=cookie(shared, "mei")))
    assert submit(shared, suggestion, "tom", form=form).status_code in (403, 422)
    assert shared.pending(suggestion.ticket) == [suggestion]


def test_a_rejected_draft_is_not_given_out_as_the_reason(shared: Lumen) -> None:
    email, suggestion = waiting(shared)
    assert submit(shared, suggestion, "ana", decision="rejected", text=suggestion.resolution.reply).status_code == 303
    result = shared.settled(suggestion)
    assert result.handoff is not None
    assert result.handoff.because == "ana rejected the suggestion"
    assert shared.refunds(email) == []
