"""Deliveries at our door: who signed them, when, and whether they can be read."""

import base64
import hmac
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskhand.connectors.stripe import webhook as stripe
from deskhand.connectors.zendesk import webhook as zendesk
from deskhand.domain.delivery import BillingEvent, Delivery
from deskhand.domain.errors import Forged, Malformed, Stale
from deskhand.domain.ref import Ref

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "signature_vectors.json").read_text("utf-8"))
SAMPLE = (HERE / "zendesk_comment_added.json").read_bytes()
VERIFY: Mapping[str, Any] = {"zendesk": zendesk.verify, "stripe": stripe.verify}
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "a secret"
EACH = pytest.mark.parametrize("system", ["zendesk", "stripe"])


def vector(system: str) -> tuple[str, dict[str, str], bytes, datetime]:
    one = VECTORS[system]
    headers = {name.lower(): value for name, value in one["headers"].items()}
    return one["secret"], headers, one["body"].encode(), datetime.fromtimestamp(one["now"], UTC)


def let_in(system: str) -> AbstractContextManager[object]:
    """Stripe's vector names no object: only a delivery that is signed and fresh gets as far as being unreadable."""
    return pytest.raises(Malformed) if system == "stripe" else nullcontext()


def signed(body: bytes, *, at: datetime = NOW) -> dict[str, str]:
    """Zendesk's headers for this body."""
    stamp = at.isoformat()
    signature = base64.b64encode(hmac.digest(SECRET.encode(), stamp.encode() + body, "sha256")).decode()
    return {
        "x-zendesk-webhook-signature-timestamp": stamp,
        "x-zendesk-webhook-signature": signature,
        "x-zendesk-webhook-invocation-id": "invocation-1",
    }


def received(body: bytes, **headers: str) -> Delivery | None:
    return zendesk.verify([SECRET], signed(body) | headers, body, NOW)


def event(**changes: Any) -> dict[str, Any]:
    """The sample, with values put in place of others: "detail.id" names one."""
    made: dict[str, Any] = json.loads(SAMPLE)
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = made
        for name in outer:
            place = place[name]
        place[last] = value
    return made


@EACH
def test_the_vendors_signature_is_accepted(system: str) -> None:
    secret, headers, body, now = vector(system)
    with let_in(system):
        VERIFY[system]([secret], headers, body, now)


@EACH
def test_while_a_secret_is_changed_either_is_accepted(system: str) -> None:
    secret, headers, body, now = vector(system)
    with let_in(system):
        VERIFY[system](["the next one", secret], headers, body, now)


@EACH
def test_another_secret_is_a_forgery(system: str) -> None:
    _, headers, body, now = vector(system)
    with pytest.raises(Forged):
        VERIFY[system](["another"], headers, body, now)
    with pytest.raises(Forged):
        VERIFY[system]([], headers, body, now)


@EACH
def test_an_altered_body_is_a_forgery(system: str) -> None:
    secret, headers, body, now = vector(system)
    with pytest.raises(Forged):
        VERIFY[system]([secret], headers, body.replace(b"1", b"2", 1), now)


@EACH
def test_no_headers_are_a_forgery(system: str) -> None:
    secret, _, body, now = vector(system)
    with pytest.raises(Forged):
        VERIFY[system]([secret], {}, body, now)


@EACH
@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_stamp_far_from_our_clock_is_stale(system: str, seconds: int) -> None:
    secret, headers, body, now = vector(system)
    with pytest.raises(Stale):
        VERIFY[system]([secret], headers, body, now + timedelta(seconds=seconds))


@EACH
@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_either_way_are_fresh(system: str, seconds: int) -> None:
    secret, headers, body, now = vector(system)
    with let_in(system):
        VERIFY[system]([secret], headers, body, now + timedelta(seconds=seconds))


def test_a_customers_comment_is_filed_under_its_invocation() -> None:
    found = received(SAMPLE)

    assert found == Delivery("zendesk", "invocation-1", "zendesk:ticket:35436", "9001", "email", NOW)


def test_a_delivery_is_filed_under_what_the_vector_says() -> None:
    name = "x-zendesk-webhook-invocation-id"
    filed = received(SAMPLE, **{name: vector("zendesk")[1][name]})

    assert filed is not None
    assert filed.id == VECTORS["zendesk"]["files_under"]


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "zen:event-type:ticket.status_changed"},
        {"event__comment__is_public": False},
        {"event__comment__author__is_staff": True},
        {"event__comment__author__id": "777"},
    ],
    ids=["another event", "a note", "staff", "somebody in copy"],
)
def test_what_is_no_public_word_of_the_requester_wakes_nobody(changes: dict[str, Any]) -> None:
    assert received(json.dumps(event(**changes)).encode()) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{}", b"\xff\xfe{}", SAMPLE[:-40], SAMPLE[: len(SAMPLE) // 2], b"[" * 100_000],
    ids=["empty", "a list", "null", "no fields", "no UTF-8", "truncated", "halved", "too deep"],
)
def test_what_cannot_be_read_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        received(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"detail__id": "12\x00"},
        {"detail__id": "../users/me"},
        {"detail__id": "9" * 60},
        {"detail__id": None},
        {"detail__id": True},
        {"detail": "35436"},
        {"event__comment__id": "x\x00"},
        {"event__comment__id": []},
        {"event__comment__is_public": "false"},
        {"event__comment__author__is_staff": None},
        {"event__comment__author": 5},
        {"detail__via": {"channel": "e\x00mail"}},
        {"detail__via": {"channel": ["email"]}},
        {"detail__via": "email"},
    ],
    ids=lambda changes: next(iter(changes)).replace("__", "."),
)
def test_a_value_of_another_type_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        received(json.dumps(event(**changes)).encode())


@pytest.mark.parametrize("id", ["a\x00b", "x" * 201, "two words"])
def test_a_delivery_id_that_cannot_be_stored_is_malformed(id: str) -> None:
    with pytest.raises(Malformed):
        received(SAMPLE, **{"x-zendesk-webhook-invocation-id": id})


@pytest.mark.parametrize("stamp", ["", "yesterday", "2026-11-24T09:00:00", "1795460270"])
def test_a_stamp_that_is_no_moment_is_a_forgery(stamp: str) -> None:
    signature = base64.b64encode(hmac.digest(SECRET.encode(), stamp.encode() + SAMPLE, "sha256")).decode()
    headers = {"x-zendesk-webhook-signature-timestamp": stamp, "x-zendesk-webhook-signature": signature}
    with pytest.raises(Forged):
        zendesk.verify([SECRET], headers, SAMPLE, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"id":"evt_1"}',
        b'{"id":["evt_1"],"type":"x"}',
        b'{"id":"evt_1","type":"x","data":{}}',
        b'{"id":"evt_1","type":"x","data":{"object":{"id":"../charges","object":"refund"}}}',
    ],
)
def test_an_event_of_stripe_that_cannot_be_read_is_malformed(body: bytes) -> None:
    at = int(NOW.timestamp())
    signature = hmac.digest(SECRET.encode(), f"{at}.".encode() + body, "sha256").hex()
    with pytest.raises(Malformed):
        stripe.verify([SECRET], {"stripe-signature": f"t={at},v1={signature}"}, body, NOW)


@pytest.mark.parametrize(
    ("kind", "about", "id"),
    [
        ("refund.failed", "refund", "re_1"),
        ("charge.refunded", "charge", "ch_1"),
        ("charge.dispute.created", "dispute", "dp_1"),
        ("charge.dispute.funds_withdrawn", "dispute", "du_1"),
        ("invoice.payment_failed", "invoice", "in_1"),
        ("payment_intent.payment_failed", "payment_intent", "pi_1"),
        ("credit_note.created", "credit_note", "cn_1"),
        ("customer.subscription.updated", "subscription", "sub_1"),
    ],
)
def test_an_event_of_stripe_names_its_object(kind: str, about: str, id: str) -> None:
    """What it is about, and nothing of what it says of that: it is read again."""
    told = {"object": about, "id": id, "status": "whatever", "charge": "ch_other"}
    body = json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": told}}).encode()
    at = int(NOW.timestamp())
    signature = hmac.digest(SECRET.encode(), f"{at}.".encode() + body, "sha256").hex()
    found = stripe.verify([SECRET], {"stripe-signature": f"t={at},v1={signature}"}, body, NOW)

    assert found == BillingEvent("stripe", "evt_1", kind, Ref("stripe", about, id))
