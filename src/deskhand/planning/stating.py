"""What an article states in numbers: its sentences, list items and table cells that hold a figure."""

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

from deskhand.domain.article import Article
from deskhand.domain.statement import Figure, Statement
from deskhand.planning.claim import Claim, Of
from deskhand.planning.light import GRAMMAR
from deskhand.planning.places import addresses, ids, paths, phones
from deskhand.planning.reading import WORD, plain
from deskhand.planning.stems import content, one, spelt
from deskhand.planning.stems import stated as stated_words
from deskhand.planning.stems import tokens as words_of
from deskhand.planning.sums import amounts, figures, percents
from deskhand.planning.times import MONTHS, dates, durations, single, times

LONGEST = 60  # words of a sentence that is read; what is longer is a list or a table gone wrong
MARK = 0xE000  # the first of the private characters, each of which stands for one figure
NO_FIGURE = (addresses, ids, phones, paths)
READ: tuple[Callable[[str], list[Claim]], ...] = (dates, amounts, percents, durations, times, figures)
SENTENCE = re.compile(r"(?<=[.!?])[\"')*_]{0,2}\s+")
LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
HEADING = re.compile(r"(#{1,6})[ \t]++(.*)$")
ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
RULE = re.compile(r"[ \t|:-]+$")
NAME = re.compile(r"[A-Z\u00c0-\u00de][\w'-]*|(?<![a-z])[a-z]+[A-Z]\w*")
OPENING = re.compile(r"(?:^|[.:!?>(\u201c\"] *)$")
TOKEN = re.compile(r"[\ue000-\uf8ff]|[^\W\d_]+(?:['-][^\W\d_]+)*|[,;:.()!?|]")
PART = frozenset(",;:.()!?|")
JOINTS = frozenset(("and", "but", "while", "whereas", "or"))
UPPER = frozenset("atmost within under below maximum max fewer less until limit".split())
LOWER = frozenset("morethan least minimum min over above exceed".split())
HEDGES = re.compile(
    r"\b(?:about|around|approximately|roughly|usually|typically|often|sometimes|(?<!at )most|mostly|average"
    r"|nearly|almost|example|e\.g|such as|say)\b",
    re.IGNORECASE,
)
ROW = re.compile(r"[^|]{1,60} \| ")  # a cell of a table, behind the head of its row
LABEL = re.compile(r"\*\*[^*\n]{1,60} [^*\n]{1,60}\*\*")  # such as **Refresh now**
NAVIGATION = re.compile(r"[A-Z.][\w. &-]{0,30}(?: > [A-Z.][\w. &-]{0,30})+")
SPAN = re.compile(r"([\ue000-\uf8ff]) {1,2}(?:to|and|until|-) {1,2}([\ue000-\uf8ff])")
NO_NAMES = frozenset("i'm usd eur gbp chf kb mb gb tb utc gmt cet am pm".split()).union(MONTHS)
WORKING = re.compile(r"\bwork(day|hour)")
SIZE = re.compile(r"(?<![A-Za-z])[A-Za-z]+$")


def stated(article: Article, nameless: Collection[str] = ()) -> tuple[Statement, ...]:
    """In the order of the article. `nameless`: words that tell none of its things from another, as the company's."""
    found = []
    for heading, line, text in _sentences(article.text):
        read = statement(
            text, source=article.source, title=article.title, heading=heading, line=line, nameless=nameless
        )
        if read is not None:
            found.append(read)
    return tuple(found)


def said(text: str, nameless: Collection[str] = ()) -> tuple[Statement, ...]:
    """The same of a letter."""
    found = (statement(part, line=line, nameless=nameless) for _, line, part in _sentences(text))
    return tuple(read for read in found if read is not None)


def statement(
    text: str,
    *,
    source: str = "",
    title: str = "",
    heading: str = "",
    line: int = 1,
    nameless: Collection[str] = (),
) -> Statement | None:
    """None when there is no figure in it, or when it asks."""
    if text.rstrip().endswith("?") or len(text.split()) > LONGEST:
        return None
    read = plain(text)
    marked, claims = _marked(read)
    tokens, names = TOKEN.findall(spelt(marked)), _names(text, nameless)
    if not claims or not any(token[0].isalpha() for token in tokens):
        return None
    return Statement(
        source=source,
        heading=heading or title,
        line=line,
        text=" ".join(text.split()),
        gapped=" ".join(re.sub(r"[\ue000-\uf8ff]", "X", marked).split()),
        figures=tuple(_figures(tokens, claims, names)),
        words=content([token for token in tokens if token[0].isalpha()]),
        strong=stated_words([token for token in tokens if token[0].isalpha()]),
        topic=stated_words(words_of(f"{title} {heading}")),
        names=names,
        opening=next(iter(WORD.findall(read.lower())), ""),
        around=_names(f"{title}\n{heading}", nameless),
        rates=frozenset(claim.value for claim in single(marked)),
        hedged=bool(HEDGES.search(marked)),
    )


# -- sentences ----------------------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[tuple[str, int, str]]:
    """Each with the headings above it and the line where its paragraph begins."""
    for heading, line, block in _blocks(text):
        for part in SENTENCE.split(block):
            if part.strip():
                yield heading, line, part.strip()


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """Paragraphs and list items as one line each; a cell of a table with the head of its row and of its column."""
    path: list[tuple[int, str]] = []
    kept: list[str] = []
    heads: list[str] = []
    start, fenced = 1, False
    for number, line in enumerate([*LINK.sub(r"\1", text).splitlines(), ""], 1):
        fence = line.lstrip().startswith(("```", "~~~"))
        fenced ^= fence
        named = HEADING.match(line.strip())
        row = line.lstrip().startswith("|")
        apart = not line.strip() or fence or fenced or row or named or ITEM.match(line)
        if apart and kept:
            yield _named(path), start, " ".join(kept)
            kept = []
        heads = heads if row else []
        if fence or fenced or not line.strip():
            continue
        if named:
            path = [
                *(above for above in path if above[0] < len(named[1])),
                (len(named[1]), named[2].rstrip("#").rstrip(" \t")),
            ]
        elif row:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            for cell, head in zip(cells[1:], heads[1:], strict=False):
                if re.search(r"\d", cell):
                    yield _named(path), number, f"{cells[0]} | {cell} {head}"
            heads = heads if heads or RULE.match(line) else cells
        else:
            start = start if kept else number
            kept.append(ITEM.sub("", line).strip())


def _named(path: list[tuple[int, str]]) -> str:
    return " > ".join(name for _, name in path)


# -- figures ------------------------------------------------------------------------------------------


def _marked(text: str) -> tuple[str, list[list[Claim]]]:
    """The text with a private character for each figure, and what each of them claims: the ends of a range together."""
    for extract in NO_FIGURE:
        for claim in sorted({claim.text for claim in extract(text)}, key=len, reverse=True):
            text = text.replace(claim, " ")
    found: list[list[Claim]] = []
    for read in READ:
        told: dict[str, list[Claim]] = {}
        for one_claim in read(text):
            told.setdefault(one_claim.text, []).append(one_claim)
        for words in sorted(told, key=len, reverse=True):
            while words in text:
                text = text.replace(words, f" {chr(MARK + len(found))} ", 1)
                found.append(told[words])
    return SPAN.sub(lambda m: _joined(m, found), text), found


def _joined(two: re.Match[str], claims: list[list[Claim]]) -> str:
    """From one time of day to another is one figure."""
    first, last = (claims[ord(mark) - MARK] for mark in two.groups())
    if {claim.of for claim in (*first, *last)} != {Of.TIME}:
        return two[0]
    first += last
    return two[1]


def _figures(tokens: list[str], claims: list[list[Claim]], names: Collection[str]) -> Iterator[Figure]:
    start = 0
    for place, token in enumerate([*tokens, "."]):
        if token not in PART and token not in JOINTS:
            continue
        part = tokens[start:place]
        near = content([word for word in part if word[0].isalpha()])
        for at, mark in enumerate(part):
            if ord(mark[0]) >= MARK:
                yield _figure(claims[ord(mark) - MARK], part, at, near, names)
        start = place + 1


def _figure(ends: list[Claim], part: list[str], at: int, near: frozenset[str], names: Collection[str]) -> Figure:
    """`unit` of a bare number is what it counts, or the name before it, and empty where nothing is named."""
    first = ends[0]
    value: tuple[object, ...] = tuple(_even(end.value[0]) for end in ends)
    match first.of:
        case Of.AMOUNT | Of.DURATION:
            unit = str(first.value[1])
        case Of.DATE:
            unit, value = "", (first.value,)
        case Of.TIME:
            unit = str(first.value[1])
        case Of.PERCENT:
            unit = ""
        case _:
            size = SIZE.search(first.text)
            before = part[at - 1] if at and part[at - 1] in names else ""
            unit = one(size[0].lower()) if size else _counted(part[at + 1 : at + 4]) or before
    words = set(part[max(0, at - 4) : at + 1])
    bound = "upper" if words & UPPER else "lower" if words & LOWER else ""
    told = " to ".join(dict.fromkeys(end.text.strip() for end in ends))
    told = f"{told} {_thing(part[at + 1 : at + 2])}" if first.of is Of.FIGURE else told
    return Figure(str(first.of), unit, value, WORKING.sub(r"business \1", told.strip()), near, bound)


def _even(value: object) -> object:
    """Half a minute is half a minute, however it was computed."""
    return round(value, 6) if isinstance(value, Decimal) else value


def _thing(behind: list[str]) -> str:
    """The word behind a bare number, to be shown with it."""
    word = next((word for word in behind if word[0].isalpha() and word not in GRAMMAR), "")
    return word.upper() if word in NO_NAMES else word


def _counted(behind: list[str]) -> str:
    """The words behind a bare number that name what is counted, up to a word of grammar: "wrong passwords"."""
    found = []
    for word in behind:
        if word in GRAMMAR or not word[0].isalpha():
            break
        found.append(one(word))
    return " ".join(found)


def _names(text: str, nameless: Collection[str]) -> frozenset[str]:
    """Words with a capital that does not open a sentence, in small letters; where to click is no name."""
    found, text = set(), NAVIGATION.sub(" ", LABEL.sub(" ", text)).replace("*", "")
    for m in NAME.finditer(text):
        if (
            not OPENING.search(text[: m.start()])
            or m[0][1:] != m[0][1:].lower()
            or (ROW.match(text) and m.start() == 0)
        ):
            found.add(m[0].lower().removesuffix("'s"))
    return frozenset(
        name for name in found - {word.lower() for word in nameless} - NO_NAMES if len(name) > 1 and name not in GRAMMAR
    )
