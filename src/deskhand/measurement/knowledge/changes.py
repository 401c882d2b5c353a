"""Questions whose answer changed: asked again, and answered from another article, another version or another place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.article import Article
from deskhand.measurement.knowledge.gaps import Groups, Questions, tidy
from deskhand.measurement.knowledge.past import Cited, Ended

SAME = 0.85  # cosine from which on it is the same question


@dataclass(frozen=True)
class Answer:
    """`sources` it rested on from `first` to `last`; `current`: the articles still read as they did then."""

    sources: tuple[str, ...]
    count: int
    first: datetime
    last: datetime
    current: bool


@dataclass(frozen=True)
class Change:
    """`how` is "article", "version" or "quote": what is no longer the same. `turns` counts every change on the way."""

    question: str
    count: int
    turns: int
    how: str
    before: Answer
    after: Answer


def changes(
    ended: Iterable[Ended],
    questions: Questions,
    groups: Groups,
    articles: Iterable[Article],
    shown: Callable[[str], str] = str,
) -> tuple[Change, ...]:
    """Last changed first. Left out are messages that ask more than one thing, since it is not told whose the
    citations are, and those that follow a procedure, whose answer depends on the customer."""
    digests = {one.source: one.digest for one in articles}
    asked = [
        (one, told[0])
        for one in ended
        if one.cited and not one.procedures and len(told := questions.get((one.ticket, one.message), ())) == 1
    ]
    found = []
    for group in groups([question.meant for _, question in asked], SAME):
        runs = _runs(sorted((asked[place][0] for place in group), key=lambda one: one.at))
        if len(runs) < 2:
            continue
        before, after = runs[-2], runs[-1]
        found.append(
            Change(
                question=tidy(shown(asked[group[0]][1].text)),
                count=len(group),
                turns=len(runs) - 1,
                how=_how(before[0].cited, after[0].cited),
                before=_answer(before, digests),
                after=_answer(after, digests),
            )
        )
    return tuple(sorted(found, key=lambda one: one.after.first, reverse=True))


def _runs(answers: list[Ended]) -> list[list[Ended]]:
    """Neighbours in time that rest on the same."""
    runs: list[list[Ended]] = []
    for one in answers:
        if runs and set(runs[-1][0].cited) == set(one.cited):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _how(before: Iterable[Cited], after: Iterable[Cited]) -> str:
    then, now = set(before), set(after)
    if {one.source for one in then} != {one.source for one in now}:
        return "article"
    if {(one.source, one.quote) for one in then} != {(one.source, one.quote) for one in now}:
        return "quote"
    return "version"


def _answer(run: list[Ended], digests: Mapping[str, str]) -> Answer:
    cited = run[0].cited
    sources = tuple(sorted({one.source for one in cited}))
    current = all(digests.get(one.source) == one.article for one in cited)
    return Answer(sources, len(run), run[0].at, run[-1].at, current)
