"""What is kept of customers and of the desk: exports, erasure, and backups."""

from pathlib import Path
from typing import Annotated

import typer

keeping_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
HERE = Path()


@keeping_app.command()
def export(
    customer: Annotated[str, typer.Option(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    to: Annotated[Path, typer.Option(help="The folder to write; it must be new or empty.")],
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Write all that this desk knows of one customer, for them: one JSON file, and the files that they sent."""
    from deskhand.entrypoints.cli.export_customer import run

    run(desk, customer, to=to, as_json=json)


@keeping_app.command()
def forget(
    customer: Annotated[str, typer.Option(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase it; without, it is only shown.")] = False,
    by: By = "the command line",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Erase everything of one customer, in every store of this desk, and say what other systems hold of them."""
    from deskhand.entrypoints.cli.forget import run

    run(desk, customer, by=by, yes=yes, as_json=json)


@keeping_app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", help="The file to write; it must be new, and not in the desk folder.")],
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Write all that the desk remembers, and its folder, to one encrypted file; while it is served, too."""
    from deskhand.entrypoints.cli.backup import make

    make(desk, to, by=by, as_json=json)


@keeping_app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    desk: Annotated[Path, typer.Option("--desk", help="The folder to make; it must be new or empty.")],
    by: By = "operator",
    json: Json = False,
) -> None:
    """Put a desk back from a backup into an empty place, prove it, and pause it until somebody resumes it."""
    from deskhand.entrypoints.cli.backup import put_back

    put_back(file, desk, by=by, as_json=json)


@keeping_app.command()
def verify(file: Annotated[Path, typer.Argument(help="A backup.")], json: Json = False) -> None:
    """Prove that every byte of a backup is as it was written, and tell what it holds; nothing is restored."""
    from deskhand.entrypoints.cli.backup import prove

    prove(file, as_json=json)
