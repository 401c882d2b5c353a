"""How an effect's key travels: a property of a comment, else a label or a field, in the same request as the change."""

import hashlib

OURS = "dh_"
EFFECT = "deskhand.effect"  # the property of a comment that holds the key
INTERNAL = "sd.public.comment"  # the property of a comment by which Jira keeps it among agents


def mark(key: str) -> str:
    return f"{OURS}{hashlib.sha256(key.encode()).hexdigest()[:20]}"
