"""Slack's events."""

from tests.fuzz.door import Door
from tests.fuzz.mutating import bodies
from tests.fuzz.signing import AT, NOW, SECRET, Signed, beside_words, deliveries, mac, raw

from deskhand.connectors.slack import webhook
from deskhand.domain.errors import Rejected
from deskhand.domain.ticket import Requester

FILE = {"name": "invoice.pdf", "mimetype": "application/pdf", "size": 1200}
SAID = {"type": "message", "channel": "C1", "user": "U1", "text": "<@U2> I was charged <https://a.example|twice>"}
SAMPLE = {
    "type": "event_callback",
    "event_id": "Ev1",
    "team_id": "T1",
    "event": {**SAID, "ts": "1795460269.000100", "thread_ts": "1795460200.000100", "files": [FILE]},
}
CHALLENGE = {"type": "url_verification", "challenge": "3eZb"}


def sign(body: bytes, stamp: str) -> dict[str, str]:
    signature = "v0=" + mac(b"v0:" + raw(stamp) + b":" + body).hex()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}


def signed(body: bytes) -> Signed:
    return sign(body, AT), body


def read(given: Signed) -> object:
    told = webhook.verify([SECRET], given[0], given[1], NOW)
    return beside_words(webhook.read(told, ["C1"], lambda user: Requester("Ada", "ada@example.com", verified=False)))


DOORS = [
    Door(
        "slack webhook",
        deliveries(sign, AT, bodies(SAMPLE, CHALLENGE), "x-slack-signature"),
        read,
        (Rejected,),
        once=(
            signed(b'{"type": "url_verification", "challenge": "\\ud800"}'),
            signed(b'{"type": "event_callback", "event": {"type": "message", "channel": {}}}'),
            signed(b"[" * 100_000),
        ),
        long=(signed(b'{"a":[' * 500_000),),
    )
]
