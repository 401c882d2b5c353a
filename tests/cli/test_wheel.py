"""What is installed: a wheel with every file that the code reads."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.cli.script import ROOT

SOURCE = ROOT / "src"
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
INSTALLED = "import sys; sys.path.insert(0, sys.argv.pop(1)); from deskhand.entrypoints.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, folder], cwd=ROOT, capture_output=True, check=True)
    (file,) = folder.glob("deskhand-*.whl")
    return ZipFile(file)


def test_every_file_beside_the_code_is_in_the_wheel(wheel: ZipFile) -> None:
    files = (file for file in (SOURCE / "deskhand").rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    names = {file.relative_to(SOURCE).as_posix() for file in files}

    assert {"deskhand/entrypoints/cli/init/starter/desk.toml", "deskhand/infrastructure/search/vocab.txt"} <= names
    assert names <= set(wheel.namelist())


def test_init_works_from_the_wheel(wheel: ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")

    command = [sys.executable, "-c", INSTALLED, str(tmp_path / "installed"), "init", str(tmp_path / "desk"), "--yes"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "desk" / "procedures" / "duplicate-charge.yaml").is_file()
