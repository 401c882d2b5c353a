"""Golden tickets are tried, round after round, each round on desks of its own."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from deskhand.bootstrap import EvalDesk, eval_desk
from deskhand.bootstrap.systems.systems import Tell
from deskhand.domain.errors import DeskhandError
from deskhand.entrypoints.trials.trial import Tried, tried
from deskhand.golden.ticket import Golden
from deskhand.settings import Settings

T = TypeVar("T")


def rounds(settings: Settings, golden: Sequence[Golden], k: int, tell: Tell) -> Iterator[Tried]:
    """Every ticket `k` times, each once it is over."""
    for _ in range(k):
        for together in apart(golden, lambda one: "" if one.situation else one.sender):
            with tempfile.TemporaryDirectory(prefix="deskhand-eval-") as place:
                situations = [one.situation for one in together if one.situation]
                with eval_desk(settings, Path(place), situations, tell) as desk:
                    people = {name: iter(emails) for name, emails in people_of(desk).items()}
                    for one in together:
                        yield tried(desk, one, sender(one, people))


def apart(every: Iterable[T], name: Callable[[T], str]) -> list[list[T]]:
    """What shares a desk: nobody who has a `name` writes twice there, or the second ticket would stand on what the
    first left behind."""
    found: list[list[T]] = []
    taken: list[set[str]] = []
    for one in every:
        place = next((n for n, names in enumerate(taken) if not name(one) or name(one) not in names), len(found))
        if place == len(found):
            found.append([])
            taken.append(set())
        found[place].append(one)
        taken[place].add(name(one))
    return found


def people_of(desk: EvalDesk) -> Mapping[str, list[str]]:
    """Addresses of made-up customers by situation."""
    return desk.installation.people_of_the_world()


def sender(golden: Golden, people: Mapping[str, Iterator[str]]) -> str:
    """The address of whoever writes this ticket."""
    if not golden.situation:
        return golden.sender
    if found := next(people.get(golden.situation, iter(())), ""):
        return found
    raise DeskhandError(f"{golden.id}: there is no customer left in the situation {golden.situation!r}.")
