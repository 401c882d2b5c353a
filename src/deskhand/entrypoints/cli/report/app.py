"""`deskhand report`: the numbers of a desk, its weeks, and what other programs read."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

report_app = typer.Typer(help="Tell every metric with its target, how tickets ended, and who handled them.")

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@report_app.callback(invoke_without_command=True)
def report(
    context: typer.Context,
    desk: Folder = HERE,
    days: Annotated[int, typer.Option(min=0, help="Only so many days with today (UTC); 0 for all.")] = 0,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Count everything anew from the journal first.")] = False,
    definitions: Annotated[bool, typer.Option("--definitions", help="Print what each metric means, and stop.")] = False,
    json: Json = False,
) -> None:
    """Every metric with its target, how tickets ended, and who handled them."""
    from deskhand.entrypoints.cli.report.metrics import define, run

    if context.invoked_subcommand:
        return
    if definitions:
        define()
    else:
        run(desk, days=days, rebuild=rebuild, as_json=json)


@report_app.command("weekly")
def report_weekly(
    desk: Folder = HERE,
    week: Annotated[str, typer.Option(help="Such as 2026-W47; the last one that is over, if not said.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write the page to this file, too.")] = None,
    language: Annotated[str, typer.Option(help="Of the page: en or de.")] = "en",
    send: Annotated[bool, typer.Option("--send", help="Send it to everybody of [reports] who has not had it.")] = False,
    json: Json = False,
) -> None:
    """A week against the one before and against the time before the assistant, and what people should look at."""
    from deskhand.entrypoints.cli.report.weekly import run

    if language not in ("en", "de"):
        raise typer.BadParameter("there are two languages: en and de", param_hint="--language")
    run(desk, named=week, html=html, language=language, send_it=send, as_json=json)


@report_app.command("export")
def report_export(
    folder: Annotated[Path, typer.Argument(help="Where the files go.", show_default=False)],
    desk: Folder = HERE,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day (UTC).")] = None,
    form: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
    json: Json = False,
) -> None:
    """Write a row for each ticket and one for each message, without texts and names, for other programs."""
    from deskhand.entrypoints.cli.report.export import run

    run(folder, desk, since=since, until=until, form=form, as_json=json)
