"""Jira's webhook."""

import json
from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import NOW, SECRET, deliveries, mac

from deskhand.connectors.jira import webhook
from deskhand.domain.errors import Rejected

COMMENT = json.loads(Path("tests/connectors/jira_comment_created.json").read_text("utf-8"))
ISSUE = {key: value for key, value in COMMENT.items() if key != "comment"} | {
    "webhookEvent": webhook.ISSUE,
    "user": {"accountId": "5b10a2844c20165700ede21g"},
}


def sign(body: bytes, stamp: str) -> dict[str, str]:
    return {webhook.SIGNATURE: f"sha256={mac(body).hex()}", webhook.IDENTIFIER: stamp}


DOORS = [
    Door(
        "jira webhook",
        deliveries(sign, "delivery-1", bodies(COMMENT, ISSUE), webhook.SIGNATURE),
        lambda given: webhook.verify([SECRET], "own", "DESK", given[0], given[1], NOW),
        (Rejected,),
        once=((sign(b"[" * 100_000, "1"), b"[" * 100_000),),
        long=((sign(b'{"a":[' * 500_000, "1"), b'{"a":[' * 500_000),),
    )
]
