"""`deskhand proactive`: writing to customers first."""

from pathlib import Path
from typing import Annotated

import typer

proactive_app = typer.Typer(help="Write to customers first, by rules over events.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
HERE = Path()


@proactive_app.command()
def preview(
    rule: Annotated[str, typer.Option(help="Only this rule, by its id.")] = "", desk: Folder = HERE, json: Json = False
) -> None:
    """Who would be written to now, who would not, and why. Nothing is sent or filed."""
    from deskhand.entrypoints.cli.proactive.run import show

    show(desk, rule=rule, as_json=json)


@proactive_app.command()
def run(desk: Folder = HERE, json: Json = False) -> None:
    """One round, as `serve` makes them; stopped at any moment, the next one goes on."""
    from deskhand.entrypoints.cli.proactive.run import once

    once(desk, as_json=json)


@proactive_app.command()
def incident(
    name: Annotated[str, typer.Argument(help="What it is called, once and for all: exports-2026-11-27.")],
    note: Annotated[str, typer.Option(help="What customers are told, as the fact incident.note.")],
    accounts: Annotated[Path, typer.Option(help="A file with the affected addresses, one a line.")],
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Name an incident and whom it affects; `run` and `serve` then write to them by the rules on `incident`."""
    from deskhand.entrypoints.cli.proactive.run import affected

    affected(desk, name=name, note=note, accounts=accounts, as_json=json)


@proactive_app.command()
def optout(
    customer: Annotated[str, typer.Argument(help="A record, such as stripe:customer:cus_1.")],
    undo: Annotated[bool, typer.Option("--undo", help="Take it back.")] = False,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Nobody writes to this customer first any more; exit code 1 if nothing changed."""
    from deskhand.entrypoints.cli.proactive.optout import change

    change(desk, customer, undo=undo, by=by, as_json=json)


@proactive_app.command()
def report(desk: Folder = HERE, json: Json = False) -> None:
    """What came of it: those written to beside those held out."""
    from deskhand.entrypoints.cli.proactive.report import show

    show(desk, as_json=json)
