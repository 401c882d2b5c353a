"""`deskhand ask`: one message through the whole story, in a shape that scripts rely on."""

import shutil
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from docs.site.transcript import BLOCK, DESK, PAGE, few, steady, transcript
from tests.cli.conftest import Shown
from tests.cli.script import Done, deskhand

from deskhand.domain.finding import Fact
from deskhand.domain.handoff import Handoff

WHOLE = ["outcome", "reply", "language", "requests", "actions", "citations", "handoff", "model", "timings_ms"]
OUTCOMES = {"resolved", "answered", "asked", "suggested", "awaiting_approval", "handed_off"}


@pytest.fixture(scope="module")
def shown(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """A copy: what is asked here is no ticket of the desk that other files count."""
    return Shown(Path(shutil.copytree(shown.folder, tmp_path_factory.mktemp("asked") / "desk")), shown.demo)


def ask(text: str | bytes, desk: Path, *more: str, customer: str = "lars.holm@example.com", stdin: bytes = b"") -> Done:
    """For a script."""
    return deskhand("ask", text, "--as", customer, "--desk", desk, "--json", *more, stdin=stdin)


def has_shape(result: Any) -> bool:
    return list(result) == WHOLE and result["outcome"] in OUTCOMES


def test_a_message_is_told_with_every_key_of_the_contract(shown: Shown) -> None:
    done = ask("We were billed twice", shown.folder, "--stage", "autonomous", customer="sofia.marquez@example.com")

    result = done.json
    assert done.code == 0
    assert has_shape(result)
    assert isinstance(result["reply"], str)
    assert result["language"] == "en"
    assert [list(one) for one in result["requests"]] == [["quote", "procedure"]]
    assert [list(one) for one in result["actions"]] == [["name", "args", "verdict", "receipt"]]
    assert [list(one["verdict"]) for one in result["actions"]] == [["effect", "rule", "says"]]
    assert {tuple(one) for one in result["citations"]} == {("source", "quote")}
    assert list(result["model"]) == ["calls", "input_tokens", "output_tokens", "cost"]
    assert all(isinstance(took, float) for took in result["timings_ms"].values())
    assert "total" in result["timings_ms"]


def test_an_action_that_was_done_is_told_with_its_receipt(shown: Shown) -> None:
    (maya, *_) = shown.demo.json["tickets"]

    (action,) = maya["actions"]
    assert list(action["receipt"]) == ["key", "system", "id", "at", "details"]
    assert action["receipt"]["id"] in maya["reply"]


def test_a_handoff_is_told_with_everything_a_person_needs(shown: Shown) -> None:
    done = ask("Let me talk to a real person please", shown.folder, "--stage", "autonomous")

    result = done.json
    assert has_shape(result)
    assert result["outcome"] == "handed_off"
    assert list(result["handoff"]) == [field.name for field in fields(Handoff)]
    assert {tuple(fact) for fact in result["handoff"]["facts"]} <= {tuple(field.name for field in fields(Fact))}
    assert result["handoff"]["queue"]


def test_a_desk_made_by_init_only_suggests(starter: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(starter, desk)

    done = ask("I was charged twice this month", desk, customer="robin@example.com")

    result = done.json
    (action,) = result["actions"]
    assert result["outcome"] == "suggested"
    assert (action["verdict"]["effect"], action["verdict"]["rule"]) == ("approve", "refund-approved")
    assert action["receipt"] is None
    assert "Example & Co Support" in result["reply"]


def test_progress_and_remarks_keep_off_standard_output(shown: Shown) -> None:
    assert shown.demo.out.startswith("{")
    assert "made-up customers" in shown.demo.err


def test_standard_input_with_bytes_that_are_no_text_is_read_all_the_same(shown: Shown) -> None:
    words = b"How long does a refund take?\x00 \xff\xfe\xed\xa0\x80"

    done = ask("-", shown.folder, "--stage", "autonomous", stdin=words)

    assert done.code == 0
    assert has_shape(done.json)
    assert done.json["outcome"] == "answered"


def test_an_argument_with_bytes_that_are_no_text_is_read_all_the_same(shown: Shown) -> None:
    done = ask(b"How long does a refund take? \xff\xfe", shown.folder, "--stage", "autonomous")

    assert done.code == 0
    assert done.json["outcome"] == "answered"


@pytest.mark.parametrize("words", [b"", b"I was charged twice. " * 50_000], ids=["empty", "1 MB"])
def test_any_text_comes_to_an_outcome(shown: Shown, words: bytes) -> None:
    done = ask("-", shown.folder, customer="nobody@example.com", stdin=words)

    assert done.code == 0, done.err[-2000:]
    assert has_shape(done.json)


def test_people_read_what_was_done_and_the_reply(shown: Shown) -> None:
    done = deskhand("ask", "How long does a refund [/b] take?", "--as", "x@example.com", "--desk", shown.folder)

    assert done.code == 0
    assert "Lumen Analytics Support" in done.out


def test_a_folder_that_is_no_desk_is_told_in_one_line(tmp_path: Path) -> None:
    done = ask("hello", tmp_path)

    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == f"{tmp_path / 'desk.toml'}:1: there is no desk here, so nothing was done; make one with `deskhand init`\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_stage_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    done = deskhand("ask", "hello", "--as", "x@example.com", "--desk", tmp_path, "--stage", "reckless")

    assert done.code == 2
    assert "read-only" in done.err


def test_the_first_page_shows_what_these_commands_print(shown: Shown, tmp_path: Path) -> None:
    few(tmp_path)
    state = tmp_path / DESK / ".deskhand"
    state.mkdir()
    shutil.copy(shown.folder / ".deskhand" / "vectors.sqlite", state)  # of the same articles: they cost seconds

    (told,) = BLOCK.findall(PAGE.read_text("utf-8"))
    assert steady(told) == steady(transcript(printed, tmp_path)), "write it anew: python -m docs.site.transcript"


def printed(words: Sequence[str], folder: Path) -> str:
    done = deskhand(*words, folder=folder)
    assert done.code == 0, done.err
    return done.out
