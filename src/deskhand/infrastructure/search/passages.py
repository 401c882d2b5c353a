"""Cuts an article into passages: at its headings first, then between blocks, so that each fits the model."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deskhand.domain.article import Article, Passage

RULES = "2"  # how articles are cut; another number, and all of them are cut and embedded anew
LONGEST = 180  # words; the model reads 256 tokens, title and headings among them
LONGEST_CODE = 900  # words of a block of code that stays whole
LONGEST_HEADER = 300  # characters of a table's header
HEADING = re.compile(r"(#{1,6})[ \t]++(.*)$")
FENCE = re.compile(r"[ \t]*(```|~~~)")
ROW = re.compile(r"[ \t]*\|")
RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t:|-]*+)?$")
JOINTS = (r"\n", r"(?<=[.!?])\s+", r"\s+")


@dataclass(frozen=True)
class _Stretch:
    """`header` is that of the table whose later rows these are."""

    start: int
    end: int
    words: int
    header: str = ""


def passages(article: Article) -> tuple[Passage, ...]:
    """In the order of the text; each `text` stands in the article letter for letter, at its `start`."""
    text = article.text
    codes = tuple(_codes(text))
    found = []
    for path, start, end in _sections(text, codes):
        for one in _packed(_blocks(text, start, end, codes)):
            raw = text[one.start : one.end]
            if raw.strip():
                heading = " > ".join((*path, one.header) if one.header else path)
                begin = one.start + len(raw) - len(raw.lstrip())
                found.append(Passage(article.source, article.title, heading, raw.strip(), article.digest, begin))
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        next_one = text.find("\n", start, end) + 1 or end
        yield start, next_one
        start = next_one


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Blocks of code with both fences. One that is never closed is a slip, and text like any other."""
    opened, mark = 0, ""
    for start, end in _lines(text, 0, len(text)):
        fence = FENCE.match(text, start, end)
        if fence and not mark:
            opened, mark = start, fence[1]
        elif fence and fence[1] == mark:
            yield opened, end
            mark = ""


def _sections(text: str, codes: tuple[tuple[int, int], ...]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each stretch between two headings with the path of headings above it. A # in a block of code is no heading."""
    path: list[tuple[int, str]] = []
    begin = 0
    after = iter((*codes, (len(text), len(text))))
    code = next(after)
    for start, end in _lines(text, 0, len(text)):
        while start >= code[1] and code[0] < len(text):
            code = next(after)
        inside = code[0] <= start < code[1]
        heading = None if inside else HEADING.match(text[start:end].rstrip())
        if heading:
            yield tuple(name for _, name in path), begin, start
            level = len(heading[1])
            path = [*(above for above in path if above[0] < level), (level, heading[2].rstrip("#").rstrip(" \t"))]
            begin = end
    yield tuple(name for _, name in path), begin, len(text)


def _blocks(text: str, start: int, end: int, codes: tuple[tuple[int, int], ...]) -> Iterator[_Stretch]:
    """Blocks of code whole, tables by rows and paragraphs, each short enough."""
    for code in (*(one for one in codes if start <= one[0] < end), (end, end)):
        for paragraph in _paragraphs(text, start, code[0]):
            yield from _pieces(text, paragraph)
        if code[0] < end:
            whole = _stretch(text, *code)
            yield from (whole,) if whole.words <= LONGEST_CODE else _pieces(text, whole)
        start = code[1]


def _paragraphs(text: str, start: int, end: int) -> Iterator[_Stretch]:
    begin = start
    for line, after in _lines(text, start, end):
        if not text[line:after].strip():
            if begin < line:
                yield _stretch(text, begin, line)
            begin = after
    if begin < end:
        yield _stretch(text, begin, end)


def _pieces(text: str, whole: _Stretch) -> Iterator[_Stretch]:
    """A paragraph, or its parts: cut at line ends, then sentence ends, then words. Rows of a table keep its header."""
    if whole.words <= LONGEST:
        yield whole
        return
    header = _header(text, whole)
    for joint in JOINTS:
        parts = _cut(text, whole, joint)
        if len(parts) > 1:
            for number, packed in enumerate(_packed(parts)):
                for piece in _pieces(text, packed):
                    yield replace(piece, header=header) if header and number else piece
            return
    yield whole


def _header(text: str, whole: _Stretch) -> str:
    lines = text[whole.start : whole.end].split("\n", 2)
    if len(lines) < 3 or not ROW.match(lines[0]) or not RULE.match(lines[1]):
        return ""
    return " | ".join(cell.strip() for cell in lines[0].strip().strip("|").split("|"))[:LONGEST_HEADER]


def _cut(text: str, whole: _Stretch, joint: str) -> list[_Stretch]:
    joints = [found.span() for found in re.compile(joint).finditer(text, whole.start, whole.end)]
    starts = [whole.start, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), whole.end]
    return [_stretch(text, a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _packed(parts: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Neighbours together while they fit."""
    last: _Stretch | None = None
    for one in parts:
        if last and last.words + one.words <= LONGEST and last.header == one.header:
            last = replace(last, end=one.end, words=last.words + one.words)
        else:
            if last:
                yield last
            last = one
    if last:
        yield last


def _stretch(text: str, start: int, end: int) -> _Stretch:
    return _Stretch(start, end, len(text[start:end].split()))
