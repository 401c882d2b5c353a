"""What an agent does on a page, told by its answer: undone, rejected with a reason, edited, and what came too late."""

from typing import Any

import httpx2
import pytest
from tests.api.visitor import bearer, cookie, form_token
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, Told
from tests.stories.test_undo import cancelled, deeds, state

from deskhand.domain.effect import EffectState
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.queue import View
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Reason
from deskhand.measurement.metrics import metrics

PARTS = {"x-fragment": "1"}


def waiting(lumen: Lumen) -> tuple[str, Told]:
    email = lumen.customer("double_charge_small")
    return email, lumen.say(email, TWICE, stage=Stage.ASSISTED)


def post(lumen: Lumen, person: str, path: str, parts: bool = True, **fields: Any) -> httpx2.Response:
    form = form_token(lumen.http.get("/inbox", headers=cookie(lumen, person)))
    headers = cookie(lumen, person) | (PARTS if parts else {})
    return lumen.http.post(path, headers=headers, data={"form": form} | fields)


def decide(lumen: Lumen, told: Told, person: str, decision: str, **fields: Any) -> httpx2.Response:
    waits = lumen.suggestion(told.ticket)
    return post(lumen, person, f"/suggestions/{waits.id}", decision=decision, seen=waits.digest, **fields)


# -- undo -------------------------------------------------------------------------------------------


def test_a_deed_is_taken_back_by_the_form_beside_the_conversation(shared: Lumen) -> None:
    email, effect = cancelled(shared)
    page = shared.http.get(f"/inbox/{effect.ticket}", headers=cookie(shared, "ana")).text
    assert f'name="key" value="{effect.key}"' in page
    answer = post(shared, "ana", "/effects/undo", key=effect.key)
    assert answer.status_code == 200
    assert "It is being taken back" in answer.text
    shared.eventually(lambda: "undo.ended" in shared.kinds(effect.ticket))
    assert state(shared, effect.key) is EffectState.UNDONE
    assert shared.subscription(email).cancels_at is None
    after = shared.http.get(f"/inbox/{effect.ticket}/parts", headers=cookie(shared, "ana") | PARTS).text
    assert "Taken back by ana" in after
    assert "being taken back" not in after


def test_what_cannot_be_taken_back_any_more_is_a_conflict_with_the_reason(shared: Lumen) -> None:
    _, effect = cancelled(shared)
    post(shared, "ana", "/effects/undo", key=effect.key)
    shared.eventually(lambda: state(shared, effect.key) is EffectState.UNDONE)
    answer = post(shared, "tom", "/effects/undo", key=effect.key)
    assert answer.status_code == 409
    assert "Nothing was changed: It was taken back already." in answer.text
    assert len(deeds(shared, effect.ticket)) == 2


# -- rejected with a reason, edited -------------------------------------------------------------------


@pytest.mark.parametrize("reason", [*Reason])
def test_the_reason_of_a_rejection_is_kept_with_the_decision(shared: Lumen, reason: Reason) -> None:
    email, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    assert decide(shared, told, "ana", "rejected", reason=reason, why="See the contract.").status_code == 200
    result = shared.settled(waits)
    assert result.handoff is not None
    assert result.handoff.because.endswith("See the contract.")
    assert result.handoff.because.count(reason.words) >= 1
    lines = shared.installation.queries.timeline(told.ticket)
    (line,) = [one.body for one in lines if one.kind == "suggestion.settled"]
    assert line["reason"] == reason
    assert "contract" not in str(line)
    assert shared.refunds(email) == []


@pytest.mark.parametrize("reason", ["tired", "WRONG_FACTS", "wrong facts", "\x00"])
def test_another_reason_is_refused_and_nothing_is_decided(shared: Lumen, reason: str) -> None:
    _, told = waiting(shared)
    assert decide(shared, told, "ana", "rejected", reason=reason).status_code == 422
    assert shared.pending(told.ticket) != []


def test_a_reason_says_nothing_of_what_was_approved(shared: Lumen) -> None:
    email, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    assert (
        decide(shared, told, "ana", "approved", reason="wrong_facts", why="typed, then thought better").status_code
        == 200
    )
    assert shared.settled(waits).outcome is RunOutcome.RESOLVED
    (line,) = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "suggestion.settled"]
    assert "reason" not in line.body
    assert len(shared.refunds(email)) == 1


def test_the_api_takes_a_reason_too(shared: Lumen) -> None:
    _, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    body = {"decision": "rejected", "seen": waits.digest, "reason": "against_policy"}
    address = f"/api/suggestions/{waits.id}/decision"
    assert shared.http.post(address, headers=bearer(shared, "ana"), json=body | {"reason": "odd"}).status_code == 422
    assert shared.http.post(address, headers=bearer(shared, "ana"), json=body).status_code == 200
    handoff = shared.settled(waits).handoff
    assert handoff is not None
    assert handoff.because == "ana rejected the suggestion: against policy"


# -- too late ---------------------------------------------------------------------------------------


def test_whoever_decides_second_hears_who_was_first_and_keeps_their_text(shared: Lumen) -> None:
    _, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    assert shared.decide(waits, "approved", by="tom").stands
    mine = "My own <words>, long thought over."
    for parts in (True, False):
        answer = post(
            shared, "ana", f"/suggestions/{waits.id}", parts=parts, decision="edited", seen=waits.digest, text=mine
        )
        assert answer.status_code == 409
        assert "tom approved it" in answer.text
        assert "My own &lt;words&gt;, long thought over.</textarea>" in answer.text


def test_whoever_decides_on_what_is_old_hears_that_the_customer_wrote_again(shared: Lumen) -> None:
    email, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    shared.say(email, "Thank you!", told.number, stage=Stage.ASSISTED)
    answer = post(shared, "ana", f"/suggestions/{waits.id}", decision="approved", seen="of another day")
    assert answer.status_code == 409
    assert "The customer wrote again" in answer.text


def test_a_plan_that_was_thought_over_again_says_by_whom(shared: Lumen) -> None:
    _, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    whispered = post(shared, "tom", f"/tickets/{told.ticket}/guidance", text="Apologize for the wait.", again="true")
    assert whispered.status_code == 200
    answer = post(shared, "ana", f"/suggestions/{waits.id}", decision="approved", seen=waits.digest)
    assert answer.status_code == 409
    assert "The plan is made anew, because tom told the assistant how to go on" in answer.text


def test_a_plan_whose_facts_changed_says_so(shared: Lumen) -> None:
    email, told = waiting(shared)
    waits = shared.suggestion(told.ticket)
    shared.refund_elsewhere(shared.charges(email)[0].ref)
    assert shared.decide(waits, "approved", by="tom").stands
    shared.settled(waits)
    answer = post(shared, "ana", f"/suggestions/{waits.id}", decision="approved", seen=waits.digest)
    assert answer.status_code == 409
    assert "tom approved it" in answer.text
    assert "The plan was made anew: " in answer.text


# -- what an agent's answer ends ----------------------------------------------------------------------


def test_an_answer_from_the_workspace_ends_the_clock_of_a_handoff_at_once(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), FOR_A_PERSON["en"][0])
    assert told.result.outcome is RunOutcome.HANDED_OFF
    post(shared, "ana", f"/tickets/{told.ticket}/owner", deed="take-over")
    note = post(shared, "ana", f"/tickets/{told.ticket}/reply", nonce="nonce-00", text="Ask billing?", note="true")
    assert note.status_code == 200
    assert "handoff.answered" not in shared.kinds(told.ticket)
    assert post(shared, "ana", f"/tickets/{told.ticket}/reply", nonce="nonce-01", text="I am on it.").status_code == 200
    (line,) = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "handoff.answered"]
    assert line.body["message"] == told.message
    row = shared.installation.queries.row(told.ticket)
    assert row is not None
    assert row.queue == ""


def test_words_of_agents_are_no_first_response_of_the_assistants(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=Stage.ASSISTED)
    post(shared, "ana", f"/tickets/{told.ticket}/owner", deed="take-over")
    assert post(shared, "ana", f"/tickets/{told.ticket}/reply", nonce="nonce-01", text="200 MB.").status_code == 200
    lines = shared.installation.queries.timeline(told.ticket)
    measured = metrics(lines)
    assert (measured.tickets, measured.unanswered, measured.without_people) == (1, 1, 0.0)


def test_a_customer_who_answers_an_agent_is_understood_as_doing_so(shared: Lumen) -> None:
    """An agent's question is none of the assistant's, so a bare yes agrees to nothing of ours."""
    email = shared.customer("single_charge")
    asked = shared.say(email, "please cancel my subscription")
    post(shared, "ana", f"/tickets/{asked.ticket}/owner", deed="take-over")
    answer = post(shared, "ana", f"/tickets/{asked.ticket}/reply", nonce="nonce-01", text="Shall I call you tomorrow?")
    assert answer.status_code == 200
    post(shared, "ana", f"/tickets/{asked.ticket}/owner", deed="give-back")
    shared.say(email, "yes", asked.number)
    assert shared.subscription(email).cancels_at is None


def test_who_has_a_ticket_closes_it_and_is_asked_while_an_answer_is_owed(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "I want to talk to a human.")
    address = f"/tickets/{told.ticket}/close"
    assert "take it over first. Nothing was changed." in post(shared, "ana", address).text
    post(shared, "ana", f"/tickets/{told.ticket}/owner", deed="take-over")
    asked = post(shared, "ana", address)
    assert asked.status_code == 409
    assert "Not closed: people have it, and have not answered yet." in asked.text
    assert "ticket.closed" not in shared.kinds(told.ticket)
    closed = post(shared, "ana", address, owed="true")
    assert closed.status_code == 200
    assert "Closed. When the customer writes again, it opens again." in closed.text
    assert "ticket.closed" in shared.kinds(told.ticket)
    again = post(shared, "ana", address, owed="true")
    assert "It was closed already" in again.text
    assert shared.kinds(told.ticket).count("ticket.closed") == 1


def test_a_ticket_that_somebody_took_waits_in_their_own_queue_only(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    assert shared.pending(told.ticket)
    reads = cookie(shared, "ana")
    assert f"row-{told.ticket}" in shared.http.get("/inbox?view=decide", headers=reads).text
    post(shared, "ana", f"/tickets/{told.ticket}/owner", deed="take-over")
    assert f"row-{told.ticket}" not in shared.http.get("/inbox?view=decide", headers=reads).text
    assert f"row-{told.ticket}" in shared.http.get("/inbox?view=mine", headers=reads).text
    counts, mine = shared.installation.queries.waiting_by_person()
    assert counts[View.DECIDE] == shared.installation.queries.waiting("ana")[View.DECIDE]
    assert mine["ana"] == shared.installation.queries.waiting("ana")[View.MINE]
