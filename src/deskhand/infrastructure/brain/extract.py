"""Answers a question with sentences of an article, letter for letter, or not at all."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskhand.domain.article import Citation, Hit
from deskhand.infrastructure.brain.evidence import Evidence, kind_of, things_counted, weigh, whole
from deskhand.infrastructure.brain.notions import formal, holds, named, notions, stem
from deskhand.infrastructure.brain.spelling import distance
from deskhand.infrastructure.brain.sureness import sureness
from deskhand.infrastructure.search.stop_words import STOP
from deskhand.infrastructure.search.wordpiece import vocabulary

FLOOR = 0.45  # the least cosine that makes a question a near one
PLAIN = 0.70  # the cosine at which a passage answers whatever its words
SURE = 0.7  # the logit from which an article answers
EVEN = -0.1  # the score of evidence that is about even: two articles may both be meant, a lone one answers
TOLD = 0.5  # the cosine from which a passage answers that speaks of everything in the question
APART = 0.2  # by so much it must be above that of any other article
BULLET = re.compile(r"\s{0,3}[-*] ")
LINKS = frozenset("with from into via using connect integrate support supports in on for".split())
NEARLY = 0.3  # by so little the opening of an article may be behind a section of it
MOST_WORDS = 90
AS_WELL = 1.5  # by so little another passage of the article may be behind to be quoted, too
MOST_WORDS_OF_TWO = 140
COMMON = 9_000  # BERT numbers whole words by how common they are
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9*\"“(])|\n+")
MARKS = re.compile(r"\*\*|__|`|\[([^\]]*)\]\([^)]*\)")
WORD = re.compile(r"[^\W_]+(?:[.'\u2019-][^\W_]+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Found:
    """What was found for a question. `text` and `citations` are empty when it is no answer; `near` are the titles of
    the nearest articles, best first; `between`: two of them fit equally well."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    near: tuple[str, ...] = ()
    between: bool = False


def gather(question: str, search: Callable[[str], Sequence[Hit]]) -> list[Hit]:
    """What is found for the question as it was put, and in the words that articles use where it uses others; each
    passage once."""
    found: dict[tuple[str, str, str], Hit] = {}
    for words in dict.fromkeys((question, formal(question))):
        for hit in search(words):
            key = (hit.passage.source, hit.passage.heading, hit.passage.text)
            if key not in found or found[key].cosine < hit.cosine:
                found[key] = hit
    return sorted(found.values(), key=lambda hit: -hit.score)


def answer(question: str, hits: Sequence[Hit], floor: float = FLOOR) -> tuple[str, tuple[Citation, ...]] | None:
    """The reply and its source; None when no passage answers, or none speaks of what the question names."""
    found = look(question, hits, floor)
    return (found.text, found.citations) if found.text else None


def look(question: str, hits: Sequence[Hit], floor: float = FLOOR) -> Found:
    """The answer, if one article has it and no other one as well."""
    weighed = weigh(question, hits, {hit.passage.text: _stretches(hit.passage.text) for hit in hits})
    titles = tuple(dict.fromkeys(one.hit.passage.title for one in weighed))
    names = _names(question)
    held = {name: sum(_holds(hit, name) for hit in hits) for name in names}
    # A name that most passages hold, as the company's own, tells none from another.
    usual = {name for name in names if 2 * held[name] > len(hits)}
    for named_ones in (names, names - usual):
        fitting = [one for one in weighed if _fits(question, one, named_ones, names)]
        sure = bool(fitting) and _answers(fitting[0], weighed)
        if best := next((one for one in fitting if sure or _plainly(one.hit, floor)), None):
            quotes = _quotes(question, _opening(best, weighed), weighed)
            citations = tuple(Citation(best.source, quote, best.hit.passage.digest) for quote in quotes)
            said = [_headed(quote, weighed) for quote in quotes]
            return Found("\n\n".join(map(_readable, said)), citations, titles)
        rivals = [one for one in fitting if one.source != fitting[0].source and one.score >= EVEN]
        if rivals and fitting[0].score - rivals[0].score < APART:
            return Found(near=(fitting[0].hit.passage.title, rivals[0].hit.passage.title), between=True)
    return Found(near=titles[:2])


def _fits(question: str, one: Evidence, names: set[str], counted: set[str]) -> bool:
    """Whether this passage may answer: it speaks of all that is named, and counts what is to be counted."""
    if not all(_holds(one.hit, name) for name in names):
        return False
    # A number counts only beside all that is named: "how many seats has Team" is not told by those of Starter.
    return not things_counted(question) or any(
        kind_of(question, stretch) == 1
        and all(_speaks(f"{one.hit.passage.heading} {stretch}", name) for name in counted)
        for stretch in _stretches(one.hit.passage.text)
    )


def _answers(best: Evidence, weighed: Sequence[Evidence]) -> bool:
    """Whether it is likely enough that the article of this passage answers."""
    # A short question says too little to weigh much: all of it spoken of, and an answer of its kind, is enough.
    told = best.covered == 1 and best.kind == 1 and best.hit.cosine >= TOLD
    # Where all that was found is one article, there is no other one that could be meant.
    alone = best.score >= EVEN and all(one.source == best.source for one in weighed)
    return told or alone or sureness(best, weighed).logit >= SURE


def _plainly(hit: Hit, floor: float) -> bool:
    return hit.cosine >= max(PLAIN, floor)


def _opening(best: Evidence, weighed: Sequence[Evidence]) -> Evidence:
    """The best, or the opening of its article when that is nearly as good: short passages lean on their title."""
    openings = (one for one in weighed if one.source == best.source and not one.hit.passage.heading)
    return next((one for one in openings if one.score >= best.score - NEARLY and one.kind >= best.kind), best)


def _quotes(question: str, best: Evidence, weighed: Sequence[Evidence]) -> list[str]:
    """Of the passage that answers best, and of one more of its article where both are short: of the opening, which says
    the main thing before any section, or of what speaks most of the question. The right article is found more often
    than its right section."""
    quotes = [_quote(question, best.hit.passage.text)]
    for one in _beside(best, weighed):
        more = _quote(question, one.hit.passage.text)
        if more not in quotes[0] and len(f"{quotes[0]} {more}".split()) <= MOST_WORDS_OF_TWO:
            return [*quotes, more] if one.hit.passage.heading else [more, *quotes]
    return quotes


def _beside(best: Evidence, weighed: Sequence[Evidence]) -> list[Evidence]:
    """Other passages of the article that may be quoted, its opening first."""
    others = [one for one in weighed if one.source == best.source and one is not best]
    openings = [one for one in others if not one.hit.passage.heading and best.hit.passage.heading]
    return openings + [one for one in others if one.count and one.score >= best.score - AS_WELL]


def _holds(hit: Hit, name: str) -> bool:
    """Whether the passage, its title or its headings speak of it."""
    return _speaks(whole(hit), name)


def _speaks(text: str, name: str) -> bool:
    """A slip of one letter is forgiven in a word, and the end of a long one: "postgres", "PostgreSQL"."""
    text = text.lower()
    if name[0].isdigit():
        return name in NUMBER.findall(text)
    words = {stem(word) for word in WORD.findall(text)}
    root = stem(name)
    return root in words or (
        len(root) > 4
        and any(
            word.startswith(root) or (abs(len(word) - len(root)) < 2 and distance(word, root) < 2) for word in words
        )
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
    asked = notions(question)
    said = [named(text[a:b]) for a, b in spans]
    scores = [sum(one.weight for one in asked if holds(names, one)) for names in said]
    kinds = [kind_of(question, text[a:b]) for a, b in spans]
    first = max(range(len(spans)), key=lambda i: (scores[i] + kinds[i], -i))
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


def _headed(quote: str, weighed: Sequence[Evidence]) -> str:
    """A bare list says nothing without its heading: "PayPal" may stand below "What we do not accept"."""
    own = next((one.hit.passage for one in weighed if quote in one.hit.passage.text), None)
    bare = own is not None and own.heading and BULLET.match(quote)
    return f"{own.heading.rsplit(' > ')[-1].rstrip(':')}:\n\n{quote}" if own and bare else quote


def _readable(quote: str) -> str:
    """For a reply: without Markdown's marks, links by their words."""
    return MARKS.sub(lambda found: found[1] or "", quote)


def _stretches(text: str) -> list[str]:
    return [text[a:b] for a, b in _sentences(text)]
