"""`deskhand bench`: what it takes on this machine, each figure on a desk of its own."""

from pathlib import Path
from typing import Annotated

import typer

bench_app = typer.Typer()

SIZES = [10_000, 100_000, 1_000_000]  # of a desk's past, in tickets

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]


@bench_app.callback(invoke_without_command=True)
def bench(
    context: typer.Context,
    desk: Folder = Path("examples/lumen"),
    messages: Annotated[int, typer.Option(help="How many messages to measure with.")] = 200,
    articles: Annotated[int, typer.Option(min=1, help="How many articles to search among.")] = 10_000,
    json: Json = False,
) -> None:
    """Measure our own work per message, policy, retrieval, start and memory, on a desk of its own."""
    if context.invoked_subcommand:
        return
    from deskhand.entrypoints.cli.bench import run

    run(desk, messages=messages, articles=articles, as_json=json)


@bench_app.command("hostile")
def bench_hostile(
    desk: Folder = Path("examples/lumen"),
    proposals: Annotated[int, typer.Option(min=0, help="How many proposals to make.")] = 1_000_000,
    facts: Annotated[int, typer.Option(min=0, help="How many sets of facts to decide.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same proposals and facts.")] = 0,
    json: Json = False,
) -> None:
    """Put a hostile model in the model's place: exit code 1 if anything happened that the written rules forbid.

    Judge is a witness at the other end, which knows the demo company's rules and none of our code. Then hostile facts
    are decided by the policy and by the same rules in plain Python: exit code 1 also if one answer differs.
    """
    from deskhand.entrypoints.cli.hostile import run

    run(desk, proposals=proposals, facts=facts, seed=seed, as_json=json)


@bench_app.command("pages")
def bench_pages(
    desk: Folder = Path("examples/lumen"),
    workspaces: Annotated[int, typer.Option(min=0, help="How many agents have the workspace open.")] = 200,
    widgets: Annotated[int, typer.Option(min=0, help="How many visitors have the chat open.")] = 500,
    clicks: Annotated[int, typer.Option(min=1, max=500, help="How many suggestions are approved.")] = 60,
    in_browser: Annotated[
        int, typer.Option(min=0, max=200, help="How many more are approved in Chromium, click to paint.")
    ] = 0,
    json: Json = False,
) -> None:
    """Measure what a click on Approve takes while many pages are open, on a desk of its own."""
    from deskhand.entrypoints.cli.bench_pages import run

    run(desk, workspaces=workspaces, widgets=widgets, clicks=clicks, in_browser=in_browser, as_json=json)


@bench_app.command("replay")
def bench_replay(
    desk: Folder = Path("examples/lumen"),
    tickets: Annotated[int, typer.Option(min=1, help="How many past tickets to make up.")] = 10_000,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    json: Json = False,
) -> None:
    """Measure a replay of made-up past tickets: how long it takes, and memory on the way."""
    from deskhand.entrypoints.cli.bench_replay import run

    run(desk, tickets=tickets, workers=workers, as_json=json)


@bench_app.command("drift")
def bench_drift(
    desks: Annotated[int, typer.Option(min=1, help="How many made-up desks on which nothing changes.")] = 10,
    months: Annotated[int, typer.Option(min=1, help="How many months each, beyond those of learning.")] = 10,
    plants: Annotated[int, typer.Option(min=0, help="In how many desks each kind is planted at each size.")] = 4,
    seed: Annotated[int, typer.Option(help="Of the first desk; the next has the next one.")] = 200,
    processes: Annotated[int, typer.Option(min=1, help="How many at a time.")] = 2,
    json: Json = False,
) -> None:
    """Plant drift of fifteen kinds in made-up desks and measure how soon it is found, and count false alarms."""
    from deskhand.entrypoints.cli.bench_drift import run

    run(desks=desks, months=months, plants=plants, seed=seed, processes=processes, as_json=json)


@bench_app.command("drift-page")
def bench_drift_page(
    desk: Folder = Path("examples/lumen"),
    procedures: Annotated[int, typer.Option(min=1, help="How many are watched.")] = 20,
    lines: Annotated[int, typer.Option(min=1000, help="How many lines the journal has.")] = 1_000_000,
    openings: Annotated[int, typer.Option(min=1, help="How often the page is opened.")] = 20,
    json: Json = False,
) -> None:
    """Measure how soon the page of drift opens over a long journal, on a database of its own."""
    from deskhand.entrypoints.cli.bench_drift_page import run

    run(desk, procedures=procedures, lines=lines, openings=openings, as_json=json)


@bench_app.command("rollups")
def bench_rollups(
    desk: Folder = Path("examples/lumen"),
    tickets: Annotated[int, typer.Option(min=100, help="How many tickets of one year to count.")] = 1_000_000,
    openings: Annotated[int, typer.Option(min=1, help="How often a dashboard is opened.")] = 20,
    json: Json = False,
) -> None:
    """Measure what it takes to count many tickets and to open a dashboard over them, on a database of its own."""
    from deskhand.entrypoints.cli.bench_rollups import run

    run(desk, tickets=tickets, openings=openings, as_json=json)


@bench_app.command("growth")
def bench_growth(
    desk: Folder = Path("examples/lumen"),
    tickets: Annotated[list[int], typer.Option(min=100, help="Past tickets; give two or more.")] = SIZES,
    openings: Annotated[int, typer.Option(min=1, help="How often each page is opened.")] = 10,
    json: Json = False,
) -> None:
    """Measure what start, pages, search, intake and proof cost with that many past tickets, and how it grows: the
    exponent of a power law. Each number of tickets gets a database of its own.
    """
    from deskhand.entrypoints.cli.bench_growth import run

    run(desk, sizes=tickets, openings=openings, as_json=json)


@bench_app.command("memory")
def bench_memory(
    desk: Folder = Path("examples/lumen"),
    messages: Annotated[int, typer.Option(min=2_000, help="How many messages are worked.")] = 20_000,
    json: Json = False,
) -> None:
    """Measure what a process keeps of each message once its caches are full, on a desk of its own."""
    from deskhand.entrypoints.cli.bench_steady import run

    run(desk, messages=messages, as_json=json)


@bench_app.command("waiting")
def bench_waiting(
    desk: Folder = Path("examples/lumen"),
    tickets: Annotated[int, typer.Option(min=2, help="How many tickets wait for an agent's decision.")] = 20_000,
    seconds: Annotated[float, typer.Option(min=1, help="For how long the process at rest is watched.")] = 30,
    json: Json = False,
) -> None:
    """Measure the memory and processor that waiting tickets cost, on a desk of its own."""
    from deskhand.entrypoints.cli.bench_waiting import run

    run(desk, tickets=tickets, seconds=seconds, as_json=json)


@bench_app.command("throughput")
def bench_throughput(
    desk: Folder = Path("examples/lumen"),
    messages: Annotated[int, typer.Option(min=100, help="How many messages come at once.")] = 2_000,
    waiting: Annotated[int, typer.Option(min=0, help="How many more wait meanwhile.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
    database: Annotated[str, typer.Option(help="The address of an empty database; a file if not said.")] = "",
    json: Json = False,
) -> None:
    """Measure messages a second, how long one takes at a steady pace, and memory, on a desk of its own.

    The database is left as it is afterwards.
    """
    from deskhand.entrypoints.cli.bench_throughput import run

    run(desk, messages=messages, waiting=waiting, workers=workers, database=database, as_json=json)
