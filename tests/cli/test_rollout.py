"""`deskhand rollout`: what holds, who may change it, and what it says when nothing was changed."""

import hmac
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import Done, deskhand


@pytest.fixture(scope="module")
def desk(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's desk, on which anybody's single decision is enough for assisted."""
    folder = Path(shutil.copytree(shown.folder, tmp_path_factory.mktemp("rollout") / "desk"))
    file = folder / "desk.toml"
    gates = "\n[rollout.gates]\nassisted_cases = 1\nassisted_agreed = 0\n"
    file.write_text(file.read_text("utf-8") + gates, "utf-8")
    return folder


def rollout(desk: Path, *words: str) -> Done:
    return deskhand("rollout", *words, "--desk", desk, "--json")


def stage(desk: Path, procedure: str) -> tuple[str, str]:
    found = rollout(desk, "show").json["procedures"]
    return next((one["stage"], one["written"]) for one in found if one["procedure"] == procedure)


def test_one_person_steps_back_and_the_history_says_who_and_why(desk: Path) -> None:
    assert stage(desk, "password-reset") == ("assisted", "assisted")
    done = rollout(desk, "step-back", "password-reset", "--why", "a complaint", "--by", "mei")
    assert (done.code, done.json["stage"], done.json["changed"]) == (0, "read-only", True)
    assert stage(desk, "password-reset") == ("read-only", "assisted")
    last = rollout(desk, "history", "password-reset").json["changes"][-1]
    assert (last["kind"], last["body"]["by"], last["body"]["why"]) == ("rollout.stepped_back", "mei", "a complaint")


def test_without_the_evidence_nothing_can_be_asked_for(desk: Path) -> None:
    token = person(desk, "tom")
    done = rollout(desk, "ask", "invoice-copy", "assisted", "--why", "it does well", "--token", token)
    assert done.code == 1
    assert not done.json["done"]


def test_a_token_of_nobody_changes_nothing(desk: Path) -> None:
    done = rollout(desk, "ask", "password-reset", "assisted", "--why", "it does well", "--token", "0" * 64)
    assert done.code != 0
    assert "token of nobody" in done.err + done.out


def test_a_time_needs_its_zone(desk: Path) -> None:
    words = ("ask", "password-reset", "assisted", "--why", "x", "--token", "x", "--percent", "5@2026-12-07T09:00")
    done = rollout(desk, *words)
    assert done.code != 0
    assert "has no zone" in " ".join(done.err.split())


def test_trials_of_a_desk_without_any_are_none(desk: Path) -> None:
    assert rollout(desk, "trials").json == {"trials": []}


def person(desk: Path, name: str) -> str:
    """Their token, as the secret of the desk makes it."""
    secret = (desk / ".deskhand" / "secret").read_text("ascii").encode()
    return hmac.digest(secret, name.encode(), "sha256").hex()
