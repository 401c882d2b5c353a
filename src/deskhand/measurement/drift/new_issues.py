"""New issues: what has begun to be asked lately, that nothing answers, those of one meaning together."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from deskhand.measurement.knowledge.gaps import Gap

NEW = timedelta(days=14)


def new_issues(gaps: Iterable[Gap], now: datetime) -> list[Gap]:
    """Of the questions without an answer, those that nobody asked before the last two weeks; the most asked first."""
    return sorted((one for one in gaps if one.first >= now - NEW), key=lambda one: (-one.count, one.first))
