"""At which stage a customer was answered last, in one procedure."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.stage import Stage


@dataclass(frozen=True)
class Sighting:
    """`slot`: where the customer stood then (see `rollout/group.py`)."""

    stage: Stage
    slot: float
    at: datetime
