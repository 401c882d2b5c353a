"""`deskhand rollout`: how far each procedure is trusted, and how that is changed."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deskhand.domain.stage import Stage

rollout_app = typer.Typer(help="How far each procedure is trusted: read it, and change it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the journal.")]
Why = Annotated[str, typer.Option(help="For colleagues and the journal.")]
Procedure = Annotated[str, typer.Argument(help="A procedure by its id, or answers.")]
Token = Annotated[
    str,
    typer.Option(help="Your own, from your sign-in link.", prompt="Your token", hide_input=True, show_default=False),
]
HERE = Path()


@rollout_app.command()
def show(desk: Folder = HERE, json: Json = False) -> None:
    """Every procedure with its stage, the evidence for more, and what is missing."""
    from deskhand.entrypoints.cli.rollout_run import show as run

    run(desk, as_json=json)


@rollout_app.command()
def ask(
    procedure: Procedure,
    stage: Annotated[Stage, typer.Argument(help="assisted or autonomous.")],
    why: Why,
    token: Token,
    percent: Annotated[
        list[str] | None,
        typer.Option(help='Of customers, such as 5; again for later steps, as "25@2026-12-07T09:00+01:00".'),
    ] = None,
    channel: Annotated[str, typer.Option(help="Only messages of this channel.")] = "",
    segment: Annotated[str, typer.Option(help="Only customers of this tier.")] = "",
    language: Annotated[str, typer.Option(help="Only messages in this language, such as de.")] = "",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Ask for a promotion; somebody else has to approve it. Exit code 1 when it cannot be asked for, with why."""
    from deskhand.entrypoints.cli.rollout_run import ask as run

    try:
        shares = [_share(one) for one in percent or []]
    except ValueError as error:
        raise typer.BadParameter(f"{error}. Nothing was changed.") from None
    run(desk, procedure, stage, shares, (channel, segment, language), why=why, token=token, as_json=json)


@rollout_app.command()
def approve(
    request: Annotated[str, typer.Argument(help="Its id, as `rollout show` tells it.")],
    token: Token,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Approve what somebody else asked for; the evidence is counted again. Exit code 1 when it is refused."""
    from deskhand.entrypoints.cli.rollout_run import approve as run

    run(desk, request, token=token, as_json=json)


@rollout_app.command()
def withdraw(
    request: Annotated[str, typer.Argument()], why: Why, by: By = "operator", desk: Folder = HERE, json: Json = False
) -> None:
    """End a request, also what it would still give later; what it gave stays."""
    from deskhand.entrypoints.cli.rollout_run import withdraw as run

    run(desk, request, why=why, by=by, as_json=json)


@rollout_app.command("step-back")
def step_back(procedure: Procedure, why: Why, by: By = "operator", desk: Folder = HERE, json: Json = False) -> None:
    """Trust a procedure one stage less, at once and in every process; one person is enough."""
    from deskhand.entrypoints.cli.rollout_run import back

    back(desk, procedure, why=why, by=by, as_json=json)


@rollout_app.command("close")
def close(
    finding: Annotated[str, typer.Argument(help="Its id, as `rollout show --json` tells it, such as line-120.")],
    why: Why,
    by: By = "operator",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Answer for what went wrong, so that it stands in no promotion's way any more."""
    from deskhand.entrypoints.cli.rollout_run import close as run

    run(desk, finding, why=why, by=by, as_json=json)


@rollout_app.command()
def history(
    procedure: Annotated[str, typer.Argument(help="Only this one.")] = "", desk: Folder = HERE, json: Json = False
) -> None:
    """Every change of stages: when, who, why, and the numbers it was made on."""
    from deskhand.entrypoints.cli.rollout_run import history as run

    run(desk, procedure, as_json=json)


@rollout_app.command()
def trials(desk: Folder = HERE, json: Json = False) -> None:
    """How the two versions of each trial of desk.toml do. Nothing is promoted by it."""
    from deskhand.entrypoints.cli.rollout_run import trials as run

    run(desk, as_json=json)


def _share(text: str) -> tuple[float, datetime | None]:
    """ "5", or "25@" and a time with its zone."""
    percent, _, at = text.partition("@")
    when = datetime.fromisoformat(at) if at else None
    if when is not None and when.tzinfo is None:
        raise ValueError(f"{at} has no zone: write it as 2026-12-07T09:00+01:00")
    return float(percent), when
