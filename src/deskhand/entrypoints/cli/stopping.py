"""The kill switch from the command line, and events that nobody took."""

from pathlib import Path
from typing import Annotated

import typer

stopping_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
OneAction = Annotated[str, typer.Option(help="Only this action.")]
OneProcedure = Annotated[str, typer.Option(help="Only this procedure.")]
OneTicket = Annotated[str, typer.Option(help='Only on this ticket, such as "zendesk:ticket:7".')]
OneCustomer = Annotated[str, typer.Option(help='Only for this customer, such as "stripe:customer:cus_1".')]
HERE = Path()


@stopping_app.command()
def pause(
    why: Annotated[str, typer.Option(help="For colleagues and the journal.")],
    action: OneAction = "",
    procedure: OneProcedure = "",
    ticket: OneTicket = "",
    customer: OneCustomer = "",
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Stop every effect at once: on the whole desk, of one action or procedure, on one ticket or for one customer."""
    from deskhand.entrypoints.cli.pause import scope, stop

    stop(desk, scope(action, procedure, ticket, customer), why=why, by=by, as_json=json)


@stopping_app.command()
def resume(
    action: OneAction = "",
    procedure: OneProcedure = "",
    ticket: OneTicket = "",
    customer: OneCustomer = "",
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Let go on what was paused; exit code 1 if it was not."""
    from deskhand.entrypoints.cli.pause import lift, scope

    lift(desk, scope(action, procedure, ticket, customer), by=by, as_json=json)


@stopping_app.command()
def pauses(desk: Folder = HERE, json: Json = False) -> None:
    """Show what is paused, since when, by whom and why."""
    from deskhand.entrypoints.cli.pause import show

    show(desk, as_json=json)


@stopping_app.command()
def hooks(
    again: Annotated[str, typer.Option(help="Post this parked event once more.")] = "",
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Show events that a system of the company's never took."""
    from deskhand.entrypoints.cli.hooks import again as post_again
    from deskhand.entrypoints.cli.hooks import show

    if again:
        post_again(desk, id=again, by=by, as_json=json)
    else:
        show(desk, as_json=json)
