"""What a desk may say in `[identity]` and `[widget]`."""

import pytest

from deskhand.domain.errors import DeskFault
from deskhand.settings import read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'


def test_a_desk_says_how_long_a_code_and_a_proof_hold() -> None:
    table = read_table(f"{DESK}[identity]\ncode_minutes = 5\nproof_minutes = 60", "desk.toml")
    assert (table.identity.code_minutes, table.identity.proof_minutes) == (5, 60)


@pytest.mark.parametrize(
    "text",
    [
        "[identity]\ncode_minutes = 0",
        "[identity]\ncode_minutes = 61",
        "[identity]\nproof_minutes = 100000",
        "[identity]\nrecent_days = 0",
        "[identity]\nlevel = 3",
        '[widget]\naudience = ""',
    ],
)
def test_a_fault_has_its_line(text: str) -> None:
    with pytest.raises(DeskFault) as fault:
        read_table(f"{DESK}\n{text}", "desk.toml")
    assert [one.line for one in fault.value.faults] == [6]
