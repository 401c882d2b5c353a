"""docs/cli.md: every command with its arguments and options, as the program itself tells them."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from docs.site.markdown import table
from typer.core import TyperGroup
from typer.main import get_command

from deskhand.entrypoints.cli import app

HEAD = """# Commands

Made from the program by `make reference`; `deskhand COMMAND --help` tells the same. Whatever goes wrong is told in one
sentence on standard error, and the exit code is 1; a command that is called wrongly ends with 2.
"""


def page() -> str:
    return "\n".join([HEAD, *_told("deskhand", get_command(app))]).rstrip() + "\n"


def _told(name: str, command: Any) -> Iterator[str]:
    """A command, or a group of them with what it has."""
    if command.hidden:
        return
    inner = command.commands if isinstance(command, TyperGroup) else {}
    if name != "deskhand":
        yield from (f"## {name}", "", cleandoc(command.help or ""), "")
        if not inner or command.invoke_without_command:
            yield from _asked(name, command)
        if command.epilog:
            yield from (cleandoc(command.epilog), "")
    for each in inner:
        yield from _told(f"{name} {each}", inner[each])


def _asked(name: str, command: Any) -> Iterator[str]:
    context = command.context_class(command, info_name=name)
    yield from ("```text", f"{name} {' '.join(command.collect_usage_pieces(context))}", "```", "")
    told = [one.get_help_record(context) for one in command.params]
    yield from table(("given", "what it is"), ([f"`{one[0]}`", _plain(one[1])] for one in told if one))


def _plain(text: str) -> str:
    """No markup of Markdown: brackets are no link, and a sign is a sign."""
    return text.replace("[", "\\[").replace("<", "&lt;").replace("*", "\\*")
