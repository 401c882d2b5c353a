"""`deskhand audit`: prove the journal, sign it, read it, and hand it on."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

audit_app = typer.Typer(help="Prove that the journal is whole, or read it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
HERE = Path()


@audit_app.command("verify")
def audit_verify(
    checkpoints: Annotated[
        list[Path] | None, typer.Option("--checkpoints", help="A copy of checkpoints.jsonl that was kept elsewhere.")
    ] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Prove that no line of the journal was changed, removed or put in between, and that its end is not cut off."""
    from deskhand.entrypoints.cli.audit.journal import verify

    verify(desk, copies=checkpoints or [], as_json=json)


@audit_app.command("checkpoint")
def audit_checkpoint(desk: Folder = HERE, json: Json = False) -> None:
    """Sign the newest line of the journal now; `serve` does so every hour."""
    from deskhand.entrypoints.cli.audit.journal import checkpoint

    checkpoint(desk, as_json=json)


@audit_app.command("key")
def audit_key(desk: Folder = HERE, json: Json = False) -> None:
    """Print the public key that checkpoints are proved by."""
    from deskhand.entrypoints.cli.audit.journal import key

    key(desk, as_json=json)


@audit_app.command("export")
def audit_export(
    to: Annotated[Path | None, typer.Option("--to", help="A new file; standard output, if not said.")] = None,
    since: Annotated[datetime | None, typer.Option(help="From this moment on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Before this moment (UTC).")] = None,
    kind: Annotated[str, typer.Option(help="Only lines of this kind, such as effect.done.")] = "",
    by: By = "operator",
    desk: Folder = HERE,
) -> None:
    """Write the journal as JSON lines with the names of OCSF, for a SIEM; that, too, is a line of the journal."""
    from deskhand.domain.journal_line import Sought
    from deskhand.entrypoints.cli.audit.journal import export

    first, last = (one.replace(tzinfo=UTC) if one else None for one in (since, until))
    export(desk, Sought(kind=kind, since=first, until=last), to=to, by=by)


@audit_app.command("evidence")
def audit_evidence(
    to: Annotated[Path, typer.Option("--to", help="The folder to make; it must be new or empty.")],
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = 365,
    scan: Annotated[
        Path | None, typer.Option(help="The result of a vulnerability scan, or the folder that `make audit` wrote.")
    ] = None,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Make a folder of evidence for an auditor (SOC 2): a file for each control, and what is missing."""
    from deskhand.entrypoints.cli.audit.evidence import run

    run(desk, to, days=days, scan=scan, by=by, as_json=json)


@audit_app.command("show")
def audit_show(
    ticket: Annotated[str, typer.Option(help="Only this ticket, as system:kind:id.")] = "",
    last: Annotated[int, typer.Option(help="How many lines, from the end.")] = 50,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Read the journal."""
    from deskhand.entrypoints.cli.audit.journal import show

    show(desk, ticket=ticket, last=last, as_json=json)


@audit_app.command("replay")
def audit_replay(desk: Folder = HERE, json: Json = False) -> None:
    """Decide every verdict in the journal again, from its recorded facts and the policy of then."""
    from deskhand.entrypoints.cli.audit.journal import replay

    replay(desk, as_json=json)
