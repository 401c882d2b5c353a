"""What a desk may say in `[privacy]`."""

import pytest

from deskhand.domain.contact import Contact
from deskhand.domain.errors import DeskFault
from deskhand.settings import read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'


def test_a_desk_names_what_is_masked() -> None:
    assert read_table(f'{DESK}[privacy]\nmask = ["ip", "name"]', "desk.toml").privacy.mask == [Contact.IP, Contact.NAME]
    assert read_table(f"{DESK}[privacy]\nmask = []", "desk.toml").privacy.mask == []


@pytest.mark.parametrize("line", ['mask = ["email", "fax"]', "mask = 1", "hide = []"])
def test_a_fault_has_its_line(line: str) -> None:
    with pytest.raises(DeskFault) as fault:
        read_table(f"{DESK}\n[privacy]\n{line}", "desk.toml")
    assert [one.line for one in fault.value.faults] == [6]
