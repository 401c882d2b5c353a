"""Is this delivery really from them, and is it fresh?"""

import base64
import hmac
from datetime import datetime

from deskhand.domain.errors import Forged, Stale

FRESH = 300  # seconds, both ways: a clock may be ahead


def hmac_sha256(secret: str, text: bytes) -> bytes:
    return hmac.digest(secret.encode(), text, "sha256")


def base64_of(value: bytes) -> str:
    return base64.b64encode(value).decode()


def one_fits(ours: list[str], theirs: list[str]) -> None:
    """`Forged` unless one of our signatures (one a secret, while a secret is being changed) is one of theirs."""
    pairs = [hmac.compare_digest(mine.encode(), one.encode()) for mine in ours for one in theirs]
    if not any(pairs):
        raise Forged("the signature does not fit")


def fresh(stamp: float, now: datetime) -> None:
    """`Stale` when the stamp (seconds since 1970) is more than five minutes away from our clock."""
    if not abs(now.timestamp() - stamp) <= FRESH:
        raise Stale("the time stamp is too far from our clock")
