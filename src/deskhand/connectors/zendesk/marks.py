"""How an effect's key travels on a ticket: a tag in the same request as the change, so both exist or neither."""

import hashlib

OURS = "dh_"


def mark(key: str) -> str:
    return f"{OURS}{hashlib.sha256(key.encode()).hexdigest()[:20]}"
