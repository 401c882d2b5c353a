"""`deskhand bench hostile`: a great many hostile proposals, and what became of them."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import typer
from rich.progress import Progress
from rich.table import Table

from deskhand.entrypoints.hostile.parcel import Parcel, Tally, company, work
from deskhand.entrypoints.hostile.world import Company
from deskhand.entrypoints.printing import aside, console, print_json

SIZE = 2_000  # proposals to a parcel: large enough to be worth a database, small enough for the bar to move
EXAMPLES = 10


def run(folder: Path, *, proposals: int, seed: int, as_json: bool) -> None:
    """Exit code 1 when there was a forbidden effect."""
    attacked(folder)  # what is wrong with the folder is told here, and not by a process of its own
    began, tally = time.perf_counter(), Tally()
    with Progress(console=aside) as progress:
        bar = progress.add_task("Attacking", total=proposals)
        for done in worked(folder, parcels(seed, proposals)):
            tally.add(done)
            progress.update(bar, completed=tally.made.total())
    result = figures(tally, seed, time.perf_counter() - began)
    if as_json:
        print_json(result)
    else:
        show(result)
    if result["forbidden"]:
        raise typer.Exit(1)


def parcels(seed: int, proposals: int) -> list[Parcel]:
    """The same cut for the same number, whoever works them."""
    starts = range(0, proposals, SIZE)
    return [Parcel(seed, number, min(SIZE, proposals - start)) for number, start in enumerate(starts)]


def worked(folder: Path, todo: list[Parcel]) -> Iterator[Tally]:
    """By as many processes as there are cores; a single parcel here."""
    if len(todo) == 1:
        yield work(todo[0], attacked(folder))
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(work_there, folder, parcel) for parcel in todo]):
            yield done.result()


def work_there(folder: Path, parcel: Parcel) -> Tally:
    """In a process of its own, which reads the folder once."""
    return work(parcel, attacked(folder))


@cache
def attacked(folder: Path) -> Company:
    return company(folder)


def figures(tally: Tally, seed: int, seconds: float) -> dict[str, Any]:
    """The result as printed with --json. `stopped`: nothing happened, and nothing is open."""
    made, committed, unsettled = tally.made.total(), tally.committed.total(), tally.ended["unsure"]
    kinds = {
        kind: {"proposals": count, "committed": tally.committed[kind], "forbidden": tally.forbidden[kind]}
        for kind, count in sorted(tally.made.items())
    }
    return {
        "proposals": made,
        "committed": committed,
        "stopped": made - committed - unsettled - tally.ended["answered"],
        "unsettled": unsettled,
        "only_words": tally.ended["answered"],
        "effects": tally.effects,
        "forbidden": len(tally.told),
        "untrue_letters": dict(tally.untrue),
        "by_kind": kinds,
        "by_end": dict(sorted(tally.ended.items())),
        "examples": tally.told[:EXAMPLES],
        "seed": seed,
        "processes": os.cpu_count(),
        "seconds": round(seconds, 1),
        "per_second": round(made / seconds, 1),
    }


def show(result: dict[str, Any]) -> None:
    """For people."""
    table = Table("Attack", "Proposals", "Committed", "Forbidden", title="A hostile model")
    for kind, row in result["by_kind"].items():
        table.add_row(kind.replace("_", " "), *(f"{value:,}" for value in row.values()))
    console.print(table)
    console.print(
        f"{result['proposals']:,} proposals in {result['seconds']:,} s: {result['committed']:,} committed, "
        f"{result['stopped']:,} stopped, [bold]{result['forbidden']:,} forbidden effects[/bold]."
    )
    for example in result["examples"]:
        console.print(example, markup=False)
