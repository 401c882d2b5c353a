"""Durable steps: what has finished is not done again after a crash."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Step(Protocol):
    def __call__(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call `function` once, remember its result under its name and place in the run, and give it back on replay.

        The result travels as JSON: `function` must declare a return type made of frozen values.
        """
        ...


class About(Protocol):
    def __call__(self, *names: str) -> None:
        """Say whose words this run has read: a record, an address, a number. From then on none of its transactions goes
        through once they were forgotten. Within a step `BeingErased` or `WordsErased` is raised at once where nothing
        of theirs may be read."""
        ...
