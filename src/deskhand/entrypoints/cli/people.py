"""`deskhand people`, `deskhand tokens` and `deskhand access`: who gets in, from the command line."""

from pathlib import Path
from typing import Annotated

import typer

from deskhand.domain.rights import Role

people_app = typer.Typer(help="Who gets in: invite, list, disable, reset.", no_args_is_help=True)
tokens_app = typer.Typer(help="API tokens: make, list, revoke.", no_args_is_help=True)
access_app = typer.Typer(help="What access there is, for whoever reviews it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
Name = Annotated[str, typer.Argument(help="A person by name.")]
HERE = Path()
ADDRESS = "http://127.0.0.1:8700"


@people_app.command()
def invite(
    name: Name,
    role: Annotated[Role | None, typer.Option(help="For who is not named in [people] of desk.toml.")] = None,
    queue: Annotated[list[str] | None, typer.Option(help="Only tickets of this queue; again for more.")] = None,
    address: Annotated[str, typer.Option(help="Where they reach the desk.")] = ADDRESS,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Print a link by which somebody sets a password: good once, for a day."""
    from deskhand.entrypoints.cli.people_run import invite as run

    run(desk, name, role, queue or [], address=address, by=by, as_json=json)


@people_app.command("list")
def list_(desk: Folder = HERE, json: Json = False) -> None:
    """Everybody who gets in or could: roles, queues, and when they were last there."""
    from deskhand.entrypoints.cli.people_run import show as run

    run(desk, as_json=json)


@people_app.command()
def disable(name: Name, by: By = "operator", desk: Folder = HERE, json: Json = False) -> None:
    """Keep somebody out from now on: sessions, tokens and links of theirs are good no more."""
    from deskhand.entrypoints.cli.people_run import disable as run

    run(desk, name, by=by, as_json=json)


@people_app.command()
def reset(
    name: Name,
    address: Annotated[str, typer.Option(help="Where they reach the desk.")] = ADDRESS,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Forget somebody's password and second factor, sign them out, and print a link to set a new password."""
    from deskhand.entrypoints.cli.people_run import reset as run

    run(desk, name, address=address, by=by, as_json=json)


@people_app.command("break-glass")
def break_glass(
    why: Annotated[str, typer.Option(help="For every admin, and the journal.")],
    address: Annotated[str, typer.Option(help="Where you reach the desk.")] = ADDRESS,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """When no admin can get in: print a link that signs one in, once, within 15 minutes. Every admin is told."""
    from deskhand.entrypoints.cli.people_run import break_glass as run

    run(desk, why, address=address, by=by, as_json=json)


@tokens_app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    person: Annotated[str, typer.Option("--for", help="Whose it is.")] = "",
    role: Annotated[Role, typer.Option(help="What it may do, at most what its person may.")] = Role.VIEWER,
    scim: Annotated[bool, typer.Option("--scim", help="For the directory that ends accounts, and nobody's.")] = False,
    expires: Annotated[str, typer.Option(help="In days, such as 90d; a year at the most.")] = "90d",
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Make a token for the API, and print it this once."""
    from deskhand.entrypoints.cli.people_run import make_token as run

    days = expires.removesuffix("d")
    if not days.isdigit():
        raise typer.BadParameter("--expires is a number of days, such as 90d. No token was made.")
    if scim == bool(person):
        raise typer.BadParameter("Say whose it is with --for, or --scim for the directory's. No token was made.")
    if scim:
        from deskhand.entrypoints.cli.people_run import make_directory_token

        make_directory_token(desk, name, int(days), by=by, as_json=json)
        return
    run(desk, name, person, role, int(days), by=by, as_json=json)


@tokens_app.command("list")
def list_tokens(desk: Folder = HERE, json: Json = False) -> None:
    """Every token by its id: whose, for what, until when, and when it was last used."""
    from deskhand.entrypoints.cli.people_run import show_tokens as run

    run(desk, as_json=json)


@tokens_app.command()
def revoke(
    id: Annotated[str, typer.Argument(help="Its id, as `tokens list` tells it.")],
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """End a token now. Exit code 1 when there is none."""
    from deskhand.entrypoints.cli.people_run import revoke_token as run

    run(desk, id, by=by, as_json=json)


@access_app.command()
def review(
    desk: Folder = HERE,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Everybody with roles, queues, second factor, sessions, tokens, and when they were last there."""
    from deskhand.entrypoints.cli.people_run import review as run

    run(desk, as_json=json, as_csv=csv)
