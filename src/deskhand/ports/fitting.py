"""What learning needs from outside: weights that fit what is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Fitted:
    """A weight for each unit of each column; `slope` and `shift` turn the log-odds into calibrated ones. `penalty` is
    what was chosen against weights that only fit this data."""

    offset: float
    weights: tuple[float, ...]
    slope: float
    shift: float
    penalty: float


class Fit(Protocol):
    def __call__(
        self,
        rows: Sequence[Sequence[float]],
        truth: Sequence[bool],
        blocks: Sequence[int],
        told: Callable[[int, int], None],
    ) -> Fitted:
        """The same for the same input, to the last digit that is given. Both kinds must be in `truth`.

        `blocks` numbers the parts of the past that the rows belong to, from 0: what is said of a part, in order to
        choose and to calibrate, is learnt from the parts before it only. `told`: steps that are done, and of how many.
        """
        ...
