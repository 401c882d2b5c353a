"""The wheel in an empty environment, away from the repository: what a person has who never saw it."""

import json
import os
import subprocess
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(1200)]
ROOT = Path(__file__).parents[2]
LETTERS = [
    {"from": "maya.chen@example.com", "text": "I was charged twice for my subscription this month"},
    {"from": "customer:single_charge", "text": "How long does a refund take?"},
]


def run(*words: str | Path, cwd: Path) -> str:
    known = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}  # noqa: TID251
    done = subprocess.run(list(map(str, words)), cwd=cwd, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment's folder of programs."""
    place = tmp_path_factory.mktemp("empty") / "environment"
    venv.create(place, with_pip=True)
    (wheel,) = (ROOT / "dist").glob("deskhand-*.whl")
    pip = (place / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-qq", "install")
    run(*pip, "--require-hashes", "--requirement", ROOT / "requirements.lock", cwd=place)
    run(*pip, "--no-deps", wheel, cwd=place)
    return place / "bin"


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.jsonl").write_text("\n".join(map(json.dumps, LETTERS)), "utf-8")

    shown = json.loads(
        run(installed / "deskhand", "demo", "--once", "--messages", "letters.jsonl", "--json", cwd=tmp_path)
    )

    assert [one["outcome"] for one in shown["tickets"]] == ["resolved", "answered"]
    assert (tmp_path / "deskhand-demo" / "desk.toml").is_file()


def test_a_desk_made_by_the_wheel_is_sound(installed: Path, tmp_path: Path) -> None:
    run(installed / "deskhand", "init", "desk", "--yes", cwd=tmp_path)

    assert json.loads(run(installed / "deskhand", "check", "--desk", "desk", "--json", cwd=tmp_path))["ok"] is True
    assert run(installed / "deskhand", "--version", cwd=tmp_path).startswith("deskhand ")
