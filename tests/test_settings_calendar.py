"""`[calendar]` in desk.toml: office hours, and each fault of theirs with its line."""

from datetime import UTC, datetime

import pytest

from deskhand.domain.errors import DeskFault
from deskhand.settings import read_table

DESK = """\
company = "Example"
signature = "Example Support"
default_queue = "support"

[calendar]
zone = "Europe/Berlin"
closed = [2026-12-25, 2026-12-26]

[calendar.hours]
monday = ["09:00-12:00", "13:00-17:30"]
saturday = ["22:00-02:00"]
"""


def test_a_desk_without_one_has_no_calendar() -> None:
    assert read_table(DESK.split("[calendar]")[0], "desk.toml").calendar is None


def test_the_office_opens_as_it_is_written() -> None:
    table = read_table(DESK, "desk.toml").calendar
    assert table is not None
    calendar = table.calendar

    assert calendar.open(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))  # nine in Berlin
    assert not calendar.open(datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    assert calendar.open(datetime(2026, 11, 22, 0, 59, tzinfo=UTC))
    assert not calendar.open(datetime(2026, 12, 26, 22, 0, tzinfo=UTC))
    assert calendar.holiday(datetime(2026, 12, 24, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("Europe/Berlin", "Europe/Berlino", 6, "no time zone such as Europe/Berlin"),
        ("Europe/Berlin", "../../etc/passwd", 6, "no time zone"),
        ('zone = "Europe/Berlin"', 'zonne = "Europe/Berlin"', 6, "Extra inputs"),
        ("2026-12-25", '"Christmas"', 7, "valid date"),
        ("13:00-17:30", "13-17", 10, "no span of hours such as 09:00-17:30"),
        ("saturday", "caturday", 11, "Extra inputs"),
        ('["22:00-02:00"]', '"22:00-02:00"', 11, "valid list"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(DeskFault) as caught:
        read_table(DESK.replace(old, new), "desk.toml")

    told = [fault for fault in caught.value.faults if words in fault.what]
    assert [(fault.file, fault.line) for fault in told] == [("desk.toml", line)]
