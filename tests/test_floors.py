"""The import contracts of pyproject.toml: who may know whom."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "deskhand"
OUTER = {"bootstrap", "connectors", "infrastructure", "entrypoints", "settings", "testing"}


def test_every_import_keeps_the_contracts() -> None:
    # In a process of its own: it silences every logger that is there already.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_every_folder_of_the_core_is_held_to_the_core_contract() -> None:
    folders = {file.parent.name for file in SOURCE.glob("*/__init__.py")}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    core = next(contract for contract in contracts if contract["name"].startswith("core:"))

    assert set(core["source_modules"]) == {f"deskhand.{folder}" for folder in folders - OUTER}
