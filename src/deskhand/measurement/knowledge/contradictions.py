"""Sentences of two articles that say the same with another figure. Rather none than a wrong one is told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from deskhand.domain.article import Article
from deskhand.domain.statement import Figure, Statement

ALIKE = 0.62  # cosine of two sentences, figures left out, from which on they may speak of the same
# By how much alike they are: how many words both must have, and which share of the shorter sentence's.
VERY_ALIKE = 0.85
SHARED = ((VERY_ALIKE, 2, 0.34), (0.72, 2, 0.5), (ALIKE, 3, 0.8))
TELLING = 3  # words, not fit for any subject, that both have: then the headings need not speak of the same
POINTING = frozenset("the it its they their this that these those there he she".split())  # to what was said before
NEAR = 0.34  # of the words around a figure, where there are several figures of a kind
# Words of which one excludes the others. Two sentences that hold different ones speak of two cases.
CASES = tuple(
    frozenset(words.split())
    for words in (
        "month monthly year yearly annual annually week weekly day daily hour hourly minute quarter quarterly",
        "first second third fourth last next final initial follow",
        "card bank transfer paypal cheque debit cash invoice",
        "phone telephone sms chat",
        "owner admin administrator viewer editor member guest agent manager lead",
        "upload download import export",
        "creat delet restor remov publish unpublish draft archiv",
        "domestic international abroad",
        "weekend weekday sunday saturday monday tuesday wednesday thursday friday",
        "fil dashboard report chart alert key webhook source user token sess session",
        "csv excel xlsx pdf json xml",
        "mobile desktop browser app api",
        "trial paid",
        "before after",
    )
)
# Words that make a special case of what is said in general.
NARROW = frozenset("guest mobil desktop beta weekend holiday international abroad student nonprofit expres".split())
Pairs = Callable[[Sequence[str], float], Iterable[tuple[int, int, float]]]


@dataclass(frozen=True)
class Side:
    """A sentence, where it stands, and what it says of the thing."""

    source: str
    heading: str
    line: int
    sentence: str
    says: str
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Contradiction:
    """`one` is the older article's, where one is older. `likeness`: cosine of both sentences without their figures."""

    one: Side
    other: Side
    of: str
    likeness: float


def contradictions(
    statements: Sequence[Statement], articles: Iterable[Article], pairs: Pairs
) -> tuple[Contradiction, ...]:
    """Between articles, surest first. `pairs` finds texts that are alike: places of both, with their cosine."""
    known = {article.source: article for article in articles}
    statements = with_names(statements)
    found = []
    for i, j, likeness in pairs([one.gapped for one in statements], ALIKE):
        one, other = statements[i], statements[j]
        if one.source == other.source or not comparable(known[one.source], known[other.source]):
            continue
        if (figures := disagreement(one, other, likeness)) is None:
            continue
        sides = [side(one, figures[0], known[one.source]), side(other, figures[1], known[other.source])]
        sides.sort(key=lambda side: (side.updated_at or datetime.max, side.source))
        found.append(Contradiction(sides[0], sides[1], figures[0].of, round(likeness, 4)))
    found.sort(key=lambda one: (-one.likeness, one.one.source, one.one.line, one.other.source, one.other.line))
    return tuple(found)


def with_names(statements: Sequence[Statement]) -> list[Statement]:
    """A word that opens a sentence is a name when it is one elsewhere."""
    names = frozenset(name for one in statements for name in one.names)
    return [replace(one, names=one.names | ({one.opening} & names)) for one in statements]


def comparable(one: Article, other: Article) -> bool:
    """Two products, versions or languages may differ."""
    said = [
        (one.product, other.product),
        (one.version, other.version),
        (one.locale.partition("-")[0].lower(), other.locale.partition("-")[0].lower()),
    ]
    return all(not a or not b or a == b for a, b in said)


def side(one: Statement, figure: Figure, article: Article | None = None) -> Side:
    return Side(
        one.source, one.heading, one.line, one.text, figure.text, article.updated_at if article is not None else None
    )


def disagreement(one: Statement, other: Statement, likeness: float) -> tuple[Figure, Figure] | None:
    """The two figures that cannot both be true, when the sentences speak of the same and differ in one figure only."""
    if likeness < ALIKE or one.hedged or other.hedged or not _same_subject(one, other, likeness):
        return None
    different = list(_differing(one, other))
    return different[0] if len(different) == 1 else None


def _same_subject(one: Statement, other: Statement, likeness: float) -> bool:
    if one.rates != other.rates or not _same_names(one, other) or not _same_topic(one, other, likeness):
        return False
    shared, shorter = len(one.words & other.words), min(len(one.words), len(other.words))
    least, share = next((least, share) for alike, least, share in SHARED if likeness >= alike)
    if not shared or shared < min(least, shorter) or shared < share * shorter:
        return False
    if (one.words ^ other.words) & NARROW - one.topic - other.topic:
        return False
    return not any(_excluded(one.words & case, other.words & case) for case in CASES)


def _same_topic(one: Statement, other: Statement, likeness: float) -> bool:
    """ "The link is valid for 7 days" speaks of any link: one must tell what the other is about, or both headings."""
    if len(one.strong & other.strong) >= TELLING:
        return True
    if likeness >= VERY_ALIKE and not {one.opening, other.opening} & POINTING:
        return True
    return bool(one.topic & (other.topic | other.strong) or other.topic & one.strong)


def _excluded(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Each has a word of the case that the other lacks."""
    return bool(ours - theirs) and bool(theirs - ours)


def _same_names(one: Statement, other: Statement) -> bool:
    """What is named in one must be named in the other, or in the headings above it."""
    if (one.names - other.names - other.around - {other.opening}) | (
        other.names - one.names - one.around - {one.opening}
    ):
        return False
    above, below = one.around - one.names, other.around - other.names
    return not (above and below) or bool(above & (below | other.names)) or bool(below & one.names)


def _differing(one: Statement, other: Statement) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures that count the same and differ."""
    taken: set[int] = set()
    for figure in one.figures:
        fitting = [(place, theirs) for place, theirs in enumerate(other.figures) if _same_kind(figure, theirs)]
        if not fitting or any(_agree(figure, theirs) for _, theirs in fitting):
            continue
        fitting = [
            (place, theirs)
            for place, theirs in fitting
            if place not in taken and not any(_same_kind(theirs, ours) and _agree(theirs, ours) for ours in one.figures)
        ]
        if not fitting:
            continue
        place, best = max(fitting, key=lambda pair: _overlap(figure, pair[1]))
        alone = len(fitting) == 1 and sum(_same_kind(figure, ours) for ours in one.figures) == 1
        if alone or _overlap(figure, best) >= NEAR:
            taken.add(place)
            yield figure, best


def _same_kind(one: Figure, other: Figure) -> bool:
    if one.of != other.of or {one.bound, other.bound} == {"upper", "lower"}:
        return False
    if one.of == "figure":
        ours, theirs = one.unit.split(), other.unit.split()
        return bool(ours and theirs) and (ours[0] in theirs or theirs[0] in ours)
    return one.unit == other.unit


def _agree(one: Figure, other: Figure) -> bool:
    """Whether both can be true: the same value, a value within a range, or a limit at its end."""
    if one.of == "date":
        return all(a is None or b is None or a == b for a, b in zip(_date(one), _date(other), strict=True))
    if set(one.value) & set(other.value) and (len(one.value) != len(other.value) or one.value == other.value):
        return True
    for single, ends in ((one.value, other.value), (other.value, one.value)):
        if len(single) == 1 and len(ends) > 1 and _between(single[0], ends):
            return True
    return False


def _between(value: object, ends: tuple[object, ...]) -> bool:
    numbers = [end for end in ends if isinstance(end, Decimal)]
    return isinstance(value, Decimal) and len(numbers) == len(ends) and min(numbers) <= value <= max(numbers)


def _date(figure: Figure) -> tuple[object, ...]:
    value = figure.value[0]
    assert isinstance(value, tuple)
    return value


def _overlap(one: Figure, other: Figure) -> float:
    least = min(len(one.near), len(other.near))
    return len(one.near & other.near) / least if least else 0.0
