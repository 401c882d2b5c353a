"""`deskhand knowledge`: the company's knowledge, read from its sources, and what it lacks."""

from pathlib import Path
from typing import Annotated

import typer

knowledge_app = typer.Typer(help="The company's knowledge: take it over, and what it lacks.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@knowledge_app.command("sync")
def knowledge_sync(desk: Folder = HERE, json: Json = False) -> None:
    """Read every source again and take over what changed; exit code 1 if a source could not be read."""
    from deskhand.entrypoints.cli.knowledge.sync import sync

    sync(desk, as_json=json)


@knowledge_app.command("report")
def knowledge_report(desk: Folder = HERE, json: Json = False) -> None:
    """Tell what articles lack, which are old or at odds, and which are used: from the journal and the articles."""
    from deskhand.entrypoints.cli.knowledge.report import run

    run(desk, as_json=json)
