"""Gaps: questions that no article answered, those of one meaning together, and the article each asks for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.measurement.knowledge.past import Ended

ALIKE = 0.65  # cosine to the most central question of a gap
APART = 0.75  # and below this, two of them are two questions of its outline
SHOWN = 3
OUTLINE = 6
TITLE = 90  # letters
UNANSWERED = frozenset({"no_source", "unforeseen"})
Groups = Callable[[Sequence[str], float], tuple[tuple[int, ...], ...]]
Questions = Mapping[tuple[str, str], "tuple[Question, ...]"]


@dataclass(frozen=True)
class Question:
    """One thing that was asked in a message: `text` as it is kept, `meant` the same as it is compared."""

    text: str
    meant: str


@dataclass(frozen=True)
class Gap:
    """`count` is of messages, `why` says how those ended. `title` and `outline` are questions as they were asked."""

    count: int
    why: Mapping[str, int]
    first: datetime
    last: datetime
    title: str
    outline: tuple[str, ...]
    examples: tuple[str, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Gaps:
    """`found` are those of at least so many messages as was wanted, largest first; `alone` is the number of the other
    unanswered questions, `wordless` that of unanswered messages whose words are not kept."""

    found: tuple[Gap, ...]
    unanswered: int
    alone: int
    wordless: int


def unanswered(one: Ended) -> str:
    """Why this message is a question without an answer, in one word; empty when it is not.

    To ask back within a procedure is its normal way; without one, we did not understand.
    """
    if one.outcome == "handed_off" and one.reason in UNANSWERED:
        return one.reason
    return "asked" if one.outcome == "asked" and not one.procedures else ""


def gaps(
    ended: Iterable[Ended], questions: Questions, groups: Groups, *, least: int, shown: Callable[[str], str] = str
) -> Gaps:
    """`questions` by ticket and message, small talk left out. `shown` makes a text fit to be seen by others."""
    open_ = [(one, why) for one in ended if (why := unanswered(one))]
    asked = [(one, why, question) for one, why in open_ for question in questions.get((one.ticket, one.message), ())]
    found, alone = [], 0
    for group in groups([question.meant for _, _, question in asked], ALIKE):
        members = [asked[place] for place in group]
        messages = {(one.ticket, one.message): (one, why) for one, why, _ in members}
        if len(messages) < least:
            alone += len(members)
            continue
        found.append(_gap(list(messages.values()), [question for _, _, question in members], groups, shown))
    found.sort(key=lambda gap: (-gap.count, gap.first))
    wordless = sum((one.ticket, one.message) not in questions for one, _ in open_)
    return Gaps(tuple(found), len(open_), alone, wordless)


def _gap(messages: list[tuple[Ended, str]], asked: list[Question], groups: Groups, shown: Callable[[str], str]) -> Gap:
    """`asked`: the most central question first."""
    distinct = groups([one.meant for one in asked], APART)
    outline = [tidy(shown(asked[group[0]].text)) for group in sorted(distinct, key=lambda group: group[0])]
    examples = dict.fromkeys(shown(one.text) for one in asked)
    times = [one.at for one, _ in messages]
    return Gap(
        count=len(messages),
        why=dict(Counter(why for _, why in messages)),
        first=min(times),
        last=max(times),
        title=tidy(shown(asked[0].text)),
        outline=tuple(dict.fromkeys(outline))[:OUTLINE],
        examples=tuple(examples)[:SHOWN],
        tickets=tuple(dict.fromkeys(one.ticket for one, _ in messages)),
    )


def tidy(text: str) -> str:
    """On one line, begun with a capital, cut between two words."""
    line = " ".join(text.split())
    if len(line) > TITLE:
        line = f"{line[:TITLE].rpartition(' ')[0] or line[:TITLE]}…"
    return line[:1].upper() + line[1:]
