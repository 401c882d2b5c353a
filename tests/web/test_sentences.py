"""Sentences of workflows on pages in another language: every one is known, and what is filled in stays what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import deskhand
from deskhand.entrypoints.web.language import LANGUAGES
from deskhand.entrypoints.web.sentences import PLACE, SENTENCES, said_in

SOURCE = Path(deskhand.__file__).parent
ANSWERS = {"Decided", "Replied", "NoUndo", "Withheld", "Whispered", "Closed"}  # what workflows tell agents with
FILES = [
    *(SOURCE / "workflows" / f"{name}.py" for name in ("settle_decision", "agent_reply", "undo", "whisper", "closing")),
    *(SOURCE / "execution" / "catalogue").glob("*.py"),
    SOURCE / "policy" / "attachments.py",
    *(SOURCE / "entrypoints" / "web").glob("*.py"),
]
OTHERS = sorted(set(LANGUAGES) - {"en"})
FORMS = {PLACE.sub("{}", one) for one in SENTENCES}


def told(file: Path) -> Iterator[str]:
    """The sentences that a file answers with, and those it refuses a page with; {} where something is filled in."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in ANSWERS | {"HTTPException"}:
            continue
        for argument in call.args[1:] if call.func.id != "NoUndo" else call.args:
            text = written(argument)
            if text and not text.startswith("{}"):  # a sentence that another one stands before is put together
                yield text


def written(value: ast.expr) -> str:
    match value:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in parts)  # type: ignore[misc]
        case _:
            return ""


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_what_a_workflow_answers_an_agent_is_known(file: Path) -> None:
    composed = (" {}", "{} ", ", but {}", ". {}")
    sentences = {one for one in told(file) if not one.endswith(composed) and one not in FOR_OTHERS}
    assert {one for one in sentences if one.replace("{} {}", "{}") not in FORMS} == set()


FOR_OTHERS = {  # whoever hears these reads no page of the workspace
    "This form is not ours. Open the page of this desk to sign in; nothing was changed.",
    "Another text was sent with this form already. {} Send it again if it is new.",  # with NOT_SENT in it
    "There is no such file.",
    "There is no such receipt. Copy the whole address from the letter that we sent.",
    "There is no such summary. Copy the whole address from the letter that we sent.",
    "There is nothing {}of the customer {}.",  # two that are known
    "This is no address of ours. Copy it whole from the message. Nothing was changed.",
    "This is no address of ours. Copy it whole from the message. Nothing was kept.",
}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_is_said_in_every_language_with_what_is_filled_in(sentence: str, language: str) -> None:
    values = {name: f"Q{number}" for number, name in enumerate(PLACE.findall(sentence))}
    said = said_in(sentence % values, language)
    assert said != sentence % values
    assert all(value in said for value in values.values())


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("It is yours. A reply that was on its way may still arrive.", "Das Ticket gehört Ihnen. Eine Antwort,"),
        ("Already rejected: nothing was changed.", "Bereits abgelehnt: Es wurde nichts geändert."),
        (
            "Sent to the customer. What may never be kept (a password, a card number) was masked in it.",
            "An den Kunden gesendet. Was nie behalten werden darf",
        ),
        ("Nothing was changed: It was taken back already.", "Es wurde nichts geändert: Das ist schon zurückgenommen."),
    ],
)
def test_several_in_one_and_one_in_another_are_said_too(english: str, german: str) -> None:
    assert said_in(english, "de").startswith(german)
    assert said_in(english, "en") == english


@given(st.text(alphabet="abc .:()%{}", max_size=60))
def test_words_of_others_stay_as_they_are(text: str) -> None:
    assert said_in(text, "de") == text
