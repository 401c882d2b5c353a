"""`deskhand eval`: the company's own tests, and simulated customers."""

from pathlib import Path
from typing import Annotated

import typer

eval_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
HERE = Path()


@eval_app.callback(invoke_without_command=True)
def eval_(
    context: typer.Context,
    desk: Folder = HERE,
    golden: Annotated[str, typer.Option(help="Only tickets whose id fits, such as 'refund-*'.")] = "*",
    drafts: Annotated[bool, typer.Option("--drafts", help="Those in golden/drafts/, too.")] = False,
    personas: Annotated[
        str, typer.Option(help="Simulated customers with these tickets' wishes: all, or vague,angry,...")
    ] = "",
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="Each so many times; all must pass.")] = 1,
    html: Annotated[Path | None, typer.Option(help="Write the report as a page.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write the result as CI reads it.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Compare with this run (--json), not with the last.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Note the result in the desk's journal.")] = False,
    by: By = "operator",
    json: Json = False,
) -> None:
    """Run the desk's golden tickets on a desk of their own; exit code 1 if one failed."""
    if context.invoked_subcommand:
        return
    from deskhand.entrypoints.cli.eval.trials import run

    run(
        desk,
        pattern=golden,
        drafts=drafts,
        personas=personas,
        k=k,
        as_json=json,
        html=html,
        xml=junit,
        baseline=baseline,
        record=record,
        by=by,
    )


@eval_app.command("add")
def eval_add(
    ticket: Annotated[str, typer.Argument(help='A past ticket of this desk, such as "zendesk:ticket:7".')],
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Make a draft of a golden ticket from a past one, without what is personal."""
    from deskhand.entrypoints.cli.eval.add import run

    run(desk, ticket, as_json=json)
