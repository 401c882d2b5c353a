"""Zendesk's webhook."""

import json
from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import NOW, SECRET, base64_mac, deliveries

from deskhand.connectors.zendesk import webhook
from deskhand.domain.errors import Rejected

SAMPLE = json.loads(Path("tests/connectors/zendesk_comment_added.json").read_text("utf-8"))


def sign(body: bytes, stamp: str) -> dict[str, str]:
    return {
        webhook.STAMP: stamp,
        webhook.SIGNATURE: base64_mac(stamp.encode() + body),
        webhook.INVOCATION: "invocation-1",
    }


def signed(body: bytes) -> tuple[dict[str, str], bytes]:
    return sign(body, NOW.isoformat()), body


DOORS = [
    Door(
        "zendesk webhook",
        deliveries(sign, NOW.isoformat(), bodies(SAMPLE), webhook.SIGNATURE, webhook.INVOCATION),
        lambda given: webhook.verify([SECRET], given[0], given[1], NOW),
        (Rejected,),
        once=(signed(b"[" * 100_000), signed(b"1" * 5_000)),
        long=(signed(b'{"a":[' * 500_000), signed(json.dumps({**SAMPLE, "more": ["x"] * 200_000}).encode())),
    )
]
