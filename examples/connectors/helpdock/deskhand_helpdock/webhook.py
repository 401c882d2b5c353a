"""HelpDock's signed events: which message of which ticket to read."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskhand.connectors.http.signatures import fresh, hmac_sha256, one_fits
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Forged, Malformed
from deskhand.domain.ref import Ref
from deskhand_helpdock import SYSTEM

SIGNATURE = "helpdock-signature"
PARTS = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")
EVENT = re.compile(r"[\w-]{1,100}", re.ASCII)


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
    """The delivery, when one of our secrets signed it within five minutes; None when it is no customer's message.

    Header names are in lower case. `Forged`, `Stale` or `Malformed` otherwise.
    """
    signed = PARTS.fullmatch(headers.get(SIGNATURE, ""))
    if signed is None:
        raise Forged("there is no signature that could be read")
    stamp, theirs = signed.groups()
    ours = [hmac_sha256(one, stamp.encode() + b"." + body).hex() for one in secrets if one]
    one_fits(ours, [theirs])
    fresh(float(stamp), now)
    try:
        event = json.loads(body)
        if event["kind"] != "message" or event["by"] != "customer" or event["public"] is not True:
            return None
        id, ticket, message = str(event["id"]), int(event["ticket"]), int(event["message"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed(f"no event: {type(error).__name__}") from error
    if not EVENT.fullmatch(id) or ticket < 0 or message < 0:
        raise Malformed("ids are not ids")
    return Delivery(SYSTEM, id, str(Ref(SYSTEM, "ticket", str(ticket))), str(message), SYSTEM, now)
