"""HelpDock's events: only signed ones, only fresh ones, and only what a customer said."""

import hmac
import json
from datetime import timedelta

import pytest
from deskhand_helpdock.twin import SECRET
from deskhand_helpdock.webhook import verify

from deskhand.domain.errors import Forged, Malformed, Stale

from .desk import NOW, HelpDockDesk

EVENT = {"id": "ev-1", "kind": "message", "by": "customer", "public": True, "ticket": 3, "message": 7}


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(NOW.timestamp()))
    signature = hmac.digest(secret.encode(), stamp.encode() + b"." + body, "sha256").hex()
    return {"helpdock-signature": f"t={stamp},v1={signature}"}


def test_an_event_names_the_ticket_and_the_message_that_the_twin_keeps(desk: HelpDockDesk) -> None:
    headers, body = desk.twin.receive("maya.chen@example.com", "I was charged twice.")
    delivery = verify([SECRET], headers, body, NOW)

    assert delivery is not None
    assert (delivery.ticket, delivery.message) == ("helpdock:ticket:1", "1")


def test_a_secret_that_is_being_changed_still_fits() -> None:
    body = json.dumps(EVENT).encode()

    assert verify(["the-new-one", SECRET], signed(body), body, NOW) is not None


@pytest.mark.parametrize("secrets", [[], [""], ["another"]])
def test_whoever_does_not_know_the_secret_is_refused(secrets: list[str]) -> None:
    body = json.dumps(EVENT).encode()
    with pytest.raises(Forged):
        verify(secrets, signed(body), body, NOW)
    with pytest.raises(Forged):
        verify(secrets, signed(body, ""), body, NOW)


@pytest.mark.parametrize("headers", [{}, {"helpdock-signature": ""}, {"helpdock-signature": "t=1,v1=00"}])
def test_an_event_without_a_signature_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Forged):
        verify([SECRET], headers, b"{}", NOW)


def test_an_altered_body_is_refused() -> None:
    body = json.dumps(EVENT).encode()
    with pytest.raises(Forged):
        verify([SECRET], signed(body), body.replace(b"3", b"4"), NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_event_and_one_of_the_future_are_refused(minutes: int) -> None:
    body = json.dumps(EVENT).encode()
    with pytest.raises(Stale):
        verify([SECRET], signed(body), body, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("other", [{"by": "agent"}, {"public": False}, {"kind": "label"}])
def test_what_no_customer_said_wakes_nobody(other: dict[str, object]) -> None:
    body = json.dumps(EVENT | other).encode()

    assert verify([SECRET], signed(body), body, NOW) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", json.dumps(EVENT | {"ticket": "x/../y"}).encode()])
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        verify([SECRET], signed(body), body, NOW)
