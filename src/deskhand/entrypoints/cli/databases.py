"""`deskhand migrate` and `deskhand move`: a desk's tables, and the database they are in."""

from pathlib import Path
from typing import Annotated

import typer

databases_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@databases_app.command()
def migrate(
    down: Annotated[str, typer.Option(help='Take the tables back to this revision, such as "0028".')] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Really take them back; without, it is only shown.")] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Bring the tables of a desk's database to this version, or take them back to an older one's."""
    from deskhand.entrypoints.cli.databases_run import run_migrate

    run_migrate(desk, down=down, yes=yes, as_json=json)


@databases_app.command()
def move(
    to: Annotated[str, typer.Option(help="An empty database, as postgresql://user@host/name.")],
    by: Annotated[str, typer.Option("--by", help="Who does this, for the journal.")] = "the command line",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Move a desk's database from SQLite to PostgreSQL, with all that waits and runs: whole, or not at all."""
    from deskhand.entrypoints.cli.databases_run import run_move

    run_move(desk, to, by=by, as_json=json)
