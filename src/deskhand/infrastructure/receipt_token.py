"""The address of a receipt: it names one effect, and nobody can make one who does not know the desk's secret."""

import base64
import binascii
import hmac


def token_of(key: str, secret: bytes) -> str:
    """For an address: letters, digits, "-", "_" and one "."."""
    name = base64.urlsafe_b64encode(key.encode()).decode("ascii").rstrip("=")
    return f"{name}.{_seal(key, secret)}"


def key_of(token: str, secret: bytes) -> str | None:
    """The effect's key, or None for anything that we did not write."""
    name = token.partition(".")[0]
    try:
        key = base64.b64decode(name + "=" * (-len(name) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return key if hmac.compare_digest(token_of(key, secret).encode(), token.encode()) else None


def _seal(key: str, secret: bytes) -> str:
    return hmac.digest(secret, b"receipt/" + key.encode(), "sha256").hex()[:40]
