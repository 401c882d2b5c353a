"""What a desk may say in `[replies]`."""

import pytest

from deskhand.domain.errors import DeskFault
from deskhand.settings import read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'


def test_a_desk_names_hosts_and_none_by_itself() -> None:
    named = read_table(f'{DESK}[replies]\nhosts = ["lumen.example", "help.lumen-care.example"]', "desk.toml")

    assert named.replies.trusted == {"lumen.example", "help.lumen-care.example"}
    assert read_table(DESK, "desk.toml").replies.trusted == frozenset()


@pytest.mark.parametrize(
    "host", ["https://lumen.example", "*.lumen.example", "com", "a@lumen.example", "", "a..example"]
)
def test_what_is_no_host_is_told_with_its_line_and_what_to_write(host: str) -> None:
    with pytest.raises(DeskFault) as fault:
        read_table(f'{DESK}\n[replies]\nhosts = ["{host}"]', "desk.toml")

    told = f"replies.hosts.0: {host!r} is not the name of a host, such as lumen.example; those below it are meant, too"
    assert [(one.line, one.what) for one in fault.value.faults] == [(6, told)]
