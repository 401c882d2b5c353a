"""A yes or a no to our own question, in twelve languages: only whole messages from fixed lists count."""

import re
from functools import cache

from deskhand.infrastructure.brain.lists import agreements

LONGEST = 6  # words; a longer message says more than yes
FILLERS = re.compile(
    r"\b(?:please|pls|plz|thanks|thank you|thx|cheers|bitte|danke|vielen dank|merci|svp|s'il vous plaît|por favor"
    r"|gracias|grazie|per favore|obrigad[oa]|alstublieft|dank u|bedankt|tak|tack|venligst|kiitos|dziękuję|proszę|děkuji"
    r"|prosím)\b"
)
SIGNS = {"👍": True, "👌": True, "✅": True, "👎": False, "❌": False}
QUESTION = re.compile(r"[?\uff1f]")


def says(text: str, language: str = "en") -> bool | None:
    """True for yes, False for no, None for anything else. `language` is that of the conversation.

    In doubt it is None: a yes permits an action.
    """
    bare = text.strip()
    if len(bare) <= 3 and bare[:1] in SIGNS:
        return SIGNS[bare[:1]]
    if QUESTION.search(bare):
        return None
    plain = " ".join(re.sub(r"[^\w' ]", " ", bare.lower().replace("\u2019", "'")).split())
    if len(plain.split()) > LONGEST:
        return None
    known = _known(language)
    return known.get(plain, known.get(" ".join(FILLERS.sub(" ", plain).split())))


@cache
def _known(language: str) -> dict[str, bool]:
    """What counts in a conversation of this language: every list, without the words that it would read otherwise."""
    lists, doubtful = agreements()
    own = lists.get(language, {})
    others = {phrase: yes for said in lists.values() for phrase, yes in said.items() if phrase not in doubtful}
    return {**others, **own}
