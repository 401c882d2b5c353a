"""How an effect's key travels at Freshdesk, which has no place for it: in the same request as the effect.

A reply or a note ends with a small line that everybody can read, `ref:dh_...`: both are there or neither. A comment or
an attribute of the HTML would not be seen, but nobody promises that it stays. A change of a ticket, and a new ticket,
carry a tag.
"""

import hashlib
import re

from deskhand.domain.effect import by_ai

AI = " ai-generated"  # behind the reference of what the assistant wrote: Freshdesk has no place for that either
REFERENCE = re.compile(rf"\s{{0,99}}\bref:dh_[0-9a-f]{{20}}(?:{AI})?\s*$")
ANY = re.compile(r"\bref:(dh_[0-9a-f]{20})(?![0-9a-f])")
CHANGED, CREATED = "dh_", "dhn_"  # tags: what we changed, and what we opened


def mark(key: str) -> str:
    return CHANGED + _short(key)


def mark_of_new(key: str) -> str:
    return CREATED + _short(key)


def reference(key: str) -> str:
    """With what tells machines that an AI wrote it, where one did."""
    return f"ref:{mark(key)}{AI if by_ai(key) else ''}"


def marked(text: str, key: str) -> bool:
    """Whether this is the last reference in it: one that comes before is quoted."""
    return ANY.findall(text)[-1:] == [mark(key)]


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]
