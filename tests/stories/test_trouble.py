"""Systems that refuse, fail, hang or lie about what they did: nothing is lost and nothing is done twice."""

import pytest
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome

FAULTS = ("429", "429 bare", "500", "500 after", "drop before", "drop after", "cut json", "silent", "late")
READS = (
    "zendesk GET /api/v2/tickets/",
    "stripe GET /v1/customers",
    "stripe GET /v1/subscriptions",
    "stripe GET /v1/charges",
    "stripe GET /v1/charges/",
)


def resolved_once(lumen: Lumen, email: str) -> None:
    told = lumen.say(email, TWICE)
    (refund,) = lumen.refunds(email)
    (reply,) = lumen.replies(told.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert (refund.charge, refund.amount) == (lumen.charges(email)[0].ref, lumen.charges(email)[0].amount)
    assert refund.ref.id in reply
    assert lumen.open_effects(told.ticket) == []
    assert lumen.kinds(told.ticket).count("message.ended") == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_once_while_the_refund_is_made_is_nobodys_concern(shared: Lumen, fault: str) -> None:
    shared.network.trouble("stripe POST /v1/refunds", fault)
    resolved_once(shared, shared.customer("double_charge_small"))
    assert shared.network.met(fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_once_while_the_reply_is_written_is_nobodys_concern(shared: Lumen, fault: str) -> None:
    shared.network.trouble("zendesk PUT", fault)
    resolved_once(shared, shared.customer("double_charge_small"))
    assert shared.network.met(fault)


@pytest.mark.parametrize("where", READS)
def test_trouble_once_while_looking_is_nobodys_concern(shared: Lumen, where: str) -> None:
    for fault in ("500", "cut json", "drop after"):
        shared.network.trouble(where, fault)
    resolved_once(shared, shared.customer("double_charge_small"))
    assert all(shared.network.met(fault) for fault in ("500", "cut json", "drop after"))


def test_a_lost_reply_that_cannot_be_looked_for_at_once_is_looked_for_before_it_is_written_again(shared: Lumen) -> None:
    before = shared.network.count("zendesk GET")
    resolved_once(shared, shared.customer("double_charge_small"))
    usual = shared.network.count("zendesk GET") - before
    shared.network.trouble("zendesk PUT", "drop after")
    shared.network.trouble("zendesk GET", "429 bare", times=4, after=usual)
    resolved_once(shared, shared.customer("double_charge_small"))
    assert shared.network.met("drop after")
    assert shared.network.met("429 bare")


def test_somebody_else_writing_at_the_same_moment_does_not_swallow_the_reply(shared: Lumen) -> None:
    shared.network.trouble("zendesk PUT", "409")
    resolved_once(shared, shared.customer("double_charge_small"))
    assert shared.network.met("409")
