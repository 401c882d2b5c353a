"""Articles that may no longer be true: old ones, those that a newer one contradicts, and those that agents correct."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deskhand.domain.article import Article
from deskhand.domain.example import Example, Judged
from deskhand.domain.statement import Statement
from deskhand.measurement.knowledge.contradictions import (
    ALIKE,
    Contradiction,
    Pairs,
    Side,
    disagreement,
    side,
    with_names,
)
from deskhand.measurement.knowledge.past import Past

FEW = 3  # decisions below which their share tells nothing
OFTEN = 0.5  # share of decisions that change or reject what cites the article


@dataclass(frozen=True)
class Correction:
    """An agent wrote `instead` where the article says `article`: in the example `example`, kept on `at`."""

    example: str
    at: datetime
    article: Side
    instead: Side


@dataclass(frozen=True)
class Stale:
    """Why to look at an article. `decisions` are agents' on suggestions that cite it; `edited` and `rejected` are of
    them."""

    source: str
    title: str
    owner: str
    updated_at: datetime
    days: int
    old: bool
    newer: tuple[Contradiction, ...]
    resolved: tuple[Contradiction, ...]
    corrections: tuple[Correction, ...]
    decisions: int
    edited: int
    rejected: int

    @property
    def often_changed(self) -> bool:
        return self.decisions >= FEW and self.edited + self.rejected >= OFTEN * self.decisions


def stale(
    articles: Sequence[Article],
    found: Iterable[Contradiction],
    corrected: Iterable[Correction],
    past: Past,
    *,
    days: int,
    now: datetime,
) -> tuple[Stale, ...]:
    """Those with the most to say first, then the oldest. Resolved tickets are no articles that could be mended."""
    known = {one.source: one for one in articles}
    newer: dict[str, list[Contradiction]] = {}
    resolved: dict[str, list[Contradiction]] = {}
    for one in found:
        older, later = known[one.one.source], known[one.other.source]
        if older.precedent or later.precedent:
            for article, other in ((older, later), (later, older)):
                if not article.precedent and article.updated_at < other.updated_at:
                    resolved.setdefault(article.source, []).append(one)
        elif older.updated_at < later.updated_at:
            newer.setdefault(older.source, []).append(one)
    corrections: dict[str, list[Correction]] = {}
    for correction in corrected:
        corrections.setdefault(correction.article.source, []).append(correction)
    decisions = _decisions(past)
    told = []
    for article in (one for one in articles if not one.precedent):
        age, states = (now - article.updated_at).days, decisions.get(article.source, Counter[str]())
        why = Stale(
            source=article.source,
            title=article.title,
            owner=article.owner,
            updated_at=article.updated_at,
            days=age,
            old=age > days,
            newer=tuple(newer.get(article.source, ())),
            resolved=tuple(resolved.get(article.source, ())),
            corrections=tuple(corrections.get(article.source, ())),
            decisions=states.total(),
            edited=states["edited"],
            rejected=states["rejected"],
        )
        if why.old or why.newer or why.resolved or why.corrections or why.often_changed:
            told.append(why)
    weight = {one.source: len(one.newer) + len(one.resolved) + len(one.corrections) for one in told}
    return tuple(sorted(told, key=lambda one: (-weight[one.source], -one.often_changed, one.updated_at, one.source)))


def _decisions(past: Past) -> Mapping[str, Counter[str]]:
    """By article, what became of the suggestions that cite it. One that nobody decided on tells nothing."""
    found: dict[str, Counter[str]] = {}
    for suggestion, state in past.decided.items():
        if state in ("approved", "edited", "rejected"):
            for source in past.suggested.get(suggestion, ()):
                found.setdefault(source, Counter())[state] += 1
    return found


def corrections(
    examples: Iterable[tuple[Example, Sequence[Statement], Sequence[Statement]]],
    statements: Sequence[Statement],
    past: Past,
    pairs: Pairs,
) -> tuple[Correction, ...]:
    """What agents wrote that an article they had before them contradicts. With each example come the statements of what
    was suggested and of what was sent instead; those that stand in both are not the agent's."""
    by_source: dict[str, list[Statement]] = {}
    for one in statements:
        by_source.setdefault(one.source, []).append(one)
    found = []
    for example, suggested, instead in examples:
        said = {one.text for one in suggested}
        own = [one for one in instead if one.text not in said]
        cited = [one for source in past.suggested.get(example.id, ()) for one in by_source.get(source, ())]
        if example.judged is not Judged.EDITED or not own or not cited:
            continue
        both = with_names([*cited, *(replace(one, topic=one.topic | _topics(cited)) for one in own)])
        for i, j, likeness in pairs([one.gapped for one in both], ALIKE):
            if i < len(cited) <= j and (figures := disagreement(both[i], both[j], likeness)):
                found.append(Correction(example.id, example.at, side(both[i], figures[0]), side(both[j], figures[1])))
    return tuple(found)


def _topics(cited: Iterable[Statement]) -> frozenset[str]:
    """A letter that cites an article is about what that is about."""
    return frozenset(word for one in cited for word in one.topic)
