"""How an effect's key travels: as the last line of a note or a task, in the one request that makes it."""

import hashlib
import html
import re

BREAK = "<br>"
LAST = re.compile(r"\[(dh_[0-9a-f]{40})\]\s*(?:</[a-z]+>\s*)*\Z")


def mark(key: str) -> str:
    return f"dh_{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def marked(text: str, key: str) -> str:
    """The text as HubSpot keeps it, with the mark as its last line."""
    return html.escape(text, quote=False).replace("\n", BREAK) + f"{BREAK}[{mark(key)}]"


def marked_by(body: str) -> str:
    """The mark in the last line; empty when there is none. What the text itself says before it counts for nothing."""
    found = LAST.search(body)
    return found[1] if found else ""


def text_of(body: str) -> str:
    """What was written, without the mark."""
    whole = LAST.sub("", body).removesuffix(BREAK)
    return html.unescape(whole.replace(BREAK, "\n"))
