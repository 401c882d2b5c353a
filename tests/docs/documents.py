"""The documents of this repository, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    file
    for file in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("**/README.md"))
    if ".deskhand" not in file.parts
)
FENCED = re.compile(r"^ *(?P<fence>```+)(?P<of>[a-z]*)[^\n]*\n(?P<block>.*?)^ *(?P=fence)", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?<=\n\n)(?:    [^\n]*\n|\n(?=    ))+")


def blocks(text: str, of: str | None = None) -> Iterator[str]:
    """Each block of code but those that say of themselves that they are `text`; with `of`, of that language alone."""
    for found in FENCED.finditer(text):
        if found["of"] == of or (of is None and found["of"] != "text"):
            yield found["block"]
    if of is None:
        yield from INDENTED.findall(FENCED.sub("", text))


def prose(text: str) -> str:
    """Without blocks and spans of code: what is left is read as Markdown."""
    return re.sub(r"`[^`\n]+`", "", FENCED.sub("", text))
