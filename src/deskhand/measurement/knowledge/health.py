"""Knowledge health, whole: each part computed from the journal, the articles, and words that are kept elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.measurement.knowledge.changes import Change
from deskhand.measurement.knowledge.contradictions import Contradiction
from deskhand.measurement.knowledge.gaps import Gaps
from deskhand.measurement.knowledge.staleness import Stale
from deskhand.measurement.knowledge.usage import Usage


@dataclass(frozen=True)
class Health:
    """`at`: as of when; `messages` that have ended since `since`, None on a desk that was never asked. `left_out` are
    messages too many to be compared, the oldest."""

    at: datetime
    since: datetime | None
    messages: int
    articles: int
    statements: int
    left_out: int
    gaps: Gaps
    stale: tuple[Stale, ...]
    contradictions: tuple[Contradiction, ...]
    usage: Usage
    changes: tuple[Change, ...]
