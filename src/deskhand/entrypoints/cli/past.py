"""The past of a desk: taken over, and run again without changing anything."""

from pathlib import Path
from typing import Annotated

import typer

past_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@past_app.command("import", epilog="Example: deskhand import zendesk --desk ./desk")
def import_(
    source: Annotated[str, typer.Argument(help="A connected help desk, such as zendesk; or a .csv or .mbox file.")],
    own: Annotated[list[str] | None, typer.Option("--own", help="An address of agents in a mailbox.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Take over past tickets, for replay; stopped at any moment, the same command goes on."""
    from deskhand.entrypoints.cli.import_history import run

    run(desk, source, own=own or [], as_json=json)


@past_app.command(epilog="Example: deskhand replay imported --html report.html --desk ./desk")
def replay(
    history: Annotated[
        str,
        typer.Argument(
            help='A file (.jsonl, .json, .csv, .mbox), "imported", or a connected help desk such as zendesk.'
        ),
    ],
    desk: Folder = HERE,
    since: Annotated[str, typer.Option(help="Of a connected help desk: only what changed since this day.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write the report for people to this file, too.")] = None,
    own: Annotated[list[str] | None, typer.Option("--own", help="An address of agents in a mailbox.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask real systems anew each time, in place of once.")] = False,
    claimed: Annotated[bool, typer.Option("--claimed", help="Nobody vouches for the addresses in the file.")] = False,
    at: Annotated[str, typer.Option(help="The moment at which the story happens; when it was begun, if unsaid.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Forget what was done, and begin anew.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    json: Json = False,
) -> None:
    """Run past tickets through the whole story, change nothing, and report what would have become of them."""
    from deskhand.entrypoints.printing import aside

    aside.print("Reading the history and the desk ...", style="dim")  # before what takes a second to import
    from deskhand.bootstrap.replay.replay import Wish
    from deskhand.entrypoints.cli.replay import run

    wish = Wish(history, tuple(own or ()), since, live, claimed, at, again, workers)
    run(desk, wish, html=html, as_json=json)
