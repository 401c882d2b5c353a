"""Zendesk's signed events: which comment of which ticket to read."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskhand.connectors.http.signatures import base64_of, fresh, hmac_sha256, one_fits
from deskhand.connectors.zendesk import SYSTEM
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Forged, Malformed
from deskhand.domain.ref import Ref

STAMP = "x-zendesk-webhook-signature-timestamp"
SIGNATURE = "x-zendesk-webhook-signature"
INVOCATION = "x-zendesk-webhook-invocation-id"
COMMENT = "zen:event-type:ticket.comment_added"
NUMBER = re.compile(r"[0-9]{1,20}")
NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
    """The delivery, when one of our secrets signed it within five minutes; None when it is no customer's comment.

    Header names are in lower case. `Forged`, `Stale` or `Malformed` otherwise; nothing of the body is trusted but ids.
    """
    stamp, theirs = headers.get(STAMP, ""), headers.get(SIGNATURE, "")
    one_fits([base64_of(hmac_sha256(secret, stamp.encode() + body)) for secret in secrets], [theirs])
    try:
        sent = datetime.fromisoformat(stamp)
    except ValueError as error:
        raise Forged("the time stamp cannot be read") from error
    if sent.tzinfo is None:
        raise Forged("the time stamp has no zone")
    fresh(sent.timestamp(), now)
    return _delivery(headers, body, now)


def _delivery(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
    try:
        event = json.loads(body)
        if event["type"] != COMMENT:
            return None
        comment, detail = event["event"]["comment"], event["detail"]
        author = comment["author"]
        if not isinstance(comment["is_public"], bool) or not isinstance(author["is_staff"], bool):
            raise Malformed("who wrote it, and for whom, is neither yes nor no")
        by_requester = str(detail.get("requester_id", author["id"])) == str(author["id"])
        if not comment["is_public"] or author["is_staff"] or not by_requester:
            return None
        delivery = headers.get(INVOCATION) or event["id"]
        channel = (detail.get("via") or {}).get("channel") or SYSTEM
        ticket, message = str(detail["id"]), str(comment["id"])
        if not (NUMBER.fullmatch(ticket) and NUMBER.fullmatch(message) and NAME.fullmatch(delivery)):
            raise Malformed("ids are not ids")
        if not NAME.fullmatch(channel):
            raise Malformed("the channel is no word")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed(f"no event: {type(error).__name__}") from error
    return Delivery(SYSTEM, delivery, str(Ref(SYSTEM, "ticket", ticket)), message, channel, now)
