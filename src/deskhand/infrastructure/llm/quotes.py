"""Finds what a model quotes: copied words come back with other spaces, quotation marks or capitals."""

import re

SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2013": "-", "\u2039": "<"}
)
LONGEST = 2000  # characters of a quote


def stands_in(quote: str, text: str) -> str:
    """The words of the text that are quoted, letter for letter; "" when they are not there."""
    if not quote.strip() or len(quote) > LONGEST:
        return ""
    if quote in text:
        return quote
    words = [re.escape(word) for word in quote.translate(SAME).split()]
    found = re.search(r"\s+".join(words), text.translate(SAME), re.IGNORECASE)  # one letter for one: places stay
    return text[found.start() : found.end()] if found else ""
