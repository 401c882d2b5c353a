"""A fence around strangers' text in a prompt: whatever it says, it stays data, and only we can end it."""

import re
import unicodedata

LONGEST = 8000  # characters of one text
STRANGE = re.compile(r"[^\w .,:/#@+-]")  # what has no place in a label
KEPT = frozenset("\n\t")
UNSEEN = frozenset("Cc Cf Cs Co Cn".split())  # controls, zero width, direction, half characters, what means nothing
# Letters and marks that nobody sees: selectors of variants, fillers, the blank of Braille.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
BRACKETS = str.maketrans(dict.fromkeys("<\uff1c\ufe64\u2329\u27e8\u3008\u02c2\u276e\u1438", "\u2039"))


def fenced(label: str, text: str) -> str:
    """`text` between <data LABEL> and </data>, as a model may see it. What does not fit is cut, and behind the end,
    where no text can say it, stands how much.

    Inside stands no "<": it is written as its likeness U+2039, one character for one, and so is all that looks like it.
    What nobody sees is removed: controls, zero-width and direction marks. The same text gives the same fence, so that
    what a provider has cached stays of use.
    """
    seen = visible(text[: 2 * LONGEST])
    left_out = max(0, len(text) - 2 * LONGEST) + max(0, len(seen) - LONGEST)
    cut = f"\n[{left_out} characters left out]" if left_out else ""
    return f"<data {STRANGE.sub('_', visible(label))}>\n{seen[:LONGEST]}\n</data>{cut}"


def visible(text: str) -> str:
    """What a person would see of it, with one kind of line end and one opening angle bracket, which ends no fence."""
    lines = LINE_ENDS.sub("\n", text)
    seen = "".join(c for c in lines if c in KEPT or unicodedata.category(c) not in UNSEEN)
    return BLANK.sub("", seen).translate(BRACKETS)
