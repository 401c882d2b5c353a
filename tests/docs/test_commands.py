"""Every command that a document shows is understood by the program, with its arguments and options."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.docs.documents import DOCUMENTS, ROOT, blocks
from typer import BadParameter, Exit
from typer.core import TyperGroup
from typer.main import get_command

from deskhand.entrypoints.cli import app

SPAN = re.compile(r"`(deskhand [^`\n]+)`")
LINE = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/)?deskhand(?= )(.*)$")
PROGRAM: Any = get_command(app)
ENDS = {"<", ">", "|", "&&", ";"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_command_is_understood(document: Path) -> None:
    text = document.read_text("utf-8")
    whole = [words for code in blocks(text) for words in shown(code)]
    named = [words for span in SPAN.findall(text) for words in shown(span)]

    assert [fault for words in whole if (fault := misread(words, whole=True))] == []
    assert [fault for words in named if (fault := misread(words, whole=False))] == []


def shown(code: str) -> Iterator[list[str]]:
    """The words behind `deskhand`, up to where the shell would end them; a line may go on behind a backslash."""
    for line in code.replace("\\\n", " ").splitlines():
        if found := LINE.match(line.strip()):
            words = shlex.split(found[1], comments=True)
            end = next((place for place, word in enumerate(words) if word in ENDS), len(words))
            yield words[:end]


def misread(words: list[str], *, whole: bool) -> str:
    """What the program says against it; "" for nothing. In a sentence a command may lack what it needs."""
    command, rest = PROGRAM, list(words)
    while isinstance(command, TyperGroup) and rest and rest[0] in command.commands:
        command = command.commands[rest.pop(0)]
    try:
        if isinstance(command, TyperGroup) and not rest:
            return "" if command.invoke_without_command or not whole else f"{words}: says no command"
        if isinstance(command, TyperGroup) and rest[0].isupper() and not whole:
            return ""  # a word that stands for one
        if isinstance(command, TyperGroup) and not rest[0].startswith("-"):
            return f"{words}: there is no command {rest[0]!r}"
        for one in command.params:
            one.callback = None  # nothing is done, not even for an option such as --install-completion
            if getattr(one, "prompt", None):  # what is asked for, if nobody said it, may be left out
                one.prompt, one.required = None, False
        command.make_context("deskhand", rest)
    except BadParameter as error:  # something is missing, or a word stands for a value
        return f"{words}: {error}" if whole else ""
    except Exit:
        return ""
    except Exception as error:
        return f"{words}: {error}"
    return ""


def test_what_is_misspelt_is_found() -> None:
    assert misread(["rollout", "ask", "x", "assisted", "--wy", "y"], whole=False)
    assert misread(["rolout", "show"], whole=False)
    assert misread(["ask", "hello"], whole=True)
    assert misread(["serve", "here"], whole=False)
