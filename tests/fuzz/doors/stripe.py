"""Stripe's webhook."""

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import AT, NOW, SECRET, deliveries, mac, raw

from deskhand.connectors.stripe import webhook
from deskhand.domain.errors import Rejected

SAMPLE = {
    "id": "evt_1",
    "object": "event",
    "type": "charge.refunded",
    "data": {"object": {"id": "ch_1", "object": "charge", "amount": 2900, "refunded": True}},
}


def sign(body: bytes, stamp: str) -> dict[str, str]:
    return {"stripe-signature": f"t={stamp},v1={mac(raw(stamp) + b'.' + body).hex()}"}


def signed(body: bytes) -> tuple[dict[str, str], bytes]:
    return sign(body, AT), body


DOORS = [
    Door(
        "stripe webhook",
        deliveries(sign, AT, bodies(SAMPLE), "stripe-signature"),
        lambda given: webhook.verify([SECRET], given[0], given[1], NOW),
        (Rejected,),
        once=(signed(b"[" * 100_000), signed(b'"data"'), (sign(b"{}", "9" * 5_000), b"{}")),
        long=(signed(b'{"a":[' * 500_000), ({"stripe-signature": "t=1,v1=" + ",v1=" * 10_000}, b"{}")),
    )
]
