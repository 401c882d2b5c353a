"""`deskhand customer`: what agents know of records that the systems do not."""

from pathlib import Path
from typing import Annotated

import typer

customer_app = typer.Typer(
    help="Say which records are one person, and see what a customer wrote on every channel.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
By = Annotated[str, typer.Option("--by", help="Who says so, for the journal.")]
Why = Annotated[str, typer.Option(help="For colleagues and the journal.")]
HERE = Path()


@customer_app.command()
def join(
    keep: Annotated[str, typer.Argument(help="The record to work with, such as stripe:customer:cus_1.")],
    other: Annotated[str, typer.Argument(help="Its duplicate in the same system.")],
    by: By,
    why: Why,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Two records of one system are one person: from now on the first one counts."""
    from deskhand.entrypoints.cli.customer.links import add

    add(desk, "same", keep, other, by=by, why=why, as_json=json)


@customer_app.command()
def part(
    one: Annotated[str, typer.Argument(help="A record, such as stripe:customer:cus_1.")],
    other: Annotated[str, typer.Argument(help="The record that was taken for the same person.")],
    by: By,
    why: Why,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Two records are two people, whatever they say: such tickets go to agents."""
    from deskhand.entrypoints.cli.customer.links import add

    add(desk, "apart", one, other, by=by, why=why, as_json=json)


@customer_app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The link, as `customer links` numbers it.")],
    by: By,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Take back what was said of two records."""
    from deskhand.entrypoints.cli.customer.links import take_back

    take_back(desk, number, by=by, as_json=json)


@customer_app.command()
def links(desk: Folder = HERE, json: Json = False) -> None:
    """Show everything that was said, by whom and why; what was taken back, too."""
    from deskhand.entrypoints.cli.customer.links import show

    show(desk, as_json=json)


@customer_app.command()
def timeline(
    customer: Annotated[str, typer.Argument(help="The record, such as stripe:customer:cus_1.")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many messages.")] = 50,
    before: Annotated[int | None, typer.Option(help="Older than this one: the number of the last line.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Show what a customer wrote on every channel, newest first: what was asked, how it ended, and what was done."""
    from deskhand.entrypoints.cli.customer.timeline import show

    show(desk, customer, limit=limit, before=before, as_json=json)


@customer_app.command()
def restrict(
    customer: Annotated[str, typer.Argument(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    by: By = "the command line",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """From now on no assistant reads what this customer writes: people answer, and no model is called."""
    from deskhand.entrypoints.cli.customer.restrict import run

    run(desk, customer, by=by, lift=False, as_json=json)


@customer_app.command()
def unrestrict(
    customer: Annotated[str, typer.Argument(help="Their e-mail address, or a record such as stripe:customer:cus_1.")],
    by: By = "the command line",
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Take it back: the assistant reads what this customer writes."""
    from deskhand.entrypoints.cli.customer.restrict import run

    run(desk, customer, by=by, lift=True, as_json=json)


@customer_app.command()
def churned(
    by: By,
    customer: Annotated[str, typer.Argument(help="The record, such as stripe:customer:cus_1.")] = "",
    on: Annotated[str, typer.Option(help="The day on which they left, such as 2026-05-03.")] = "",
    file: Annotated[Path | None, typer.Option(help="Or many: a CSV file with a record and a day in each line.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Say who left, and when: retention is measured by it, against customers whom only people answer."""
    from deskhand.entrypoints.cli.customer.churned import run

    run(desk, customer, on, file, by=by, as_json=json)
