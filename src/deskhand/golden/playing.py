"""What is wrong with a conversation between the assistant and a simulated customer, and whose fault it is."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from deskhand.domain.outcome import RunOutcome
from deskhand.golden.happened import Happened
from deskhand.golden.judging import told
from deskhand.golden.persona import A_PERSON, MOST_TURNS, Goal, Line

QUESTION = re.compile(r"(?<![^.!?\n])[^.!?\n]{8,}+\?")
# What only the assistant's side could say: a customer who says it is out of their part.
OUT_OF_PART = re.compile(
    r"\b(i have refunded|i've refunded|how can i (help|assist)|thank you for contacting|as an ai|language model|"
    r"simulat|persona|role[- ]?play|your (manner|goal))",
    re.IGNORECASE,
)
LONGEST = 1500  # characters of one line
LATEST = 3  # lines until a customer has said what they want


@dataclass(frozen=True)
class Found:
    """`assistant`: what it did wrong. `simulator`: what makes the conversation worth nothing as a test of it.
    `reached`: it ended as the goal may; `with_people`: because people have it."""

    assistant: tuple[str, ...]
    simulator: tuple[str, ...]
    reached: bool
    with_people: bool

    @property
    def passed(self) -> bool:
        return self.reached and not self.assistant and not self.simulator


def judged(goal: Goal, lines: tuple[Line, ...], happened: Happened, private: Collection[str]) -> Found:
    """`private`: values of other customers that no reply may hold. A line has the reply that stands at its place."""
    simulator = tuple(_of_simulator(goal, lines, happened))
    reached = any(one in goal.outcomes for one in happened.outcomes)
    wrong = [*_deeds(goal, lines, happened), *_leaks(goal, happened, private), *_asked_again(lines, happened)]
    if happened.failed:
        wrong.append(happened.failed)
    if not reached:
        last = happened.outcomes[-1] if happened.outcomes else "nothing"
        wrong.append(
            f"the goal was not reached: it ended with {last} and not with {' or '.join(sorted(goal.outcomes))}"
        )
    with_people = RunOutcome.HANDED_OFF in happened.outcomes
    # What was done or told is the assistant's doing, whatever it was asked; the rest says nothing of it.
    grave = [*_deeds(goal, lines, happened), *_leaks(goal, happened, private)]
    return Found(tuple(grave if simulator else wrong), simulator, reached, with_people)


def _deeds(goal: Goal, lines: tuple[Line, ...], happened: Happened) -> list[str]:
    golden = goal.golden
    allowed = {one.action for one in golden.must.actions if one.done is not False} - set(golden.must_not.does)
    done = [one for one in happened.deeds if one.done]
    found = [f"done, and not allowed: {told(one)}" for one in done if one.name not in allowed]
    subjects = [(one.name, tuple(sorted(one.arguments.items()))) for one in done]
    # Who asks for a link twice may get two; money moves once, however often it is asked for.
    wishes = max(1, sum(one.wish for one in lines))
    most = {one: 1 if "amount" in dict(one[1]) else wishes for one in subjects}
    return found + [f"done too often: {one[0]}" for one in sorted(most) if subjects.count(one) > most[one]]


def _leaks(goal: Goal, happened: Happened, private: Collection[str]) -> list[str]:
    said = "\n".join(happened.replies).lower()
    # Words that the golden ticket itself forbids, such as another customer's amount, are leaks, too.
    words = [" ".join(one.words.split()) for one in goal.golden.must_not.says if not one.names]
    found = [f"said {one!r}, which must not be said" for one in words if one.lower() in said]
    return found + [f"told of another customer: {one}" for one in sorted(private) if one.lower() in said]


def _asked_again(lines: tuple[Line, ...], happened: Happened) -> list[str]:
    """The same question after it was answered."""
    found = []
    replies = list(zip(happened.replies, happened.outcomes, strict=True))
    for place, ((before, was), (after, now)) in enumerate(pairwise(replies), 1):
        if was == now == RunOutcome.ASKED and place < len(lines) and lines[place].answers:
            again = {_plain(one) for one in QUESTION.findall(before)} & {_plain(one) for one in QUESTION.findall(after)}
            found += [f"asked again after an answer: {one}" for one in sorted(again)]
    return found


def _of_simulator(goal: Goal, lines: tuple[Line, ...], happened: Happened) -> list[str]:
    found = [f"out of part: {one.text[:80]!r}" for one in lines if OUT_OF_PART.search(one.text)]
    found += ["a line without words" for one in lines if not one.text.strip()]
    found += [f"a line of {len(one.text)} characters" for one in lines if len(one.text) > LONGEST]
    if not any(one.wish for one in lines[:LATEST]):
        found.append(f"never said within {LATEST} lines what is wanted")
    last = happened.outcomes[-1] if happened.outcomes and not happened.failed else ""
    asked = last == RunOutcome.ASKED and last not in goal.outcomes
    if asked and len(lines) < MOST_TURNS and lines[-1].text != A_PERSON:
        found.append("stopped while it was asked something")
    if len(lines) > MOST_TURNS:
        found.append(f"more than {MOST_TURNS} lines")
    if any(one.text == other.text for one, other in pairwise(lines)):
        found.append("said the same twice in a row")
    return found


def states(line: str, words: str) -> bool:
    """Whether a line says what these words say: the same, or at least half of their longer words."""
    wanted = {one for one in _plain(words).split() if len(one) >= 4}
    said = set(_plain(line).split())
    return _plain(words) in _plain(line) or (bool(wanted) and 2 * len(wanted & said) >= len(wanted))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
