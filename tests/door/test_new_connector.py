"""The package that `deskhand new-connector` makes: sound but for one method, and whole with it."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.script import deskhand
from tests.door.stranger import python

TOLD = "write Tickets.ticket in deskhand_acme/ticket_desk.py: its docstring says how"
MISSING = f'        raise NotImplementedError("{TOLD}")\n'
WRITTEN = """        raw = self._wire.read(path_of(ref))
        messages = tuple(self._messages(ref))
        with understood("ticket"):
            who = raw["requester"]
            ticket = Ticket(
                ref=ref,
                subject=raw["subject"] or "",
                status=STATES.get(raw["state"], Status.OTHER),
                channel="acme",
                requester=Requester(who["name"], who["email"], who["confirmed"] is True),
                tags=frozenset(raw["tags"] or ()),
                version=str(raw["version"]),
                created_at=datetime.fromisoformat(raw["opened_at"]),
                messages=messages,
            )
        return Read(ticket, SYSTEM, self._clock())
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    done = deskhand("new-connector", "acme", tmp_path / "acme", "--json")
    assert done.code == 0, done.err
    assert "deskhand_acme/twin.py" in done.json["files"]
    return tmp_path / "acme"


def written(made: Path) -> None:
    """What the stranger writes."""
    file = made / "deskhand_acme" / "ticket_desk.py"
    text = file.read_text("utf-8")
    assert text.count(MISSING) == 1
    file.write_text(text.replace(MISSING, WRITTEN), "utf-8")


def judged(made: Path) -> subprocess.CompletedProcess[str]:
    return python("-m", "pytest", "-p", "no:cacheprovider", folder=made)


def test_its_contract_fails_in_one_place_that_says_what_to_do(made: Path) -> None:
    done = judged(made)

    reasons = {line for line in done.stdout.splitlines() if line.startswith("E  ")}
    assert done.returncode == 1
    assert reasons == {f"E       NotImplementedError: {TOLD}"}
    assert " passed" not in done.stdout


def test_it_passes_once_that_method_is_written(made: Path) -> None:
    written(made)
    done = judged(made)

    assert done.returncode == 0, done.stdout[-3000:]


def test_it_is_in_order(made: Path) -> None:
    ruff = [str(Path(sys.executable).with_name("ruff")), "check", "--isolated", "--line-length", "120"]
    written(made)
    done = subprocess.run([*ruff, "--select", "E,F,I,UP", "."], cwd=made, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert len((made / "README.md").read_text("utf-8").splitlines()) == 10


@pytest.mark.parametrize("name", ["Acme", "a-b", "", "records", "class", "../up", "a"])
def test_a_name_that_cannot_be_one_makes_nothing(tmp_path: Path, name: str) -> None:
    done = deskhand("new-connector", name, tmp_path / "new")

    assert done.code == 1
    assert "nothing was written" in done.err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_is_left_alone(made: Path) -> None:
    before = (made / "README.md").read_text("utf-8")
    done = deskhand("new-connector", "other", made)

    assert done.code == 1
    assert "nothing was written" in done.err
    assert (made / "README.md").read_text("utf-8") == before
