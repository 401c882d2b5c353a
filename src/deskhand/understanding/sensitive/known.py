"""What the customer's record says of them: found as it is written there."""

import re
from collections.abc import Iterator, Mapping

from deskhand.domain.contact import Contact
from deskhand.understanding.sensitive.found import Found

WORDLIKE = re.compile(r"\w")
SHORTEST = 3  # characters: "Al" is in too many sentences


def known_values(text: str, known: Mapping[Contact, str]) -> Iterator[Found]:
    """In any case of letters; of a name also its first and last part, with the capitals it has."""
    for kind, value in known.items():
        if len(value) >= SHORTEST and not set(value) & set("[]{}"):
            yield from (Found(*span, kind) for span in _whole(_lower(text), _lower(value)))
    name = known.get(Contact.NAME, "").split()
    for part in {name[0], name[-1]} if len(name) > 1 else ():
        if len(part) >= SHORTEST and part[0].isupper() and part.isalpha():
            yield from (Found(*span, Contact.NAME) for span in _whole(text, part))


def _lower(text: str) -> str:
    """In small letters, and not longer: U+0130 is the one letter that becomes two."""
    return text.replace("\u0130", "I").lower()


def _whole(text: str, value: str) -> Iterator[tuple[int, int]]:
    """Where this stands and is no part of a longer word. Searched as text: a pattern would be compiled for each
    customer anew."""
    start = text.find(value)
    while start >= 0:
        end = start + len(value)
        if not WORDLIKE.fullmatch(text[start - 1 : start]) and not WORDLIKE.fullmatch(text[end : end + 1]):
            yield start, end
        start = text.find(value, start + 1)
