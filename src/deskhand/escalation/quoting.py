"""The customer's words beside a fact or a reason: on one line, in quotes, and not too long."""

LONGEST = 160  # characters of a quote


def shortened(words: str, longest: int) -> str:
    """On one line, cut off where it is longer."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}\u2026"


def quoted(words: str) -> str:
    return f'"{shortened(words, LONGEST)}"'
