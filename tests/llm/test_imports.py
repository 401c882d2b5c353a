"""A desk without a model never loads what speaks to one; a desk with one that cannot be used says what is missing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from deskhand.bootstrap import open_desk
from deskhand.domain.errors import DeskFault
from deskhand.settings import read_settings

PRELUDE = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import deskhand.entrypoints.cli
from deskhand.bootstrap import open_desk
from deskhand.domain.errors import DeskFault
from deskhand.settings import read_settings

settings = read_settings(Path(sys.argv[1]))
"""
WITHOUT = """
with open_desk(settings, tell=print, grace=timedelta(0)):
    pass
heavy = ("pydantic_ai", "genai_prices", "openai", "anthropic", "mistralai", "boto3", "google.genai")
print("loaded:", *[name for name in heavy if name in sys.modules])
"""
MISSING = """
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("openai", "anthropic"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
table = settings.table.model_copy(update={"model": sys.argv[2:]})
secrets = {"OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
try:
    with open_desk(replace(settings, table=table, secrets=secrets), tell=print):
        pass
except DeskFault as fault:
    print(fault)
"""


@pytest.fixture(scope="module")
def folder(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copytree(prepared, tmp_path_factory.mktemp("imports") / "desk")


def run(script: str, *arguments: str) -> str:
    """What a process of its own prints."""
    paths = f"import sys; sys.path[:0] = {[one for one in sys.path if one]}"
    command = [sys.executable, "-c", f"{paths}\n{PRELUDE}{script}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def test_the_command_line_and_a_desk_without_a_model_load_nothing_that_speaks_to_one(folder: Path) -> None:
    assert run(WITHOUT, str(folder)).splitlines()[-1] == "loaded:"


def test_a_missing_extra_is_named_with_the_command_that_brings_it(folder: Path) -> None:
    told = run(MISSING, str(folder), "m@http://127.0.0.1:9/v1", "anthropic:claude-x")
    assert f"{folder / 'desk.toml'}:1: model: it needs an extra: pip install 'deskhand[anthropic,openai]'" in told


@pytest.mark.parametrize("name", ["nonsense", "openai:", "frobnicate:m", "@http://127.0.0.1/v1"])
def test_a_name_that_names_no_model_is_a_fault_of_the_file(folder: Path, name: str) -> None:
    settings = read_settings(folder)
    changed = replace(settings, table=settings.table.model_copy(update={"model": name}))
    with pytest.raises(DeskFault, match="names no model") as fault, open_desk(changed, tell=print):
        pass
    assert [one.file for one in fault.value.faults] == [str(folder / "desk.toml")]


def test_a_provider_without_its_key_is_a_fault_that_names_the_variable(folder: Path) -> None:
    settings = read_settings(folder)
    changed = replace(settings, table=settings.table.model_copy(update={"model": "anthropic:claude-x"}), secrets={})
    with pytest.raises(DeskFault, match="ANTHROPIC_API_KEY"), open_desk(changed, tell=print):
        pass
