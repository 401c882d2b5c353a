"""The address of a receipt, of an opt-out, or of a rating: it names one thing, and takes the desk's secret."""

import base64
import binascii
import hmac

RECEIPT, OPT_OUT, RATING = "receipt", "opt-out", "rating"


def token_of(key: str, secret: bytes, of: str = RECEIPT) -> str:
    """For an address: letters, digits, "-", "_" and one ".". A token of one kind is none of another."""
    name = base64.urlsafe_b64encode(key.encode()).decode("ascii").rstrip("=")
    return f"{name}.{_seal(key, secret, of)}"


def key_of(token: str, secret: bytes, of: str = RECEIPT) -> str | None:
    """What it names: the effect's key, the customer, the ticket; or None for anything that we did not write."""
    name = token.partition(".")[0]
    try:
        key = base64.b64decode(name + "=" * (-len(name) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return key if hmac.compare_digest(token_of(key, secret, of).encode(), token.encode()) else None


def _seal(key: str, secret: bytes, of: str) -> str:
    return hmac.digest(secret, f"{of}/{key}".encode(), "sha256").hex()[:40]
