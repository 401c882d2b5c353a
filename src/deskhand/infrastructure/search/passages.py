"""Cuts an article into passages: at its headings first, then at paragraphs, so that each fits the model."""

import re
from collections.abc import Iterator

from deskhand.domain.article import Article, Passage

LONGEST = 180  # words; the model reads 256 tokens, title and headings among them
HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
FENCE = re.compile(r"[ \t]*(```|~~~)")


def passages(article: Article) -> tuple[Passage, ...]:
    """In the order of the text; each `text` stands in the article letter for letter."""
    return tuple(
        Passage(article.source, article.title, heading, piece, article.digest)
        for heading, body in _sections(article.text)
        for piece in _pieces(body)
    )


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each stretch between two headings with the path of headings above it. A # in a code block is no heading."""
    path: list[tuple[int, str]] = []
    start = position = 0
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else HEADING.match(line.rstrip())
        if heading:
            yield _named(path), text[start:position]
            level = len(heading[1])
            path = [*(above for above in path if above[0] < level), (level, heading[2])]
            start = position + len(line)
        position += len(line)
    yield _named(path), text[start:]


def _named(path: list[tuple[int, str]]) -> str:
    return " > ".join(name for _, name in path)


def _pieces(body: str) -> Iterator[str]:
    """Whole paragraphs while they fit; a longer paragraph is cut at line ends, sentence ends, then words."""
    for joint in (r"\n[ \t]*\n", r"\n", r"(?<=[.!?])\s+", r"\s+"):
        if len(body.split()) <= LONGEST:
            break
        parts = _cut(body, joint)
        if len(parts) > 1:
            for packed in _packed(body, parts):
                yield from _pieces(packed)
            return
    if body.strip():
        yield body.strip()


def _cut(body: str, joint: str) -> list[tuple[int, int]]:
    joints = [found.span() for found in re.finditer(joint, body)]
    starts = [0, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), len(body)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if body[start:end].strip()]


def _packed(body: str, parts: list[tuple[int, int]]) -> Iterator[str]:
    first, last = parts[0]
    for start, end in parts[1:]:
        if len(body[first:end].split()) > LONGEST:
            yield body[first:last]
            first = start
        last = end
    yield body[first:last]
