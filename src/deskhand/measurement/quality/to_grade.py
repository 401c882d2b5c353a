"""What is left to grade, of last month and of this one, and what comes next for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.quality.graded import Grades
from deskhand.measurement.quality.sample import Drawn, sample
from deskhand.measurement.quality.sent import sent_within

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """`sent`: replies of this month (UTC); `drawn`: the sample of them; `wanted` grades, of which `given` are there."""

    name: str
    sent: int
    drawn: Sequence[Drawn]
    wanted: int
    given: int


@dataclass(frozen=True)
class ToGrade:
    """`next`: what this person is shown now; None when nothing is left for them. `others`: how many grades are left
    that only somebody else may give."""

    months: Sequence[Month]
    next: Drawn | None
    left: int
    others: int


def looked_at(now: datetime) -> datetime:
    """From when on lines are needed: the month before the last one, for tickets that came up in it."""
    return _before(_before(_first(now)))


def to_grade(lines: Iterable[JournalLine], known: Grades, person: str, now: datetime, size: int) -> ToGrade:
    """`lines` of `sent.KINDS` since `looked_at(now)`."""
    this, told = _first(now), list(lines)
    months = [_month(told, known, _before(this), this, size), _month(told, known, this, now + DAY, size)]
    open_ = [one for month in months for one in month.drawn if _lacks(one, known)]
    own = [one for one in open_ if _may(one, known, person)]
    return ToGrade(months, own[0] if own else None, len(own), len(open_) - len(own))


def drawn_of(found: ToGrade, ticket: str, message: str) -> Drawn | None:
    """The one of the sample with this id."""
    every = (one for month in found.months for one in month.drawn)
    return next((one for one in every if one.sent.id == (ticket, message)), None)


def _month(lines: Sequence[JournalLine], known: Grades, since: datetime, until: datetime, size: int) -> Month:
    name = f"{since:%Y-%m}"
    sent = [one for one in sent_within(lines, since, until) if not known.left_out(one.id)]
    drawn = sample(sent, name, size)
    given = sum(min(len(known.grades.get(one.sent.id, ())), 1 + one.double) for one in drawn)
    return Month(name, len(sent), drawn, sum(1 + one.double for one in drawn), given)


def _lacks(one: Drawn, known: Grades) -> bool:
    return len(known.grades.get(one.sent.id, ())) < 1 + one.double


def _may(one: Drawn, known: Grades, person: str) -> bool:
    id = one.sent.id
    graded = {grade.by for grade in known.grades.get(id, ())}
    return person not in one.sent.hands and person not in graded and person not in known.skipped.get(id, {})


def _first(at: datetime) -> datetime:
    return datetime(at.astimezone(UTC).year, at.astimezone(UTC).month, 1, tzinfo=UTC)


def _before(first: datetime) -> datetime:
    return _first(first - DAY)
