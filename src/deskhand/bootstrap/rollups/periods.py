"""Days and months (UTC) as text, and which of them make up a period."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from deskhand.bootstrap.rollups.parts import MONTHLY

DAY = timedelta(days=1)


def spans(cohort: str, since: str, until: str) -> Iterator[tuple[str, str, str]]:
    """Cohort, first and last of what makes this period up: days up to a month's first, whole months, days."""
    if since > until:
        return
    begin = since[:7] if since.endswith("-01") else month_after(since)
    end = until[:7] if day_after(until).endswith("-01") else _month_before(until)
    if begin > end:
        yield cohort, since, until
        return
    yield f"{cohort}{MONTHLY}", begin, end
    if since < f"{begin}-01":
        yield cohort, since, day_before(f"{begin}-01")
    if until >= (after := f"{month_after(f'{end}-01')}-01"):
        yield cohort, after, until


def month_after(day: str) -> str:
    return (date.fromisoformat(f"{day[:7]}-01") + timedelta(days=31)).isoformat()[:7]


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - DAY).isoformat()


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + DAY).isoformat()


def _month_before(day: str) -> str:
    return day_before(f"{day[:7]}-01")[:7]


def first_moment(day: str) -> datetime:
    """Of a day, in UTC."""
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")
