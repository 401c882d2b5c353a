"""`[routing]` in desk.toml: queues and people, and each fault of theirs with its line."""

from datetime import timedelta

import pytest

from deskhand.domain.errors import DeskFault
from deskhand.settings import read_table

DESK = """\
company = "Example"
signature = "Example Support"
default_queue = "support"
languages = ["en", "de"]

[people]
ana = ["agent"]
tom = ["agent"]

[calendar]
zone = "Europe/Berlin"
hours = { monday = ["09:00-17:00"] }

[routing.people.ana]
assignee = "501"
languages = ["fr"]
most = 5

[routing.queues.support]
people = ["ana"]

[routing.queues.billing]
people = ["tom", "ana"]
skills = ["duplicate-charge"]
tiers = ["Enterprise"]
group = "901"
first_answer = "1h30m"
first_answer_by_tier = { Enterprise = "45m" }
fallback = "support"

[routing.queues.billing.on_call.tom]
saturday = ["10:00-14:00"]
"""


def test_a_desk_without_it_has_one_queue_for_everything() -> None:
    table = read_table(DESK.split("[routing")[0], "desk.toml")
    assert (table.routing.queues, table.routing.people) == ({}, {})


def test_queues_and_people_are_read_as_they_are_written() -> None:
    table = read_table(DESK, "desk.toml")
    assert table.calendar is not None
    routing = table.routing.routing(table.default_queue, table.languages, table.calendar.calendar)
    billing = routing.queue("billing")

    assert (billing.first_answer, billing.by_tier) == (timedelta(minutes=90), {"enterprise": timedelta(minutes=45)})
    assert (set(billing.tiers), billing.group, billing.fallback) == ({"enterprise"}, "901", "support")
    assert billing.calendar == routing.calendar
    assert set(billing.on_call) == {"tom"}
    assert routing.people["ana"].languages == {"fr"}
    assert routing.people["tom"].languages == {"en", "de"}  # who says nothing speaks what the desk does
    assert routing.queue("unheard of").calendar == routing.calendar


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[routing.people.ana]", "[routing.people.zoe]", 14, "is nobody of [people]"),
        ('["tom", "ana"]', '["tom", "zoe"]', 23, "'zoe' is nobody of [people]"),
        ("on_call.tom", "on_call.mei", 31, "is nobody of the queue's people"),
        ('"1h30m"', '"90"', 27, "no working time such as 4h, 30m or 1h30m"),
        ('"1h30m"', '""', 27, "no working time"),
        ("most = 5", "most = 0", 17, "greater than or equal to 1"),
        ("skills =", "skils =", 24, "Extra inputs"),
        ('fallback = "support"', 'fallback = "billing"', 29, "is the queue itself"),
        ('languages = ["fr"]', 'languages = ["French"]', 16, "match pattern"),
        ("10:00-14:00", "10-14", 32, "no span of hours"),
        ('[calendar]\nzone = "Europe/Berlin"\nhours = { monday = ["09:00-17:00"] }\n', "\n\n\n", 31, "need a calendar"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(DeskFault) as caught:
        read_table(DESK.replace(old, new), "desk.toml")

    told = [fault for fault in caught.value.faults if words in fault.what]
    assert [(fault.file, fault.line) for fault in told] == [("desk.toml", line)], caught.value.faults
