"""The part of our address that names a conversation: nobody can make one who does not know the desk's secret."""

import hmac
import re

FORM = re.compile(r"t([0-9a-f]{20})\.([0-9a-f]{20})", re.IGNORECASE)


def thread_token(conversation: str, secret: bytes) -> str:
    """For behind the plus of an address; "" for a conversation of another kind than e-mail."""
    channel, _, name = conversation.partition(".")
    return f"t{name}.{_seal(conversation, secret)}" if channel == "email" else ""


def thread_of(token: str, secret: bytes) -> str:
    """The conversation, or "" for anything that we did not write. Some servers change the case of an address."""
    found = FORM.fullmatch(token)
    if not found:
        return ""
    conversation = f"email.{found[1].lower()}"
    return conversation if hmac.compare_digest(_seal(conversation, secret), found[2].lower()) else ""


def _seal(conversation: str, secret: bytes) -> str:
    return hmac.digest(secret, b"thread/" + conversation.encode(), "sha256").hex()[:20]
