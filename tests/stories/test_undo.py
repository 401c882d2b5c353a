"""An agent takes a deed back: with one click, once, judged by policy, and never what cannot be taken back."""

import pytest
from tests.api.visitor import bearer
from tests.stories.lumen import TWICE, Lumen

from deskhand.bootstrap import Installation
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.outcome import RunOutcome
from deskhand.workflows.by_click import Ending
from deskhand.workflows.undo import start_undo, undo_effect

CANCEL = "please cancel my subscription"


def cancelled(lumen: Lumen) -> tuple[str, Effect]:
    """A customer whose subscription the assistant let end, and that effect."""
    email = lumen.customer("single_charge")
    asked = lumen.say(email, CANCEL)
    told = lumen.say(email, "yes", asked.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    (effect,) = deeds(lumen, told.ticket)
    return email, effect


def deeds(lumen: Lumen, ticket: str) -> list[Effect]:
    with lumen.installation.store.begin() as tx:
        return [one for one in tx.ledger.of_ticket(ticket) if one.action not in ("reply", "note", "code")]


def state(lumen: Lumen, key: str) -> EffectState:
    with lumen.installation.store.begin() as tx:
        effect = tx.ledger.effect(key)
    assert effect is not None
    return effect.state


def roles(installation: Installation, person: str) -> str:
    return ",".join(sorted(installation.people[person].roles))


def test_one_click_takes_a_cancellation_back_with_a_receipt_and_a_note_to_colleagues(shared: Lumen) -> None:
    email, effect = cancelled(shared)
    assert shared.subscription(email).cancels_at is not None
    who = bearer(shared, "ana")
    told = shared.http.get(f"/api/tickets/{effect.ticket}/effects", headers=who).json()["effects"]
    assert told[0]["undo"] == {"possible": True, "by": "keep_subscription"}

    clicks = [shared.http.post(f"/api/effects/{effect.key}/undo", headers=who).status_code for _ in range(2)]
    assert clicks[0] == 202
    shared.eventually(lambda: state(shared, effect.key) is EffectState.UNDONE)
    assert shared.subscription(email).cancels_at is None
    done = [one for one in deeds(shared, effect.ticket) if one.action == "keep_subscription"]
    assert [(one.state, one.alone) for one in done] == [(EffectState.DONE, False)]
    number = int(effect.ticket.rsplit(":", 1)[1])
    shared.eventually(lambda: any("taken back by ana" in note for note in shared.notes(number)))
    assert shared.http.post(f"/api/effects/{effect.key}/undo", headers=who).status_code == 409


def test_what_was_taken_back_can_be_done_again_and_taken_back_again(shared: Lumen) -> None:
    email, effect = cancelled(shared)
    number = int(effect.ticket.rsplit(":", 1)[1])
    desk, installation = shared.installation.desk, shared.installation
    assert undo_effect(desk, effect.key, "ana", roles(installation, "ana")).end is Ending.DONE
    assert shared.subscription(email).cancels_at is None
    shared.say(email, CANCEL, number)
    assert shared.say(email, "yes", number).result.outcome is RunOutcome.RESOLVED
    assert shared.subscription(email).cancels_at is not None
    again = [one for one in deeds(shared, effect.ticket) if one.action == "cancel_subscription"]
    assert [one.state for one in again] == [EffectState.UNDONE, EffectState.DONE]
    assert undo_effect(desk, again[1].key, "ana", roles(installation, "ana")).end is Ending.DONE
    assert shared.subscription(email).cancels_at is None


def test_an_undo_works_on_a_ticket_that_a_person_has(shared: Lumen) -> None:
    email, effect = cancelled(shared)
    shared.http.post(f"/api/tickets/{effect.ticket}/take-over", headers=bearer(shared, "mei"))
    undone = undo_effect(shared.installation.desk, effect.key, "mei", roles(shared.installation, "mei"))
    assert undone.end is Ending.DONE
    assert shared.subscription(email).cancels_at is None


def test_a_refund_cannot_be_taken_back_and_says_what_can_be_done_instead(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), TWICE)
    (effect,) = deeds(shared, told.ticket)
    refused = start_undo(shared.installation.desk, effect.key, shared.installation.people["tom"])
    assert refused.end is Ending.REFUSED
    assert "charge the customer again" in refused.why
    assert state(shared, effect.key) is EffectState.DONE


@pytest.mark.parametrize("fault", ["drop after", "500 after", "silent"])
def test_trouble_while_it_is_taken_back_does_not_do_it_twice(shared: Lumen, fault: str) -> None:
    email, effect = cancelled(shared)
    shared.network.trouble("stripe POST /v1/subscriptions", fault)
    undone = undo_effect(shared.installation.desk, effect.key, "ana", roles(shared.installation, "ana"))
    assert undone.end is Ending.DONE
    assert shared.subscription(email).cancels_at is None
    assert len([one for one in deeds(shared, effect.ticket) if one.action == "keep_subscription"]) == 1


def test_what_an_undo_needs_stays_in_the_ledger_when_people_take_over(shared: Lumen) -> None:
    email, effect = cancelled(shared)
    ticket = int(effect.ticket.rpartition(":")[2])
    told = shared.say(email, "I want to talk to a human being, please.", ticket)

    assert told.result.handoff is not None
    (done,) = told.result.handoff.done
    assert effect.receipt is not None
    assert effect.receipt.before
    assert (done.key, done.details, done.before) == (effect.key, effect.receipt.details, {})
