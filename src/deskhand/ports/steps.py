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
