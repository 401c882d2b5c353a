"""Two versions of a procedure, each for a share of customers, to be compared."""

from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """What counts as a success: a suggestion that an agent sent unedited."""

    UNEDITED = "unedited"


@dataclass(frozen=True)
class Trial:
    """`percent` of customers get the second version, all others the procedure as it is. `alpha`: how often a difference
    may be found where there is none, however often one looks."""

    name: str
    procedure: str
    percent: float
    metric: Metric
    alpha: float
