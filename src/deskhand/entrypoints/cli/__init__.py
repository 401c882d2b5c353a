"""The command line, whole. Each command's work is imported when it is called, so that --help is quick."""

import os
import sys
from typing import Annotated

import typer

from deskhand.entrypoints.cli.audit.app import audit_app
from deskhand.entrypoints.cli.beginning import beginning_app
from deskhand.entrypoints.cli.benches import bench_app
from deskhand.entrypoints.cli.changes import changes_app
from deskhand.entrypoints.cli.customer.app import customer_app
from deskhand.entrypoints.cli.databases import databases_app
from deskhand.entrypoints.cli.escalation.app import escalation_app
from deskhand.entrypoints.cli.eval.app import eval_app
from deskhand.entrypoints.cli.keeping import keeping_app
from deskhand.entrypoints.cli.knowledge.app import knowledge_app
from deskhand.entrypoints.cli.ledgers import ledger_app
from deskhand.entrypoints.cli.models import models_app
from deskhand.entrypoints.cli.past import past_app
from deskhand.entrypoints.cli.people import access_app, people_app, tokens_app
from deskhand.entrypoints.cli.policy.app import policy_app
from deskhand.entrypoints.cli.privacy import privacy_app
from deskhand.entrypoints.cli.proactive.app import proactive_app
from deskhand.entrypoints.cli.quality import quality_app
from deskhand.entrypoints.cli.report.app import report_app
from deskhand.entrypoints.cli.rollout import rollout_app
from deskhand.entrypoints.cli.running import running_app
from deskhand.entrypoints.cli.scan import scan_app
from deskhand.entrypoints.cli.stopping import stopping_app
from deskhand.entrypoints.cli.taught import examples_app

app = typer.Typer(
    name="deskhand",
    help="A self-hosted support assistant that resolves issues within written policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for each in (beginning_app, past_app, running_app, stopping_app, keeping_app, databases_app, models_app):
    app.add_typer(each)  # without a name: its commands are ours
app.add_typer(audit_app, name="audit")
app.add_typer(examples_app, name="examples")
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


def main() -> None:
    """Run a command. What is wrong is told on standard error in one sentence, and the exit code is 1."""
    from deskhand.domain.errors import DeskhandError
    from deskhand.entrypoints.trouble import in_full

    # Our vectors are small: a second thread for a product of theirs costs more than it saves, on every message.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251  (said to a library before it loads, not read)
    try:
        app()
    except DeskhandError as error:
        sys.stderr.write(f"{in_full(error)}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except OSError as error:
        if error.filename is None:
            raise  # no file that the reader could look at
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        raise SystemExit(1) from None
