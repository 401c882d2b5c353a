"""From the body of a reply to the letter: a greeting before, the signature behind, receipts filled in last."""

import re
from collections.abc import Mapping, Sequence

from deskhand.domain.action import Receipt
from deskhand.domain.phrases import phrases_in
from deskhand.procedures.spoken import plain
from deskhand.workflows.desk import Voice

PLACE = re.compile(r"\{\{\s*receipts\.(\d+)\.(\w+)(?:\s*\|\s*\w+)?\s*\}\}")


def fill(reply: str, receipts: Mapping[int, Receipt]) -> str:
    """{{ receipts.0.id }} and {{ receipts.0.amount }} become what the receipt of action 0 says."""

    def value(place: re.Match[str]) -> str:
        receipt = receipts[int(place[1])]
        return receipt.id if place[2] == "id" else receipt.details[place[2]]

    return PLACE.sub(value, reply)


def with_links(letter: str, links: Sequence[str], signature: str, language: str) -> str:
    """The letter with the addresses of its receipts before the signature, or at the end when it has none."""
    return with_lines(letter, [phrases_in(language).receipt.format(link=link) for link in links], signature)


def with_lines(letter: str, added: Sequence[str], signature: str) -> str:
    """The letter with these lines before the signature, or at the end when it has none."""
    if not added:
        return letter
    lines = "\n".join(added)
    body, found, rest = letter.rpartition(f"\n\n{signature}")
    return f"{body}\n\n{lines}{found}{rest}" if found else f"{letter}\n\n{lines}"


def outline(reply: str) -> str:
    """The reply before anything is done: what a receipt will tell stands in brackets."""
    return PLACE.sub(lambda place: f"[{place[2]} follows]", reply)


def foreign(text: str, reply: str) -> str:
    """The first place in this text that the reply does not have, or "": nothing would fill it."""
    ours = {(found[1], found[2]) for found in PLACE.finditer(reply)}
    return next((found[0] for found in PLACE.finditer(text) if (found[1], found[2]) not in ours), "")


def dress(body: str, name: str, voice: Voice, language: str) -> str:
    """As a letter to the customer in this language; `name` is their full name, or empty."""
    return f"{phrases_in(language).greeting(plain(name))}\n\n{body.strip()}\n\n{voice.signature}"
