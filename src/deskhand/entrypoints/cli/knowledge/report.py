"""`deskhand knowledge report`: what articles lack, which are old or at odds, and which are used."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.progress import Progress, TaskID

from deskhand.bootstrap import knowledge_health, now
from deskhand.bootstrap.knowledge.health import Progress as Told
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.measurement.knowledge.changes import Answer, Change
from deskhand.measurement.knowledge.contradictions import Contradiction, Side
from deskhand.measurement.knowledge.gaps import Gap, Gaps
from deskhand.measurement.knowledge.health import Health
from deskhand.measurement.knowledge.staleness import Stale
from deskhand.measurement.knowledge.usage import Usage
from deskhand.settings import read_settings

MOST = 10  # of a section, for people; --json has all
T = TypeVar("T")
HOW = {"article": "other articles", "version": "the same words of a changed article", "quote": "other words of it"}


def run(folder: Path, *, as_json: bool) -> None:
    """Each section says so when there is nothing to tell."""
    with told_progress() as progress:
        health = knowledge_health(read_settings(folder), now=now(), progress=progress)
    if as_json:
        print_json(health)
        return
    for line in report(health):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def told_progress() -> Iterator[Told]:
    """A bar for each thing that is read, gone when it is done."""
    with Progress(console=aside, transient=True, disable=not aside.is_terminal) as bars:
        known: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in known:
                known[what] = bars.add_task(what)
            bars.update(known[what], completed=done, total=total)

        yield told


def report(health: Health) -> Iterator[str]:
    """The lines for people."""
    read = f"{_counted(health.articles, 'article')}, {_counted(health.statements, 'sentence')} with figures"
    if not health.articles:
        asked = _asked(health) if health.messages else "nothing was ever asked of it."
        yield f"This desk has no articles, and {asked}"
    else:
        yield f"{read}; {_asked(health)}"
    if health.left_out:
        yield f"Compared are the newest; {health.left_out:,} older messages are left out of gaps and changed answers."
    if health.messages:
        yield from _gaps(health.gaps)
    if health.articles:
        yield from _stale(health.stale)
        yield from _contradictions(health.contradictions)
    if health.messages:
        yield from _usage(health.usage)
        yield from _changes(health.changes)


def _asked(health: Health) -> str:
    if not health.messages:
        return "nothing was ever asked of this desk, so only what articles say of each other is told."
    return f"{_counted(health.messages, 'message')} since {_day(health.since)}."


def _gaps(gaps: Gaps) -> Iterator[str]:
    yield from _head("Questions without an answer")
    if not gaps.unanswered:
        yield "None."
        return
    alone = f"; {_counted(gaps.alone, 'question')} came too seldom to be told" if gaps.alone else ""
    wordless = f"; the words of {gaps.wordless} are not kept" if gaps.wordless else ""
    yield f"{_counted(gaps.unanswered, 'message')} without an answer{alone}{wordless}."
    for gap in _first(gaps.found):
        yield from _gap(gap)
    yield from _rest(gaps.found)


def _gap(gap: Gap) -> Iterator[str]:
    why = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(gap.why.items()))
    yield f"  {gap.count} times, last on {_day(gap.last)} ({why})"
    yield f"    title: {gap.title}"
    for line in gap.outline:
        yield f"    - {line}"
    for example in gap.examples:
        yield f'    "{_short(example)}"'


def _stale(stale: Sequence[Stale]) -> Iterator[str]:
    yield from _head("Articles that may no longer be true")
    if not stale:
        yield "None."
    for one in _first(stale):
        owner = f", kept by {one.owner}" if one.owner else ""
        yield f"  {one.source}: changed {_day(one.updated_at)}, {_counted(one.days, 'day')} ago{owner}"
        if one.old:
            yield "    old"
        for found in one.newer:
            yield f"    a newer article says {found.other.says}, this one {found.one.says}: {_place(found.other)}"
        for found in one.resolved:
            yield f"    a resolved ticket says otherwise: {found.one.says} or {found.other.says}"
        for fixed in one.corrections:
            yield f"    an agent wrote {fixed.instead.says} instead of {fixed.article.says} (example {fixed.example})"
            yield f'      "{_short(fixed.article.sentence)}"'
            yield f'      "{_short(fixed.instead.sentence)}"'
        if one.edited or one.rejected:
            decided = f"of {_counted(one.decisions, 'decision')} on suggestions that cite it"
            yield f"    {decided}, {one.edited} changed the text and {one.rejected} rejected it"
    yield from _rest(stale)


def _contradictions(found: Sequence[Contradiction]) -> Iterator[str]:
    yield from _head("Articles at odds")
    if not found:
        yield "None."
    for one in _first(found):
        yield f"  {one.one.says} or {one.other.says}? ({one.of}, likeness {one.likeness:.2f})"
        for side in (one.one, one.other):
            yield f'    {_place(side)}: "{_short(side.sentence)}"'
    yield from _rest(found)


def _usage(usage: Usage) -> Iterator[str]:
    yield from _head("Most used articles")
    if not usage.used:
        yield "None: no answer has named an article yet."
    for one in _first(usage.used):
        gone = "" if one.title else ", which is no article any more"
        yield f"  {_counted(one.answers, 'answer')}, last on {_day(one.last)}: {one.source}{gone}"
    yield from _rest(usage.used)
    if usage.untold:
        yield f"  {_counted(usage.untold, 'older answer')} only counted what they cite, and are not in these numbers."
    yield from _head("Public articles that no answer rests on")
    yield f"{len(usage.unused)}{':' if usage.unused else '.'}"
    for one in _first(usage.unused):
        yield f"  {one.source}: {one.title}"
    yield from _rest(usage.unused)


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    yield from _head("Questions whose answer changed")
    if not changes:
        yield "None."
    for one in _first(changes):
        yield f'  "{one.question}": {_counted(one.count, "time")}, now from {HOW[one.how]}'
        yield f"    before: {_answer(one.before)}"
        yield f"    now:    {_answer(one.after)}"
    yield from _rest(changes)


def _answer(answer: Answer) -> str:
    when = (
        _day(answer.first)
        if answer.first.date() == answer.last.date()
        else f"{_day(answer.first)} to {_day(answer.last)}"
    )
    changed = "" if answer.current else "; the article has changed since"
    return f"{', '.join(answer.sources)} ({_counted(answer.count, 'time')}, {when}{changed})"


def _head(title: str) -> Iterator[str]:
    yield ""
    yield title


def _first(found: Sequence[T]) -> Sequence[T]:
    return found[:MOST]


def _rest(found: Sequence[object]) -> Iterator[str]:
    if len(found) > MOST:
        yield f"  and {len(found) - MOST} more, told by --json"


def _place(side: Side) -> str:
    heading = f", {side.heading}" if side.heading else ""
    return f"{side.source}, line {side.line}{heading}"


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "-"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
