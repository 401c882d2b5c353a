"""A system that is in trouble for good, or for a while: a clear end, with what was done on record."""

import pytest
from tests.stories.lumen import TWICE, Lumen, Told
from tests.stories.network import ALWAYS

from deskhand.domain.handoff import Handoff
from deskhand.domain.outcome import RunOutcome

MAYA = "maya.chen@example.com"


def handed_off(told: Told) -> Handoff:
    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    return told.result.handoff


def test_billing_never_answers(lumen: Lumen) -> None:
    lumen.network.trouble("stripe", "silent", ALWAYS)
    told = lumen.say(MAYA, TWICE)
    assert handed_off(told).reason == "failure"
    assert "stripe" in handed_off(told).because
    assert lumen.refunds(MAYA) == []
    assert len(lumen.replies(told.number)) == len(lumen.notes(told.number)) == 1
    assert lumen.owner(told.ticket) == "queue:support"


def test_looking_up_charges_never_works(lumen: Lumen) -> None:
    lumen.network.trouble("stripe GET /v1/charges", "500", ALWAYS)
    told = lumen.say(MAYA, TWICE)
    assert handed_off(told).reason == "failure"
    assert lumen.refunds(MAYA) == []
    assert len(lumen.replies(told.number)) == len(lumen.notes(told.number)) == 1


@pytest.mark.parametrize("fault", ["500", "silent", "drop before", "429 bare"])
def test_the_refund_is_never_taken_so_people_hear_that_it_is_unknown(lumen: Lumen, fault: str) -> None:
    lumen.network.trouble("stripe POST", fault, ALWAYS)
    told = lumen.say(MAYA, TWICE)
    assert "refund/" in handed_off(told).because
    assert lumen.refunds(MAYA) == []
    (note,) = lumen.notes(told.number)
    (reply,) = lumen.replies(told.number)
    assert "refund/" in note
    assert "refunded" not in reply
    assert lumen.owner(told.ticket) == "queue:support"


@pytest.mark.parametrize("fault", ["500 after", "drop after", "cut json"])
def test_the_refund_is_made_and_never_confirmed_so_it_is_found_by_its_mark(lumen: Lumen, fault: str) -> None:
    lumen.network.trouble("stripe POST", fault, ALWAYS)
    told = lumen.say(MAYA, TWICE)
    (refund,) = lumen.refunds(MAYA)
    (reply,) = lumen.replies(told.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert refund.ref.id in reply


@pytest.mark.parametrize("fault", ["500 after", "drop after", "cut json"])
def test_the_reply_is_written_and_never_confirmed_so_it_is_found_by_its_mark(lumen: Lumen, fault: str) -> None:
    lumen.network.trouble("zendesk PUT", fault, ALWAYS)
    told = lumen.say(MAYA, TWICE)
    (refund,) = lumen.refunds(MAYA)
    (reply,) = lumen.replies(told.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert refund.ref.id in reply


@pytest.mark.parametrize("fault", ["500", "silent", "drop before"])
def test_the_reply_can_never_be_written_so_the_packet_tells_of_the_refund(lumen: Lumen, fault: str) -> None:
    lumen.network.trouble("zendesk PUT", fault, ALWAYS)
    told = lumen.say(MAYA, TWICE)
    (refund,) = lumen.refunds(MAYA)
    assert [receipt.id for receipt in handed_off(told).done] == [refund.ref.id]
    assert lumen.replies(told.number) == []
    assert lumen.owner(told.ticket) == "queue:support"
    assert lumen.kinds(told.ticket)[-1] == "message.ended"


def test_a_help_desk_that_is_away_for_a_while_is_asked_again(lumen: Lumen) -> None:
    lumen.network.trouble("zendesk GET", "silent", 4)
    told = lumen.say(MAYA, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(MAYA)) == len(lumen.replies(told.number)) == 1


def test_billing_that_goes_away_between_plan_and_deed_is_asked_again(lumen: Lumen) -> None:
    lumen.network.trouble("stripe GET /v1/charges/", "silent", 4, after=2)  # the plan reads it twice
    told = lumen.say(MAYA, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(MAYA)) == len(lumen.replies(told.number)) == 1


def test_a_customer_who_cannot_be_found_any_more_at_the_deed_gets_no_refund(lumen: Lumen) -> None:
    twin = lumen.installation.systems.stripe_twin
    assert twin is not None
    before = twin.store.count("refund")
    lumen.network.trouble("stripe GET /v1/customers", "silent", ALWAYS, after=1)
    told = lumen.say(MAYA, TWICE)
    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert twin.store.count("refund") == before, "asked of the twin itself: our own line rests after so much silence"
    assert len(lumen.replies(told.number)) == 1
