"""Standard Webhooks signatures: id, time stamp and raw body under a shared secret; two secrets while one is changed."""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskhand.connectors.http.signatures import base64_of, fresh, one_fits
from deskhand.domain.errors import Forged

ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")
SHORTEST = 24  # bytes of a secret


def key_of(secret: str) -> bytes:
    """From "whsec_" and base64. ValueError, with a sentence, for anything else."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a secret is whsec_ and then base64") from error
    if len(key) < SHORTEST:
        raise ValueError(f"a secret has at least {SHORTEST} bytes: a shorter one can be guessed")
    return key


def verify(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of the delivery. `Forged` or `Stale` unless it is signed with one of these keys, and fresh."""
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not ID.fullmatch(id) or not re.fullmatch(r"[0-9]{1,12}", stamp):
        raise Forged("no id or no time stamp")
    theirs = [one.removeprefix("v1,") for one in headers.get("webhook-signature", "").split() if one.startswith("v1,")]
    one_fits([_signature(key, id, stamp, body) for key in keys], theirs)
    fresh(float(stamp), now)
    return id


def signed(keys: Sequence[bytes], id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of a delivery of ours, with a signature for each key."""
    stamp = str(int(now.timestamp()))
    signatures = " ".join(f"v1,{_signature(key, id, stamp, body)}" for key in keys)
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signatures}


def _signature(key: bytes, id: str, stamp: str, body: bytes) -> str:
    return base64_of(hmac.digest(key, f"{id}.{stamp}.".encode() + body, "sha256"))
