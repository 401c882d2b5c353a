"""What these tests share: two desks that are prepared once."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from tests.cli.script import ROOT, Done, deskhand
from tests.storage import everywhere

LETTERS = [
    {"from": "maya.chen@example.com", "text": "I was charged twice this month"},
    {"from": "customer:single_charge", "text": "How long does a refund take?"},
    {"from": "grace.kim@example.com", "text": "You billed us twice, please refund one of them"},
    {"from": "unknown@example.com", "text": "I want to talk to a person [/red]"},
    {"from": "customer:single_charge", "text": "I forgot my password"},
]


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desk made by `init`, never asked anything. Copy it before changing it."""
    folder = tmp_path_factory.mktemp("starter") / "desk"
    made = deskhand("init", folder, "--yes", "--company", "Example & Co")
    assert made.code == 0, made.err
    yield folder
    shutil.rmtree(folder)


@dataclass(frozen=True)
class Shown:
    folder: Path
    demo: Done


@pytest.fixture(scope="session")
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The demo company with few customers, after `demo` with five letters. Of several processes of a run the first one
    has it done, and each gets a copy."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if hasattr(request.config, "workerinput") else base) / "shown"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "demo.json").exists():
            (place / "demo.json").write_text(json.dumps(asdict(_demo(place / "desk"))), "utf-8")
    folder = tmp_path_factory.mktemp("lumen") / "desk"
    shutil.copytree(place / "desk", folder)
    yield Shown(folder, Done(**json.loads((place / "demo.json").read_text("utf-8"))))
    shutil.rmtree(folder)


def _demo(folder: Path) -> Done:
    shutil.rmtree(folder, ignore_errors=True)  # of a process that was ended while it did this
    shutil.copytree(ROOT / "examples" / "lumen", folder, ignore=shutil.ignore_patterns(".deskhand"))
    recipe = folder / "twins.toml"
    recipe.write_text(recipe.read_text("utf-8").replace("customers = 15000", "customers = 60"), "utf-8")
    letters = folder / "five.jsonl"
    letters.write_text("\n".join(map(json.dumps, LETTERS)), "utf-8")
    # The demo forgets everything first, and so takes no database but a file of its own.
    here = {everywhere.SERVER: ""}
    return deskhand("demo", "--once", "--messages", letters, "--desk", folder, "--json", environment=here)
