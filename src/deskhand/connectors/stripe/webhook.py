"""Stripe's signed events."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskhand.connectors.http.signatures import fresh, hmac_sha256, one_fits
from deskhand.connectors.stripe import SYSTEM
from deskhand.domain.delivery import BillingEvent
from deskhand.domain.errors import Forged, Malformed
from deskhand.domain.ref import Ref

NAME = re.compile(r"[\w.-]{1,255}", re.ASCII)


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> BillingEvent:
    """The event, when one of our secrets signed it within five minutes. Header names are in lower case."""
    pairs = [part.strip().partition("=") for part in headers.get("stripe-signature", "").split(",")]
    stamp = next((value for name, _, value in pairs if name == "t"), "")
    if not stamp.isascii() or not stamp.isdigit():
        raise Forged("there is no signature")
    ours = [hmac_sha256(secret, f"{stamp}.".encode() + body).hex() for secret in secrets]
    one_fits(ours, [value for name, _, value in pairs if name == "v1"])
    fresh(float(stamp), now)
    try:
        event = json.loads(body)
        about = event["data"]["object"]
        if not all(NAME.fullmatch(one) for one in (event["id"], event["type"], about["object"], about["id"])):
            raise Malformed("ids are not ids")
        return BillingEvent(SYSTEM, event["id"], event["type"], Ref(SYSTEM, about["object"], about["id"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed(f"no event: {type(error).__name__}") from error
