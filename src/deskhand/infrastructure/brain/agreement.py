"""A yes or a no to our own question: only short messages from fixed lists count."""

import re
from functools import cache

from deskhand.infrastructure.brain.lists import words

LONGEST = 6  # words; a longer message says more than yes
FILLERS = re.compile(r"\b(?:please|pls|plz|thanks|thank you|thx|cheers)\b")
SIGNS = {"👍": True, "👌": True, "✅": True, "👎": False, "❌": False}


def says(text: str) -> bool | None:
    """True for yes, False for no, None for anything else."""
    bare = text.strip()
    if len(bare) <= 3 and bare[:1] in SIGNS:
        return SIGNS[bare[:1]]
    plain = " ".join(re.sub(r"[^\w' ]", " ", bare.lower().replace("\u2019", "'")).split())
    if len(plain.split()) > LONGEST:
        return None
    known = _known()
    return known.get(plain, known.get(" ".join(FILLERS.sub(" ", plain).split())))


@cache
def _known() -> dict[str, bool]:
    said = words("agreement")
    return {phrase: name == "yes" for name, phrases in said.items() for phrase in phrases.split("\n") if phrase}
