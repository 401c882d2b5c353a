"""A refund that the bank sends back days later, after the customer was told of it."""

from tests.stories.lumen import Lumen

TWICE = "I was charged twice for my subscription this month, can you fix it?"


def test_a_refund_that_fails_later_brings_its_ticket_to_people(lumen: Lumen) -> None:
    told = lumen.say("maya.chen@example.com", TWICE)
    (refund,) = lumen.refunds("maya.chen@example.com")
    ticket = f"zendesk:ticket:{told.number}"
    twin = lumen.installation.systems.stripe_twin
    assert twin is not None
    assert lumen.owner(ticket) == "assistant"

    headers, body = twin.fail(refund.ref.id)
    answers = [lumen.http.post("/webhooks/stripe", headers=headers, content=body).status_code for _ in range(3)]

    assert answers == [202, 200, 200]
    lumen.eventually(lambda: lumen.owner(ticket) == "queue:support")
    assert lumen.kinds(ticket).count("refund.failed") == 1


def test_an_event_that_stripe_did_not_sign_is_not_filed(lumen: Lumen) -> None:
    twin = lumen.installation.systems.stripe_twin
    assert twin is not None
    headers, body = twin.signed(
        b'{"id":"evt_1","type":"refund.failed","data":{"object":{"object":"refund","id":"re_1"}}}'
    )
    forged = lumen.http.post("/webhooks/stripe", headers=headers, content=body + b" ")
    assert (forged.status_code, forged.json()["filed"]) == (401, False)
