"""`deskhand privacy`: what a desk does with personal data, from its own configuration."""

from pathlib import Path
from typing import Annotated

import typer

privacy_app = typer.Typer(help="What this desk does with personal data, from its configuration.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
HERE = Path()


@privacy_app.command()
def record(desk: Folder = HERE, json: Json = False) -> None:
    """The record of processing (art. 30): systems, classes of data, recipients, how long it is kept."""
    from deskhand.entrypoints.cli.privacy_record import show

    show(desk, as_json=json, risks=False)


@privacy_app.command()
def dpia(desk: Folder = HERE, json: Json = False) -> None:
    """The facts for an impact assessment (art. 35): the record, and what holds which risk."""
    from deskhand.entrypoints.cli.privacy_record import show

    show(desk, as_json=json, risks=True)
