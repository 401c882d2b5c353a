"""Hooks of a company's own: signatures by the standard, and fields where the desk says."""

import base64
import hmac

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import AT, NOW, Signed, beside_words, deliveries, raw

from deskhand.connectors.webhook.mapping import Mapped
from deskhand.connectors.webhook.standard import signed, verify
from deskhand.domain.errors import Rejected

KEY = b"k" * 32
MAPPED = Mapped("ticket.id", "from.0.email", "message.text", "from.0.name", "ticket.subject", {"kind": "message"})
SAMPLE = {
    "kind": "message",
    "ticket": {"id": 71, "subject": "Charged twice"},
    "from": [{"email": "ada@example.com", "name": "Ada"}],
    "message": {"text": "I was charged twice."},
}


def sign(body: bytes, stamp: str) -> dict[str, str]:
    mark = base64.b64encode(hmac.digest(KEY, b"id-1." + raw(stamp) + b"." + body, "sha256")).decode()
    return {"webhook-id": "id-1", "webhook-timestamp": stamp, "webhook-signature": f"v1,{mark}"}


def read(given: Signed) -> object:
    return beside_words(MAPPED.read("shop", verify([KEY], given[0], given[1], NOW), given[1]))


DOORS = [
    Door(
        "generic webhook",
        deliveries(sign, AT, bodies(SAMPLE), "webhook-id", "webhook-signature"),
        read,
        (Rejected,),
        once=((signed([KEY], "id-1", b"[" * 100_000, NOW), b"[" * 100_000),),
        long=((signed([KEY], "id-1", b'{"a":[' * 500_000, NOW), b'{"a":[' * 500_000),),
    )
]
