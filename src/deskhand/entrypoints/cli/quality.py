"""`deskhand quality`: what people, rules and customers say of what was sent."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

quality_app = typer.Typer(help="What people, rules and customers say of what was sent.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
Days = Annotated[int, typer.Option(min=0, help="Only of so many days; 0 for all.")]
HERE = Path()


@quality_app.command()
def report(desk: Folder = HERE, days: Days = 90, json: Json = False) -> None:
    """Grades, agreement of graders, open findings, and what rules found: from the journal alone."""
    from deskhand.entrypoints.cli.quality_report import show

    show(desk, days=days, as_json=json)


@quality_app.command()
def run(
    since: Annotated[str, typer.Option(help="Only what closed since this day, such as 2026-01-31.")] = "",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Hold every closed conversation to the rules that it was not held to yet; stopped at any moment, it goes on."""
    from deskhand.entrypoints.cli.quality_report import check

    try:
        day = datetime.strptime(since, "%Y-%m-%d").replace(tzinfo=UTC) if since else None
    except ValueError:
        raise typer.BadParameter(f"{since!r} is no day such as 2026-01-31. Nothing was read") from None
    check(desk, since=day, as_json=json)


@quality_app.command()
def csat(desk: Folder = HERE, days: Days = 90, json: Json = False) -> None:
    """How satisfied customers say they are, by handler and by outcome, who does not answer, and what they say."""
    from deskhand.entrypoints.cli.quality_report import satisfied

    satisfied(desk, days=days, as_json=json)
