"""How an effect's key travels on a ticket: a tag in the same request as the comment, so both exist or neither."""

import hashlib


def mark(key: str) -> str:
    return f"dh_{hashlib.sha256(key.encode()).hexdigest()[:20]}"
