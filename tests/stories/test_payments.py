"""Payments that did not go through, or are disputed: the true reason is told, and people know what is due."""

from datetime import timedelta

import pytest
from tests.stories.lumen import Lumen

from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.domain.outcome import RunOutcome

FAILED = "my payment failed, what should I do?"
BACK = "I want my money back"
PERSON = "Please let me talk to a human"


def bank(lumen: Lumen) -> StripeTwin:
    twin = lumen.installation.systems.stripe_twin
    assert twin is not None
    return twin


def id_of(lumen: Lumen, email: str) -> str:
    (customer,) = lumen.installation.systems.directories[0].by_email(email)
    return customer.value.ref.id


@pytest.mark.parametrize(
    ("status", "code", "decline", "reason"),
    [
        ("requires_payment_method", "card_declined", "insufficient_funds", "there was not enough money on the card"),
        ("requires_payment_method", "expired_card", None, "the card has expired"),
        ("requires_payment_method", "card_declined", "stolen_card", "the bank declined the card"),
        ("requires_action", "", None, "it waits for you to confirm it"),
        ("processing", "", None, "the bank is still processing it"),
    ],
)
def test_a_customer_whose_payment_did_not_go_through_reads_the_true_reason(
    shared: Lumen, status: str, code: str, decline: str | None, reason: str
) -> None:
    """And never a word that the bank wrote."""
    email = shared.customer("single_charge")
    bank(shared).begin(id_of(shared, email), 4900, status, code, decline)
    told = shared.say(email, FAILED)
    (reply,) = shared.replies(told.number)

    assert told.result.outcome is RunOutcome.ANSWERED
    assert reason in reply
    assert "49.00" in reply
    for word in ("What the bank says of it", "stolen", code or "pi_"):
        assert word not in reply


def test_a_customer_who_disputes_a_payment_and_asks_for_it_back_goes_to_people_who_know_of_it(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    newest = shared.charges(email)[0]
    headers, body = bank(shared).dispute(newest.ref.id)
    assert shared.http.post("/webhooks/stripe", headers=headers, content=body).status_code == 202
    told = shared.say(email, BACK)

    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.queue == "risk"
    assert shared.refunds(email) == []
    (note,) = shared.notes(told.number)
    assert f"billing.disputes.{newest.ref.id}: {newest.amount}" in note
    assert f"evidence due {shared.clock() + timedelta(days=10):%Y-%m-%d}" in note
    (reply,) = shared.replies(told.number)
    assert "disputed with your bank" in reply
    assert "evidence" not in reply


def test_whoever_takes_over_for_another_reason_knows_of_the_dispute_as_well(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    newest = shared.charges(email)[0]
    bank(shared).dispute(newest.ref.id)
    told = shared.say(email, PERSON)

    assert told.result.outcome is RunOutcome.HANDED_OFF
    (note,) = shared.notes(told.number)
    assert f"billing.disputes.{newest.ref.id}" in note


def test_what_was_credited_already_is_for_people(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    bank(shared).write_credit_note(f"in_{shared.charges(email)[0].ref.id[3:]}", 2900)
    told = shared.say(email, "I was charged twice for my subscription this month, can you fix it?")

    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.queue == "billing"
    assert shared.refunds(email) == []
