"""Answers a question with sentences of an article, letter for letter, or not at all."""

import re
from collections.abc import Sequence

from deskhand.domain.article import Citation, Hit
from deskhand.infrastructure.brain.spelling import distance
from deskhand.infrastructure.search.stop_words import STOP
from deskhand.infrastructure.search.wordpiece import vocabulary

FLOOR = 0.45  # the least; who asks has judged already, by a floor of the desk's own
LINKS = frozenset("with from into via using connect integrate support supports in on for".split())
NEARLY = 0.06
MOST_WORDS = 90
COMMON = 9_000  # BERT numbers whole words by how common they are
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9*\"“(])|\n+")
MARKS = re.compile(r"\*\*|__|`|\[([^\]]*)\]\([^)]*\)")
WORD = re.compile(r"[^\W_]+(?:[.'\u2019-][^\W_]+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def answer(question: str, hits: Sequence[Hit], floor: float = FLOOR) -> tuple[str, tuple[Citation, ...]] | None:
    """The reply and its source; None when no passage is near, or none speaks of what the question names."""
    if not hits or max(hit.cosine for hit in hits) < floor:
        return None
    near = [hit for hit in hits if hit.cosine >= floor]
    names = _names(question)
    usual = {name for name in names if 2 * sum(_holds(hit, name) for hit in hits) > len(hits)}
    # A name that most passages hold, as the company's own, tells none from another.
    for asked in (names, names - usual):
        fitting = [hit for hit in near if all(_holds(hit, name) for name in asked)]
        if fitting:
            passage = _opening(fitting).passage
            quote = _quote(question, passage.text)
            return _readable(quote), (Citation(passage.source, quote, passage.digest),)
    return None


def _opening(fitting: list[Hit]) -> Hit:
    """The best, or the opening of its article when that is nearly as good: short passages lean on their title."""
    best = fitting[0]
    openings = (hit for hit in fitting if hit.passage.source == best.passage.source and not hit.passage.heading)
    return next((hit for hit in openings if hit.cosine >= best.cosine - NEARLY), best)


def _holds(hit: Hit, name: str) -> bool:
    """Whether the passage, its title or its headings speak of it; a slip of one letter is forgiven in a word."""
    passage = hit.passage
    text = f"{passage.title}\n{passage.heading}\n{passage.text}".lower()
    if name[0].isdigit():
        return name in NUMBER.findall(text)
    words = {_stem(word) for word in WORD.findall(text)}
    stem = _stem(name)
    return stem in words or (
        len(stem) > 4 and any(abs(len(word) - len(stem)) < 2 and distance(word, stem) < 2 for word in words)
    )


def _names(question: str) -> set[str]:
    """Numbers, names in capitals inside a sentence, and rare words that something is done with."""
    shouted = question.isupper()
    found = set(NUMBER.findall(question))
    before = "."
    for word in WORD.findall(re.sub(r"[.!?]\s", " . ", question)):
        capital = (
            word[0].isupper() and before != "." and not shouted and word not in ("I", "I'm", "I've", "I'd", "I'll")
        )
        rare = before in LINKS and len(word) > 3 and vocabulary().get(word.lower(), COMMON) >= COMMON
        if (capital or rare) and not word[0].isdigit() and word.lower() not in STOP:
            found.add(word.lower())
        before = word.lower()
    return found


def _quote(question: str, text: str) -> str:
    """All of a short passage; of a longer one the best stretch of sentences, or a list with the line before it."""
    if len(text.split()) <= MOST_WORDS:
        return text
    spans = _sentences(text)
    asked = {_stem(word) for word in WORD.findall(question.lower()) if word not in STOP}
    scores = [len(asked & {_stem(word) for word in WORD.findall(text[a:b].lower())}) for a, b in spans]
    first = max(range(len(spans)), key=lambda i: (scores[i], -i))
    first, last = _around_list(text, spans, first)
    while (
        last + 1 < len(spans)
        and last - first < 2
        and len(text[spans[first][0] : spans[last + 1][1]].split()) <= MOST_WORDS
    ):
        last += 1
    return text[spans[first][0] : spans[last][1]]


def _around_list(text: str, spans: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """A list is quoted whole, with the line that leads to it."""
    listed = [bool(LIST_ITEM.match(text, start)) for start, _ in spans]
    first = last = at
    if at + 1 < len(spans) and listed[at + 1] and text[slice(*spans[at])].endswith(":"):
        last = at + 1
    if listed[last]:
        while first > 0 and listed[first - 1]:
            first -= 1
        while last + 1 < len(spans) and listed[last + 1]:
            last += 1
        if first > 0 and first <= at and text[slice(*spans[first - 1])].endswith(":"):
            first -= 1
    return first, last


def _sentences(text: str) -> list[tuple[int, int]]:
    joints = [found.span() for found in SENTENCE_END.finditer(text)]
    starts, ends = [0, *(b for _, b in joints)], [*(a for a, _ in joints), len(text)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _readable(quote: str) -> str:
    """For a reply: without Markdown's marks, links by their words."""
    return MARKS.sub(lambda found: found[1] or "", quote)


def _stem(word: str) -> str:
    """Enough to bring "invoices" to "invoice" and "connecting" to "connect"."""
    for end in ("'s", "\u2019s", "ing", "ed", "es", "s", "e"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word
