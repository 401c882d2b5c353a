"""From nothing to a desk: the demo, a folder of one's own, its drafts, its check, and its systems."""

from pathlib import Path
from typing import Annotated

import typer

beginning_app = typer.Typer()

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
HERE = Path()


@beginning_app.command(epilog="Example: deskhand demo --once")
def demo(
    desk: Annotated[Path | None, typer.Option("--desk", help="The desk folder; the demo company's, if unsaid.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Do all but serve the workspace.")] = False,
    messages: Annotated[Path | None, typer.Option(help='Other messages: {"from", "text"} a line.')] = None,
    port: Annotated[int, typer.Option(help="Where the workspace is served.")] = 8700,
    json: Json = False,
) -> None:
    """Let the demo company's customers write, and show what becomes of every ticket."""
    from deskhand.entrypoints.cli.demo import run

    run(desk, once=once, messages=messages, port=port, as_json=json)


@beginning_app.command(epilog="Example: deskhand init ./desk --yes --company Acme --system zendesk --system stripe")
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must be new or empty.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what no flag says is as in the small desk.")] = False,
    company: Annotated[str | None, typer.Option(help="The company's name.")] = None,
    signature: Annotated[str | None, typer.Option(help="The last line of every reply.")] = None,
    languages: Annotated[str | None, typer.Option(help='Of customers, such as "en de".')] = None,
    system: Annotated[list[str] | None, typer.Option(help='A connector, such as zendesk; or "none".')] = None,
    records: Annotated[str | None, typer.Option(help="The address of a database, without a password.")] = None,
    own: Annotated[str | None, typer.Option(help="A name for a system of your own.")] = None,
    zone: Annotated[str | None, typer.Option(help="The office's time zone, such as Europe/Berlin.")] = None,
    hours: Annotated[str | None, typer.Option(help='When it is open, such as "mon-fri 09:00-17:00".')] = None,
    currency: Annotated[str | None, typer.Option(help="Of limits in policies, such as EUR.")] = None,
    articles: Annotated[str | None, typer.Option(help="A folder of help articles, or a sitemap's address.")] = None,
    tickets: Annotated[str | None, typer.Option(help="A file of past tickets, to draft from and replay.")] = None,
    json: Json = False,
) -> None:
    """Make a desk folder that passes `check`, by a few questions, or without them by --yes; it begins in read-only."""
    from deskhand.entrypoints.cli.init.init import run

    said = {"company": company, "signature": signature, "languages": languages, "records": records, "own": own}
    said |= {"zone": zone, "hours": hours, "currency": currency, "articles": articles, "tickets": tickets}
    run(folder, {k: v for k, v in said.items() if v is not None}, system, yes=yes, as_json=json)


@beginning_app.command(epilog="Example: deskhand draft imported --desk ./desk")
def draft(
    history: Annotated[str, typer.Argument(help='A file (.jsonl, .json, .csv, .mbox), or "imported".')],
    own: Annotated[list[str] | None, typer.Option("--own", help="An address of agents in a mailbox.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Draft procedures from past tickets that mean nearly the same; a draft does nothing until a person moves it."""
    from deskhand.entrypoints.cli.draft import run

    run(desk, history, own=own or [], as_json=json)


@beginning_app.command("new-connector")
def new_connector(
    name: Annotated[str, typer.Argument(help="What desk.toml will call the system, such as acme.")],
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must be new or empty.")],
    json: Json = False,
) -> None:
    """Make a package that connects a system unknown to Deskhand, with a twin and a test that says what is missing."""
    from deskhand.entrypoints.cli.new_connector import run

    run(name, folder, as_json=json)


@beginning_app.command(epilog="Example: deskhand check --desk ./desk")
def check(desk: Folder = HERE, json: Json = False) -> None:
    """Report everything that is wrong with a desk folder, as file:line: fault."""
    from deskhand.entrypoints.cli.check import run

    run(desk, as_json=json)


@beginning_app.command(epilog="Example: deskhand connect zendesk --address https://acme.zendesk.com --desk ./desk")
def connect(
    system: Annotated[str, typer.Argument(help="A connector, such as zendesk.")],
    address: Annotated[str, typer.Option(help="Where the system is, such as https://acme.zendesk.com.")] = "",
    set_: Annotated[list[str] | None, typer.Option("--set", help="More of its table, as name=value.")] = None,
    writing: Annotated[bool, typer.Option("--writing", help="Ask for what writing needs, too.")] = False,
    secrets: Annotated[bool, typer.Option("--secrets", help="Read the secrets as JSON from standard input.")] = False,
    broad: Annotated[bool, typer.Option("--broad", help="Keep credentials that allow more than is needed.")] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Walk through connecting a system, prove the credentials, and keep them outside the desk folder."""
    from deskhand.entrypoints.cli.connect import run

    run(desk, system, address=address, set_=set_ or [], writing=writing, secrets=secrets, broad=broad, as_json=json)


@beginning_app.command(epilog="Example: deskhand doctor --desk ./desk")
def doctor(desk: Folder = HERE, json: Json = False) -> None:
    """Ask every connected system whether it answers, and what our credentials are worth; exit code 1 if one fails."""
    from deskhand.entrypoints.cli.doctor import run

    run(desk, as_json=json)


@beginning_app.command(epilog="Example: deskhand golive --desk ./desk --json")
def golive(desk: Folder = HERE, json: Json = False) -> None:
    """Prove the ten points that should hold before customers meet the assistant; exit code 1 unless all are proven."""
    from deskhand.entrypoints.cli.golive import run

    run(desk, as_json=json)
