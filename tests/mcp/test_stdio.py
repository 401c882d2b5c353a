"""`deskhand mcp` as an assistant's program starts it: who it speaks for, and nothing else on its output."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import starter
from tests.cli.script import deskhand
from tests.door.stranger import python

from deskhand.bootstrap import open_desk
from deskhand.settings import read_settings

__all__ = ["starter"]
MAIN = "from deskhand.entrypoints.cli import main; main()"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
LIST: tuple[Mapping[str, Any], ...] = (
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    {
        "jsonrpc": "2.0",
        "id": 3,
        "method": "tools/call",
        "params": {"name": "search_knowledge", "arguments": {"question": "How do I reset my password?"}},
    },
)


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    return shutil.copytree(starter, tmp_path / "desk")


WORDS = "".join(json.dumps(one) + "\n" for one in LIST)


def talk(desk: Path, *more: str, environment: Mapping[str, str] | None = None) -> tuple[int, list[Any], str]:
    """The exit code, the answers, and what was said aside."""
    done = deskhand("mcp", "--desk", desk, *more, stdin=WORDS.encode(), environment=environment)
    return done.code, [json.loads(line) for line in done.out.splitlines()], done.err


def test_who_owns_the_folder_may_speak_for_a_person(desk: Path) -> None:
    done = python("-c", MAIN, "mcp", "--desk", desk, "--as", "sam", words=WORDS)
    code, answers = done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    assert (code, [one["id"] for one in answers]) == (0, [1, 2, 3])
    assert {one["name"] for one in answers[1]["result"]["tools"]} >= {"search_knowledge", "propose_action"}
    passages = answers[2]["result"]["structuredContent"]["passages"]
    assert passages[0]["source"] == "reset-password"


def test_a_persons_token_speaks_for_them_and_nobody_else(desk: Path) -> None:
    with open_desk(read_settings(desk), tell=lambda what: None) as installation:
        token = installation.tokens["kim"]

    assert talk(desk, environment={"DESKHAND_PERSON_TOKEN": token})[0] == 0
    code, answers, told = talk(desk, "--as", "sam", environment={"DESKHAND_PERSON_TOKEN": token})
    assert (code, answers) == (1, [])
    assert "not the token of sam" in told
    assert token not in told


@pytest.mark.parametrize(
    ("more", "environment", "told"),
    [
        ((), {}, "say --as PERSON"),
        (("--as", "mallory"), {}, "'mallory' is nobody of [people]; there are kim, sam"),
        ((), {"DESKHAND_PERSON_TOKEN": "0" * 64}, "is the token of nobody here"),
    ],
)
def test_nobody_else_is_let_in(desk: Path, more: tuple[str, ...], environment: dict[str, str], told: str) -> None:
    code, answers, aside = talk(desk, *more, environment=environment)

    assert (code, answers) == (1, [])
    assert told in aside
