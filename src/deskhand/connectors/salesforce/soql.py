"""Questions to Salesforce: constants, names of fields, and values that stay values."""

from collections.abc import Iterable

SPECIAL = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
ESCAPES = str.maketrans(SPECIAL)


def quoted(text: str) -> str:
    """A literal that holds exactly this text, whatever is in it."""
    return f"'{text.translate(ESCAPES)}'"


def digits_within(digits: str) -> str:
    """A pattern for LIKE: these digits in this order at the end, with anything between them."""
    return quoted("%" + "%".join(filter(str.isdecimal, digits)))


def select(fields: Iterable[str], kind: str, where: str) -> str:
    """Every field once, whoever asks for it."""
    # Names of ours; values are quoted by `text`.
    return f"SELECT {', '.join(dict.fromkeys(fields))} FROM {kind} WHERE {where}"  # nosec B608
