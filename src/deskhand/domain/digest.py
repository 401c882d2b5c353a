"""One way to fingerprint a value: SHA-256 over its canonical JSON."""

import hashlib
import json


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; the same value gives the same text on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """SHA-256 of `canonical(value)`, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
