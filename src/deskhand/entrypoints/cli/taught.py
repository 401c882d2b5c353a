"""`deskhand examples`: what agents made of suggestions, read or erased."""

from pathlib import Path
from typing import Annotated

import typer

examples_app = typer.Typer(help="What agents made of suggestions: read it, or erase it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@examples_app.command("list")
def examples_list(desk: Folder = HERE, json: Json = False) -> None:
    """Show every edit and rejection that is kept, oldest first."""
    from deskhand.entrypoints.cli.examples import show

    show(desk, as_json=json)


@examples_app.command("forget")
def examples_forget(
    customer: Annotated[str, typer.Option(help="Everything of this customer: an address, or as `list` shows it.")] = "",
    id: Annotated[str, typer.Option(help="One example.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Erase examples for good. Tickets, suggestions and results of the customer are kept elsewhere, and stay."""
    from deskhand.entrypoints.cli.examples import forget

    if bool(customer) == bool(id):
        raise typer.BadParameter("say either --customer or --id")
    forget(desk, customer=customer, id=id, yes=yes, as_json=json)
