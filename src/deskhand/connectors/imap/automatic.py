"""Whether a machine wrote a letter, so that answering it would be talking to nobody, or to ourselves for ever."""

import re
from collections.abc import Collection

from deskhand.connectors.imap.headers import Letter, raw, sender

BULK = re.compile(r"\s*(bulk|list|junk|auto_reply)\b", re.IGNORECASE)
MACHINES = re.compile(r"(?:mailer-daemon|postmaster|bounces?(?:[+-].*)?)@", re.IGNORECASE)
LISTS = ("list-id", "list-unsubscribe", "list-post")


def automatic(letter: Letter, own: Collection[str]) -> str:
    """Why it is not to be answered, in a few words; "" for a person's letter. `own`: our addresses."""
    address = sender(letter)[1].casefold()
    if address and _bare(address) in {one.casefold() for one in own}:
        return "our own address"
    if any(one.split(";")[0].strip().lower() != "no" for one in raw(letter, "auto-submitted")):
        return "submitted by a machine"
    if any(BULK.match(one) for one in raw(letter, "precedence")):
        return "bulk mail"
    if any(raw(letter, name) for name in LISTS):
        return "a mailing list"
    if any(one.strip() == "<>" for one in raw(letter, "return-path")) or MACHINES.match(address):
        return "a bounce"
    if raw(letter, "x-auto-response-suppress") or raw(letter, "x-autoreply") or raw(letter, "x-autorespond"):
        return "wants no answer of a machine"
    if letter.get_content_type() == "multipart/report":
        return "a report on delivery"
    return ""


def _bare(address: str) -> str:
    """Without what stands after a plus: that may be the token of a conversation."""
    name, _, domain = address.rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"
