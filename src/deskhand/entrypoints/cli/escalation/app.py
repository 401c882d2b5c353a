"""`deskhand escalation`: which tickets go to people, and which are likely to."""

from pathlib import Path
from typing import Annotated

import typer

escalation_app = typer.Typer(help="Which tickets go to people, and which are likely to.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@escalation_app.command()
def train(
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Keep the model even when fixed rules do better on held-out tickets.")
    ] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Learn from the journal which tickets end with a person, and tell how good it is on tickets it did not see.

    Exit code 1 when the model is worse than the rules, and is not kept for that. With too little data the rules stay.
    """
    from deskhand.entrypoints.cli.escalation.train import run

    run(desk, anyway=anyway, as_json=json)


@escalation_app.command()
def handoffs(desk: Folder = HERE, json: Json = False) -> None:
    """Tell how soon handoffs were answered, how many in time, and which still wait for an agent."""
    from deskhand.entrypoints.cli.escalation.handoffs import run

    run(desk, as_json=json)


@escalation_app.command()
def report(
    predicted: Annotated[
        bool, typer.Option("--predicted", help="How good predictions were, and which open tickets are likeliest.")
    ] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Tell how many tickets went to people and why; with --predicted what was foreseen of them."""
    from deskhand.entrypoints.cli.escalation.report import run

    run(desk, predicted=predicted, as_json=json)
