"""`deskhand ledger`: what was done in other systems."""

from pathlib import Path
from typing import Annotated

import typer

ledger_app = typer.Typer(help="What was done in other systems: read, compare, settle.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
HERE = Path()


@ledger_app.command("show")
def ledger_show(
    open_only: Annotated[bool, typer.Option("--open", help="Only what nobody can vouch for yet.")] = False,
    days: Annotated[int, typer.Option(min=1)] = 30,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """List effects with their receipts."""
    from deskhand.entrypoints.cli.ledger import show

    show(desk, open_only=open_only, days=days, as_json=json)


@ledger_app.command("settle")
def ledger_settle(
    key: Annotated[str, typer.Argument(help="The effect, as `ledger show --open` tells it.")],
    done: Annotated[str, typer.Option(help="It was done: the other system's id of it.")] = "",
    not_done: Annotated[bool, typer.Option("--not-done", help="It was surely not done.")] = False,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Say what became of an effect that only a person could find out."""
    from deskhand.entrypoints.cli.ledger import settle

    if bool(done) == not_done:
        raise typer.BadParameter("say either --done with the receipt, or --not-done")
    settle(desk, key, receipt=done, by=by, as_json=json)


@ledger_app.command("reconcile")
def ledger_reconcile(
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = 30,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Compare our ledger with the systems; exit code 1 and a list when they differ. Nothing is changed."""
    from deskhand.entrypoints.cli.ledger import reconcile

    reconcile(desk, days=days, as_json=json)
