"""Every command tells how it is used."""

import shlex
from collections.abc import Iterator

import pytest
from tests.cli.script import ROOT, deskhand, script
from typer.core import TyperGroup
from typer.main import get_command

from deskhand import __version__
from deskhand.entrypoints.cli import app


def commands(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each command with its path and what it says of itself."""
    yield path, group.help or ""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command.help or ""


def whole() -> TyperGroup:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return group


WHOLE = whole()
COMMANDS = list(commands(WHOLE))


@pytest.mark.parametrize(("path", "about"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_help_tells_what_a_command_does(path: tuple[str, ...], about: str) -> None:
    done = deskhand(*path, "--help")

    assert done.code == 0
    assert done.out.split()[:2] == ["Usage:", "deskhand"]
    assert about.split()
    assert " ".join(about.split())[:50] in " ".join(done.out.split())


@pytest.mark.parametrize("words", [("check", "--desk", "examples/lumen"), ("ask",), ("check", "--desk", "nowhere")])
def test_a_command_that_these_tests_fork_is_the_one_that_is_installed(words: tuple[str, ...]) -> None:
    assert deskhand(*words, folder=ROOT) == script(*words, folder=ROOT)


def test_an_unknown_command_is_refused_on_standard_error() -> None:
    done = deskhand("resolve")

    assert done.code == 2
    assert done.out == ""
    assert "resolve" in done.err


FIRST = "demo init check ask serve connect import replay doctor golive".split()


@pytest.mark.parametrize("name", FIRST)
def test_the_commands_that_a_new_user_meets_first_show_an_example_that_is_right(name: str) -> None:
    assert isinstance(WHOLE, TyperGroup)
    command = WHOLE.commands[name]
    shown = (command.epilog or "").removeprefix("Example: ")
    program, called, *words = shlex.split(shown)

    assert (program, called) == ("deskhand", name)
    assert command.make_context(name, words).params
    assert "Example:" in deskhand(name, "--help").out


def test_the_version_is_told() -> None:
    assert deskhand("--version").out == f"deskhand {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there_for_every_shell(shell: str) -> None:
    done = script("--show-completion", shell)

    assert done.code == 0
    assert "_DESKHAND_COMPLETE" in done.out
