"""Text of others in a prompt: data between two marks, which nothing inside can imitate."""

import re

MARK = re.compile(r"<(?=\s*/?\s*data)", re.IGNORECASE)
LONGEST = 8000  # characters


def fenced(label: str, text: str) -> str:
    """The text as data. What does not fit is cut, and the cut is told."""
    plain = "".join(c for c in text if c.isprintable() or c in "\n\t")
    cut = f"\n[{len(plain) - LONGEST} characters left out]" if len(plain) > LONGEST else ""
    return f"<data {label}>\n{MARK.sub('(', plain[:LONGEST])}{cut}\n</data>"
