"""Freshdesk's webhook, which nothing signs but a header."""

import json

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import NOW, SECRET, deliveries

from deskhand.connectors.freshdesk import webhook
from deskhand.domain.errors import Rejected

SAMPLES = ({"ticket_id": 71}, {"freshdesk_webhook": {"ticket_id": "71", "ticket_status": "Open"}})


def sign(body: bytes, stamp: str) -> dict[str, str]:
    return {webhook.TOKEN: SECRET}


DOORS = [
    Door(
        "freshdesk webhook",
        deliveries(sign, "", bodies(*SAMPLES), webhook.TOKEN),
        lambda given: webhook.verify([SECRET], given[0], given[1], NOW),
        (Rejected,),
        once=((sign(b"", ""), b"[" * 100_000), (sign(b"", ""), b'{"ticket_id": true}')),
        long=((sign(b"", ""), b'{"a":[' * 500_000), (sign(b"", ""), json.dumps({"more": ["x"] * 200_000}).encode())),
    )
]
