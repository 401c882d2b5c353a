"""`deskhand changes`: versions of the desk folder, who wrote and who approved them, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

changes_app = typer.Typer(help="Versions of the desk folder: list, submit, approve, and go back to one.")

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
Token = Annotated[
    str,
    typer.Option(help="Your own, from your sign-in link.", prompt="Your token", hide_input=True, show_default=False),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="A version, as `changes` lists it.")]
Name = Annotated[str, typer.Option("--by", help="Who you are; the token has to be this person's.")]
HERE = Path()


@changes_app.callback(invoke_without_command=True)
def changes(
    context: typer.Context,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Every version, the newest first, and whether the folder as it is now may be autonomous."""
    from deskhand.entrypoints.cli.changes_run import show

    if context.invoked_subcommand is None:
        show(desk, as_json=json)


@changes_app.command()
def diff(id: Id, desk: Folder = HERE, json: Json = False) -> None:
    """What differs between a version and the approved one that it was written after."""
    from deskhand.entrypoints.cli.changes_run import diff as run

    run(desk, id, as_json=json)


@changes_app.command()
def submit(
    why: Annotated[str, typer.Option(help="For colleagues and the journal.")],
    token: Token,
    by: Name = "",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Keep the folder as a version of yours, with how check, tests and golden tickets end. Another approves it."""
    from deskhand.entrypoints.cli.changes_run import submit as run

    run(desk, why=why, by=by, token=token, as_json=json)


@changes_app.command()
def approve(
    id: Id,
    token: Token,
    by: Name = "",
    untested: Annotated[bool, typer.Option("--untested", help="Although nothing of it was ever tried.")] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Approve what somebody else submitted; refused where check, tests or golden tickets fail. Exit code 1 then."""
    from deskhand.entrypoints.cli.changes_run import approve as run

    run(desk, id, by=by, token=token, untested=untested, as_json=json)


@changes_app.command()
def rollback(
    id: Id,
    by: Annotated[str, typer.Option("--by", help="Who does this, for the journal.")] = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Write the files of an approved version back into the folder; what is there now is kept as a version first."""
    from deskhand.entrypoints.cli.changes_run import rollback as run

    run(desk, id, by=by, as_json=json)
