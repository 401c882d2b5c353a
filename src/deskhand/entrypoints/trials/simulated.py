"""Simulated customers write to a desk of their own: each manner with each goal."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from deskhand.bootstrap import EvalDesk, SimulatedCustomer, eval_desk, simulated_customer
from deskhand.bootstrap.systems.systems import Tell
from deskhand.domain.outcome import RunOutcome
from deskhand.entrypoints.trials.conversation import CannotGoOn, Conversation
from deskhand.entrypoints.trials.rounds import apart, people_of, sender
from deskhand.golden.facts import findings
from deskhand.golden.persona import ABOUT, MOST_TURNS, WITH_PEOPLE, Goal, Heard, Line, Manner, Persona
from deskhand.golden.playing import Found, judged, states
from deskhand.golden.ticket import Golden
from deskhand.settings import Settings

OTHERS = "single_charge"  # whose data the others are after
Speaks = Callable[[Persona, Heard | None, Sequence[str]], Line | None]


def scripted(persona: Persona, heard: Heard | None, replies: Sequence[str]) -> Line | None:
    """By the state machine alone."""
    return persona.next(heard)


@contextmanager
def customers(settings: Settings) -> Iterator[Speaks]:
    """Who plays them: the desk's model where one is set, which sees nothing but public replies; else the script."""
    with simulated_customer(settings) as model:
        yield by_model(model) if model else scripted


def by_model(model: SimulatedCustomer) -> Speaks:
    """The model says each line; what it says is held to rules (`golden/playing.py`), never trusted."""

    def speaks(persona: Persona, heard: Heard | None, replies: Sequence[str]) -> Line | None:
        if len(persona.said) >= MOST_TURNS or (heard and heard.outcome in WITH_PEOPLE):
            return None
        goal = persona.goal
        told = [(line.text, reply or "") for line, reply in zip_longest(persona.said, replies[: len(persona.said)])]
        said = model.line(str(persona.manner), ABOUT[persona.manner], goal.wish, goal.answers, told)
        if said is None:
            return None
        asked = heard is not None and heard.outcome == RunOutcome.ASKED
        line = Line(
            said, wish=states(said, goal.wish), answers=asked and any(states(said, one) for one in goal.answers)
        )
        persona.said.append(line)
        return line

    return speaks


@dataclass(frozen=True)
class Played:
    """One conversation."""

    manner: Manner
    goal: str
    file: str
    lines: tuple[Line, ...]
    replies: tuple[str, ...]
    outcomes: tuple[str, ...]
    found: Found


def conversations(
    settings: Settings, golden: Sequence[Golden], manners: Sequence[Manner], speaks: Speaks, tell: Tell
) -> Iterator[Played]:
    """Every manner with every goal, each once it is over."""
    every = [(one, manner) for one in golden for manner in manners]
    for together in apart(every, lambda one: "" if one[0].situation else one[0].sender):
        with tempfile.TemporaryDirectory(prefix="deskhand-eval-") as place:
            situations = [one.situation for one, _ in together if one.situation]
            with eval_desk(settings, Path(place), [*situations, OTHERS], tell) as desk:
                people = {name: iter(emails) for name, emails in people_of(desk).items()}
                other = next(people[OTHERS])
                for one, manner in together:
                    yield played(desk, Goal(one), manner, sender(one, people), other, speaks)


def played(desk: EvalDesk, goal: Goal, manner: Manner, email: str, other: str, speaks: Speaks) -> Played:
    """One conversation, to its end."""
    golden, installation = goal.golden, desk.installation
    desk.facts.found[email] = findings(golden.facts, installation.desk.look_ups.specs, installation.desk.clock())
    conversation = Conversation(installation, email, golden.channel, golden.stage, golden.verified)
    persona = Persona(manner, goal, other)
    heard, failed = None, ""
    lines: list[Line] = []
    try:
        while line := speaks(persona, heard, [one.reply for one in conversation.results]):
            lines.append(line)
            if line.at_once:
                conversation.writes(line.text)
                continue
            result = conversation.says(line.text)
            heard = Heard(result.reply, str(result.outcome))
    except CannotGoOn as error:
        failed = str(error)
    desk.facts.found.pop(email, None)
    happened = conversation.happened(failed)
    found = judged(goal, tuple(lines), happened, private_of(desk, other))
    return Played(manner, golden.id, golden.file, tuple(lines), happened.replies, happened.outcomes, found)


def private_of(desk: EvalDesk, email: str) -> frozenset[str]:
    """What is this customer's alone: names and numbers that nobody else's reply may hold."""
    world = desk.installation.systems.world
    someone = next(one for one in world().people if one.email == email) if world else None
    if someone is None:
        return frozenset()
    payments = [value for one in someone.payments for value in (one.id, one.invoice, one.number)]
    return frozenset(one for one in (someone.id, someone.name, someone.subscription.id, *payments) if one)
