"""What `[systems]` of a desk may name: every fault has its line, and says how to mend it."""

import shutil
from pathlib import Path

import pytest
from tests.cli.script import deskhand

TABLES = [
    ("[systems.zendesk]", "[systems.zendsek]", "systems.zendsek", "no connector of that name is installed; there are "),
    ("[systems.zendesk]\ntwin = true", '[systems.zendesk]\nadress = "x"', "adress", "Extra inputs are not permitted"),
    ("[systems.zendesk]\ntwin = true", '[systems.zendesk]\ntwin = "perhaps"', "twin", "valid boolean"),
]


@pytest.mark.parametrize(("sound", "faulty", "named", "told"), TABLES)
def test_a_system_that_a_desk_cannot_have_is_told_with_its_line(
    starter: Path, tmp_path: Path, sound: str, faulty: str, named: str, told: str
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(starter, folder)
    file = folder / "desk.toml"
    text = file.read_text("utf-8")
    assert sound in text
    file.write_text(text.replace(sound, faulty), "utf-8")

    done = deskhand("check", "--json", folder=folder)

    assert done.code != 0
    (fault,) = done.json["faults"]
    assert told in fault["what"]
    line = file.read_text("utf-8").splitlines()[fault["line"] - 1]
    assert named in line or fault["line"] == 1
