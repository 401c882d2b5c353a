"""`deskhand forget` and `export`, as a person runs them."""

import json
from pathlib import Path
from shutil import copytree

from tests.cli.script import deskhand
from tests.stories.lumen import TWICE, opened


def test_a_customer_is_shown_exported_and_forgotten(prepared: Path, tmp_path: Path) -> None:
    folder = Path(copytree(prepared, tmp_path / "desk"))
    with opened(folder) as lumen:
        email = lumen.customer("double_charge_small")
        ticket = lumen.say(email, TWICE).ticket
    named = ("--customer", email, "--desk", folder, "--json")

    shown = deskhand("forget", *named)
    written = deskhand("export", *named, "--to", tmp_path / "export")
    done = deskhand("forget", *named, "--yes")
    again = deskhand("forget", *named)

    assert shown.code == 2, shown.err
    assert shown.json["tickets"] == [ticket]
    assert shown.json["erases"]["decisions"]["result"] == 1
    assert written.code == 0, written.err
    assert json.loads((tmp_path / "export" / "export.json").read_text("utf-8"))["who"]["addresses"] == [email]
    assert done.code == 0, done.err
    assert {one["system"] for one in done.json["systems"]} == {"stripe", "zendesk"}
    assert again.code == 2, again.err
    assert (again.code, again.json["erases"]) == (2, {})
    assert deskhand("audit", "verify", "--desk", folder).code == 0
