"""Two versions of a procedure, or two models, each for a share of customers, to be compared."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """What counts as a success: a suggestion that an agent sent unedited."""

    UNEDITED = "unedited"


@dataclass(frozen=True)
class Trial:
    """`percent` of customers get the second version, all others the procedure as it is; where a `model` is named, that
    one plans for them, and all others have the desk's own. `procedure` is "" for a model in all of them. `alpha`: how
    often a difference may be found where there is none, however often one looks."""

    name: str
    procedure: str
    percent: float
    metric: Metric
    alpha: float
    model: str = ""

    def of(self, procedures: Collection[str]) -> bool:
        """Whether it compares what is said when these are followed."""
        return not self.procedure or self.procedure in procedures
