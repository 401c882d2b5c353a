"""A desk at work: one message, the pages, workers, and whether it can do its work now."""

from pathlib import Path
from typing import Annotated

import typer

from deskhand.domain.stage import Stage

running_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@running_app.command(epilog="Example: deskhand ask 'I was charged twice' --as robin@example.com --desk ./desk")
def ask(
    text: Annotated[str, typer.Argument(help="The customer's message; - reads it from standard input.")],
    customer: Annotated[str, typer.Option("--as", help="The customer's e-mail address; you vouch for it.")],
    desk: Folder = HERE,
    stage: Annotated[Stage | None, typer.Option(help="Instead of the desk's own rollout.")] = None,
    json: Json = False,
) -> None:
    """Run one message through the whole story."""
    from deskhand.entrypoints.cli.ask import run

    run(text, customer=customer, folder=desk, stage=stage, as_json=json)


@running_app.command(epilog="Example: deskhand serve --desk ./desk --port 8700")
def serve(
    desk: Folder = HERE,
    host: Annotated[str, typer.Option(help="The address to listen on; this machine only, unless told otherwise.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option()] = 8700,
) -> None:
    """Serve the workspace and the API; on SQLite this process also works the messages."""
    from deskhand.entrypoints.cli.serve import run

    run(desk, host=host, port=port)


@running_app.command()
def mcp(
    person: Annotated[str, typer.Option("--as", help="Who of [people]; for who owns the desk folder.")] = "",
    desk: Folder = HERE,
) -> None:
    """Serve the desk's tools to a person's own assistant (MCP, over standard input and output); it only proposes."""
    from deskhand.entrypoints.cli.mcp import run

    run(desk, person=person)


@running_app.command()
def work(desk: Folder = HERE) -> None:
    """Work messages without serving pages: on PostgreSQL any number of times, on SQLite once."""
    from deskhand.entrypoints.cli.work import run

    run(desk)


@running_app.command()
def ready(desk: Folder = HERE, json: Json = False) -> None:
    """Tell whether the desk can do its work now: database, tables, workers, disk; exit code 1 when it cannot."""
    from deskhand.entrypoints.cli.ready import run

    run(desk, as_json=json)


@running_app.command("trace-name")
def trace_name(
    ticket: Annotated[str, typer.Argument(help='Such as "zendesk:ticket:7".')], desk: Folder = HERE, json: Json = False
) -> None:
    """Tell what traces and logs call a ticket: they hold no ticket's own number."""
    from deskhand.entrypoints.cli.trace_name import run

    run(desk, ticket, as_json=json)
