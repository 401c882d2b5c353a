"""A source of a reply, read for comparison: its words, sentences, clauses, and what it counts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from deskhand.planning.claims import statements
from deskhand.planning.clauses import Clause, source_clauses
from deskhand.planning.known import Known
from deskhand.planning.light import GRAMMAR, NEGATIONS
from deskhand.planning.reading import WORD, plain
from deskhand.planning.stems import content, stems, tokens

SENTENCE = re.compile(r"(?<=[.!?])[\"')]{0,2}\s+|\n+")
COUNT = re.compile(
    r"(?<![\w.,:/-])(?P<n>\d{1,3}(?:,\d{3}){1,6}|\d{1,9})(?![\w.,:/%-]*\d)"
    r"(?: of (?:your|our|the|these|those))?(?P<behind>(?:[ -][A-Za-z'-]{1,30}){1,3})"
)
ANAPHOR = re.compile(r"^(?:it|they|then)\b|\b(?:this|these|them|that)\b", re.IGNORECASE)
HEADING = 4  # words of a heading that denies what stands below it


@dataclass(frozen=True)
class Source:
    """One text. `stems` and `words` are all of it; `counts` tells numbers with the words behind them;
    `joined` holds each sentence, and once more with what it points to."""

    stems: frozenset[str]
    words: frozenset[str]
    sentences: tuple[str, ...]
    joined: tuple[str, ...]
    clauses: tuple[Clause, ...]
    counts: tuple[tuple[str, frozenset[str]], ...]


def counted(text: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Whole numbers, each with the words close behind it."""
    for m in COUNT.finditer(text):
        words = tokens(m["behind"])
        if words and words[0] not in GRAMMAR and words[0] not in ("time", "times") and (behind := content(words)):
            yield re.sub(r"\D", "", m["n"]), behind


def _in_tables(text: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Whole numbers that stand alone in a cell of a Markdown table, each with the words above its column."""
    heads: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        heads = heads if heads and cells else cells
        for head, cell in zip(heads, cells, strict=False):
            if cell.replace(",", "").isdigit():
                yield cell.replace(",", ""), content(tokens(head))


@lru_cache(maxsize=1024)
def source(text: str) -> Source:
    """A text of the company, read for comparison."""
    even = plain(text)
    words = tokens(even)
    sentences = tuple(one for one in (part.strip() for part in SENTENCE.split(even)) if len(one.split()) > 2)
    every = frozenset(WORD.findall(even.lower())).union(words)
    return Source(
        stems(words),
        every,
        sentences,
        (*sentences, *_joined(even)),
        tuple(source_clauses(even)),
        (*counted(statements(text)[1]), *_in_tables(text)),
    )


def _joined(text: str) -> Iterator[str]:
    """Sentences that speak of "it", behind the one before, and items of a list behind a heading that denies them."""
    before, denial = "", ""
    for part in filter(None, (one.strip() for one in SENTENCE.split(text))):
        if ANAPHOR.search(part) and before:
            yield f"{before} {part}"
        if denial and not part.endswith("?"):
            yield f"{denial} - {part}"
        before = part
        if len(part.split()) <= HEADING and NEGATIONS & set(tokens(part)) and not part.endswith((".", "?", "!")):
            denial = part


def systems_said(known: Known) -> Source:
    """What the systems said, as one source: that nothing was found is a clause that denies it."""
    said: list[str] = []
    numbers: set[str] = set()
    missing = []
    for finding in known.findings:
        name = re.sub(r"[._]", " ", finding.name)
        numbers |= set() if finding.more else {str(len(finding.rows))}
        for row in (finding.fields, *finding.rows):
            for field, value in row.items():
                text = plain(str(value)) if isinstance(value, str | list) else ""
                said += tokens(f"{name} {re.sub(r'[._]', ' ', field)} {text}")
                numbers.update(word for word in text.split() if word.isdigit())
                numbers |= {str(value)} if isinstance(value, int) else set()
        if finding.fields.get("found") is False:
            subject = stems(tokens(name)[-1:])
            missing.append(Clause(subject, subject, frozenset()))
    counts = tuple((number, frozenset[str]()) for number in sorted(numbers))
    return Source(stems(said), frozenset(said), (), (), tuple(missing), counts)
