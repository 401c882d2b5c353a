"""What a desk may say in `[attachments]`: nothing that cannot be told by its content is ever opened."""

import pytest

from deskhand.domain.errors import DeskFault
from deskhand.policy.attachments import CAREFUL
from deskhand.settings import read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n[attachments]\n'


def test_a_desk_that_says_nothing_is_careful() -> None:
    table = read_table(DESK, "desk.toml").attachments

    assert (table.limits.largest, set(table.limits.types), table.scan) == (20_000_000, set(CAREFUL), ())
    assert not [one for one in CAREFUL if "html" in one or "svg" in one or "zip" in one or "officedocument" in one]


def test_a_desk_may_allow_less_or_office_documents() -> None:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    table = read_table(f'{DESK}max_megabytes = 0.5\ntypes = ["image/png", "{office}"]\n', "desk.toml").attachments

    assert (table.limits.largest, set(table.limits.types)) == (500_000, {"image/png", office})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('types = ["text/html"]', "'text/html' cannot be told by its content, so it is never opened"),
        ('types = ["image/svg+xml"]', "never opened"),
        ('types = ["application/zip"]', "never opened"),
        ("max_megabytes = 0", "greater than 0"),
        ("max_megabytes = 101", "less than or equal to 100"),
        ('scan = ""', "tuple"),
        ('scan = [""]', "at least 1 character"),
        ("scan_seconds = 0", "greater than 0"),
        ('scanner = ["clamdscan"]', "Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_is_a_fault_with_its_line(text: str, told: str) -> None:
    with pytest.raises(DeskFault, match=r"desk\.toml:\d") as caught:
        read_table(f"{DESK}{text}\n", "desk.toml")
    assert told in str(caught.value)
