"""What the customer's record says of them: found as it is written there."""

import re
from collections.abc import Iterator, Mapping

from deskhand.domain.contact import Contact
from deskhand.understanding.sensitive.found import Found

SHORTEST = 3  # characters: "Al" is in too many sentences


def known_values(text: str, known: Mapping[Contact, str]) -> Iterator[Found]:
    """In any case of letters; of a name also its first and last part, with the capitals it has."""
    for kind, value in known.items():
        if len(value) >= SHORTEST and not set(value) & set("[]{}"):
            whole = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", re.IGNORECASE)
            yield from (Found(*one.span(), kind) for one in whole.finditer(text))
    name = known.get(Contact.NAME, "").split()
    for part in {name[0], name[-1]} if len(name) > 1 else ():
        if len(part) >= SHORTEST and part[0].isupper() and part.isalpha():
            yield from (
                Found(*one.span(), Contact.NAME) for one in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)
            )
