"""The command line, whole. Each command's work is imported when it is called, so that --help is quick."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from deskhand.domain.stage import Stage
from deskhand.entrypoints.cli.audit.app import audit_app
from deskhand.entrypoints.cli.benches import bench_app
from deskhand.entrypoints.cli.changes import changes_app
from deskhand.entrypoints.cli.customer.app import customer_app
from deskhand.entrypoints.cli.databases import migrate, move
from deskhand.entrypoints.cli.escalation.app import escalation_app
from deskhand.entrypoints.cli.eval.app import eval_app
from deskhand.entrypoints.cli.ledgers import ledger_app
from deskhand.entrypoints.cli.people import access_app, people_app, tokens_app
from deskhand.entrypoints.cli.policy.app import policy_app
from deskhand.entrypoints.cli.privacy import privacy_app
from deskhand.entrypoints.cli.proactive.app import proactive_app
from deskhand.entrypoints.cli.quality import quality_app
from deskhand.entrypoints.cli.report.app import report_app
from deskhand.entrypoints.cli.rollout import rollout_app
from deskhand.entrypoints.cli.scan import scan_app

app = typer.Typer(
    name="deskhand",
    help="A self-hosted support assistant that resolves issues within written policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(audit_app, name="audit")
examples_app = typer.Typer(help="What agents made of suggestions: read it, or erase it.", no_args_is_help=True)
app.add_typer(examples_app, name="examples")
knowledge_app = typer.Typer(help="The company's knowledge: take it over, and what it lacks.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(ledger_app, name="ledger")
app.add_typer(policy_app, name="policy")
app.add_typer(customer_app, name="customer")
app.add_typer(privacy_app, name="privacy")
app.add_typer(proactive_app, name="proactive")
app.add_typer(escalation_app, name="escalation")
app.add_typer(eval_app, name="eval")
app.add_typer(rollout_app, name="rollout")
app.add_typer(changes_app, name="changes")
app.add_typer(quality_app, name="quality")
app.add_typer(report_app, name="report")
app.add_typer(bench_app, name="bench")
app.add_typer(people_app, name="people")
app.add_typer(tokens_app, name="tokens")
app.add_typer(access_app, name="access")
app.add_typer(scan_app, name="scan")
app.command()(migrate)
app.command()(move)


def _version(asked: bool) -> None:
    if asked:
        from deskhand import __version__

        typer.echo(f"deskhand {__version__}")
        raise typer.Exit


@app.callback(epilog="From nothing to a connected desk: docs/first-hour.md")
def deskhand(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version, and end.")
    ] = False,
) -> None:
    """A self-hosted support assistant that resolves issues within written policy."""


Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
OneAction = Annotated[str, typer.Option(help="Only this action.")]
OneProcedure = Annotated[str, typer.Option(help="Only this procedure.")]
OneTicket = Annotated[str, typer.Option(help='Only on this ticket, such as "zendesk:ticket:7".')]
OneCustomer = Annotated[str, typer.Option(help='Only for this customer, such as "stripe:customer:cus_1".')]
HERE = Path()


@app.command(epilog="Example: deskhand demo --once")
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


@app.command(epilog="Example: deskhand init ./desk --yes --company Acme --system zendesk --system stripe")
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


@app.command(epilog="Example: deskhand draft imported --desk ./desk")
def draft(
    history: Annotated[str, typer.Argument(help='A file (.jsonl, .json, .csv, .mbox), or "imported".')],
    own: Annotated[list[str] | None, typer.Option("--own", help="An address of agents in a mailbox.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Draft procedures from past tickets that mean nearly the same; a draft does nothing until a person moves it."""
    from deskhand.entrypoints.cli.draft import run

    run(desk, history, own=own or [], as_json=json)


@app.command("new-connector")
def new_connector(
    name: Annotated[str, typer.Argument(help="What desk.toml will call the system, such as acme.")],
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must be new or empty.")],
    json: Json = False,
) -> None:
    """Make a package that connects a system unknown to Deskhand, with a twin and a test that says what is missing."""
    from deskhand.entrypoints.cli.new_connector import run

    run(name, folder, as_json=json)


@app.command(epilog="Example: deskhand check --desk ./desk")
def check(desk: Folder = HERE, json: Json = False) -> None:
    """Report everything that is wrong with a desk folder, as file:line: fault."""
    from deskhand.entrypoints.cli.check import run

    run(desk, as_json=json)


@app.command()
def export(
    customer: Annotated[str, typer.Option(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    to: Annotated[Path, typer.Option(help="The folder to write; it must be new or empty.")],
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Write all that this desk knows of one customer, for them: one JSON file, and the files that they sent."""
    from deskhand.entrypoints.cli.export_customer import run

    run(desk, customer, to=to, as_json=json)


@app.command()
def forget(
    customer: Annotated[str, typer.Option(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase it; without, it is only shown.")] = False,
    by: By = "the command line",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Erase everything of one customer, in every store of this desk, and say what other systems hold of them."""
    from deskhand.entrypoints.cli.forget import run

    run(desk, customer, by=by, yes=yes, as_json=json)


@app.command(epilog="Example: deskhand ask 'I was charged twice' --as robin@example.com --desk ./desk")
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


@app.command(epilog="Example: deskhand serve --desk ./desk --port 8700")
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


@app.command()
def mcp(
    person: Annotated[str, typer.Option("--as", help="Who of [people]; for who owns the desk folder.")] = "",
    desk: Folder = HERE,
) -> None:
    """Serve the desk's tools to a person's own assistant (MCP, over standard input and output); it only proposes."""
    from deskhand.entrypoints.cli.mcp import run

    run(desk, person=person)


@app.command()
def work(desk: Folder = HERE) -> None:
    """Work messages without serving pages: on PostgreSQL any number of times, on SQLite once."""
    from deskhand.entrypoints.cli.work import run

    run(desk)


@app.command()
def ready(desk: Folder = HERE, json: Json = False) -> None:
    """Tell whether the desk can do its work now: database, tables, workers, disk; exit code 1 when it cannot."""
    from deskhand.entrypoints.cli.ready import run

    run(desk, as_json=json)


@app.command("trace-name")
def trace_name(
    ticket: Annotated[str, typer.Argument(help='Such as "zendesk:ticket:7".')], desk: Folder = HERE, json: Json = False
) -> None:
    """Tell what traces and logs call a ticket: they hold no ticket's own number."""
    from deskhand.entrypoints.cli.trace_name import run

    run(desk, ticket, as_json=json)


@app.command(epilog="Example: deskhand connect zendesk --address https://acme.zendesk.com --desk ./desk")
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


@app.command("import", epilog="Example: deskhand import zendesk --desk ./desk")
def import_(
    source: Annotated[str, typer.Argument(help="A connected help desk, such as zendesk; or a .csv or .mbox file.")],
    own: Annotated[list[str] | None, typer.Option("--own", help="An address of agents in a mailbox.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Take over past tickets, for replay; stopped at any moment, the same command goes on."""
    from deskhand.entrypoints.cli.import_history import run

    run(desk, source, own=own or [], as_json=json)


@app.command(epilog="Example: deskhand replay imported --html report.html --desk ./desk")
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


@app.command(epilog="Example: deskhand doctor --desk ./desk")
def doctor(desk: Folder = HERE, json: Json = False) -> None:
    """Ask every connected system whether it answers, and what our credentials are worth; exit code 1 if one fails."""
    from deskhand.entrypoints.cli.doctor import run

    run(desk, as_json=json)


@app.command(epilog="Example: deskhand golive --desk ./desk --json")
def golive(desk: Folder = HERE, json: Json = False) -> None:
    """Prove the ten points that should hold before customers meet the assistant; exit code 1 unless all are proven."""
    from deskhand.entrypoints.cli.golive import run

    run(desk, as_json=json)


@app.command()
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


@app.command()
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


@app.command()
def pauses(desk: Folder = HERE, json: Json = False) -> None:
    """Show what is paused, since when, by whom and why."""
    from deskhand.entrypoints.cli.pause import show

    show(desk, as_json=json)


@app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", help="The file to write; it must be new, and not in the desk folder.")],
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Write all that the desk remembers, and its folder, to one encrypted file; while it is served, too."""
    from deskhand.entrypoints.cli.backup import make

    make(desk, to, by=by, as_json=json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    desk: Annotated[Path, typer.Option("--desk", help="The folder to make; it must be new or empty.")],
    by: By = "operator",
    json: Json = False,
) -> None:
    """Put a desk back from a backup into an empty place, prove it, and pause it until somebody resumes it."""
    from deskhand.entrypoints.cli.backup import put_back

    put_back(file, desk, by=by, as_json=json)


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="A backup.")], json: Json = False) -> None:
    """Prove that every byte of a backup is as it was written, and tell what it holds; nothing is restored."""
    from deskhand.entrypoints.cli.backup import prove

    prove(file, as_json=json)


@app.command()
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


@examples_app.command("list")
def examples_list(desk: Folder = HERE, json: Json = False) -> None:
    """Show every edit and rejection that is kept, oldest first."""
    from deskhand.entrypoints.cli.examples import show

    show(desk, as_json=json)


@examples_app.command("forget")
def examples_forget(
    customer: Annotated[str, typer.Option(help="Everything of this customer: an address, or as `list` shows it.")] = "",
    id: Annotated[str, typer.Option(help="One example.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Erase examples for good. Tickets, suggestions and results of the customer are kept elsewhere, and stay."""
    from deskhand.entrypoints.cli.examples import forget

    if bool(customer) == bool(id):
        raise typer.BadParameter("say either --customer or --id")
    forget(desk, customer=customer, id=id, yes=yes, as_json=json)


@knowledge_app.command("sync")
def knowledge_sync(desk: Folder = HERE, json: Json = False) -> None:
    """Read every source again and take over what changed; exit code 1 if a source could not be read."""
    from deskhand.entrypoints.cli.knowledge.sync import sync

    sync(desk, as_json=json)


@app.command()
def costs(desk: Folder = HERE, json: Json = False) -> None:
    """Tell what language models cost: by model, by procedure and by ticket."""
    from deskhand.entrypoints.cli.costs import run

    run(desk, as_json=json)


@knowledge_app.command("report")
def knowledge_report(desk: Folder = HERE, json: Json = False) -> None:
    """Tell what articles lack, which are old or at odds, and which are used: from the journal and the articles."""
    from deskhand.entrypoints.cli.knowledge.report import run

    run(desk, as_json=json)


@app.command("model-check")
def model_check(
    model: Annotated[str, typer.Argument(help="provider:name, or name@http://... as `model` in desk.toml.")],
    desk: Folder = Path("examples/lumen"),
    messages: Annotated[Path | None, typer.Option(help="Other messages than the desk's model-check.jsonl.")] = None,
    json: Json = False,
) -> None:
    """Put a fixed suite of messages to a language model, on a desk of its own, and report what became of them."""
    from deskhand.entrypoints.cli.model_check import run

    run(model, folder=desk, messages=messages, as_json=json)


@app.command("drift")
def drift(desk: Folder = HERE, json: Json = False) -> None:
    """Tell of each watched signal how near it is to an alarm, and of the alarms that nobody has handled."""
    from deskhand.entrypoints.cli.drift import run

    run(desk, as_json=json)


def main() -> None:
    """Run a command. What is wrong is told on standard error in one sentence, and the exit code is 1."""
    from deskhand.domain.errors import DeskhandError

    # Our vectors are small: a second thread for a product of theirs costs more than it saves, on every message.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251  (said to a library before it loads, not read)
    try:
        app()
    except DeskhandError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except OSError as error:
        if error.filename is None:
            raise  # no file that the reader could look at
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        raise SystemExit(1) from None
