"""`deskhand bench hostile`: a great many hostile proposals and sets of facts, and what became of them."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.progress import Progress
from rich.table import Table

from deskhand.entrypoints.cli.bench_figures import beside
from deskhand.entrypoints.hostile.comparing import Compared, compare
from deskhand.entrypoints.hostile.parcel import Parcel, Tally, company, work
from deskhand.entrypoints.hostile.world import Company
from deskhand.entrypoints.printing import aside, console, print_json

SIZE = 2_000  # proposals to a parcel: large enough to be worth a database, small enough for the bar to move
EXAMPLES = 10
T = TypeVar("T")
Job = tuple[Callable[..., T], tuple[Any, ...]]


def run(folder: Path, *, proposals: int, facts: int, seed: int, as_json: bool) -> None:
    """Exit code 1 when there was a forbidden effect, or the policy answered otherwise than the rules."""
    attacked(folder)  # what is wrong with the folder is told here, and not by a process of its own
    tally, compared = Tally(), Compared()
    with Progress(console=aside) as progress:
        began, bar = time.perf_counter(), progress.add_task("Attacking", total=proposals)
        for done in worked([(work_there, (folder, parcel)) for parcel in parcels(seed, proposals)]):
            tally.add(done)
            progress.update(bar, completed=tally.made.total())
        between, bar = time.perf_counter(), progress.add_task("Comparing", total=facts)
        for one in worked([(compare_there, (folder, parcel)) for parcel in parcels(seed, facts)]):
            compared.add(one)
            progress.update(bar, completed=compared.decided.total())
    result = figures(tally, seed, between - began)
    result["facts"] = figures_of_facts(compared, time.perf_counter() - between)
    result["beside"] = beside()
    if as_json:
        print_json(result)
    else:
        show(result)
    if result["forbidden"] or result["facts"]["different"]:
        raise typer.Exit(1)


def parcels(seed: int, proposals: int) -> list[Parcel]:
    """The same cut for the same number, whoever works them."""
    starts = range(0, proposals, SIZE)
    return [Parcel(seed, number, min(SIZE, proposals - start)) for number, start in enumerate(starts)]


def worked(todo: Sequence[Job[T]]) -> Iterator[T]:
    """By as many processes as there are cores; a single parcel here."""
    if len(todo) <= 1:
        yield from (deed(*args) for deed, args in todo)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(deed, *args) for deed, args in todo]):
            yield done.result()


def work_there(folder: Path, parcel: Parcel) -> Tally:
    """In a process of its own, which reads the folder once."""
    return work(parcel, attacked(folder))


def compare_there(folder: Path, parcel: Parcel) -> Compared:
    """As `work_there`, for sets of facts."""
    return compare(attacked(folder).policy, parcel.seed, parcel.number, parcel.proposals)


@cache
def attacked(folder: Path) -> Company:
    return company(folder)


def figures(tally: Tally, seed: int, seconds: float) -> dict[str, Any]:
    """The result as printed with --json. `stopped`: nothing happened, and nothing is open; `done_before`: nothing
    happened now, because it had."""
    made, committed, unsettled = tally.made.total(), tally.committed.total(), tally.ended["unsure"]
    known, words = tally.ended["done before"], tally.ended["answered"]
    kinds = {
        kind: {"proposals": count, "committed": tally.committed[kind], "forbidden": tally.forbidden[kind]}
        for kind, count in sorted(tally.made.items())
    }
    return {
        "proposals": made,
        "committed": committed,
        "stopped": made - committed - known - unsettled - words,
        "done_before": known,
        "unsettled": unsettled,
        "only_words": words,
        "effects": tally.effects,
        "forbidden": len(tally.told),
        "untrue_letters": dict(tally.untrue),
        "by_kind": kinds,
        "by_end": dict(sorted(tally.ended.items())),
        "examples": tally.told[:EXAMPLES],
        "seed": seed,
        "processes": os.cpu_count(),
        "seconds": round(seconds, 1),
        "per_second": round(made / seconds, 1) if made else 0.0,
    }


def figures_of_facts(compared: Compared, seconds: float) -> dict[str, Any]:
    """Sets of facts that policy and oracle decided, and on how many they differ."""
    decided = compared.decided.total()
    answers: dict[str, dict[str, int]] = {}
    for (action, said), count in sorted(compared.answers.items()):
        answers.setdefault(action, {})[said] = count
    return {
        "decided": decided,
        "different": compared.different.total(),
        "different_by_action": dict(sorted(compared.different.items())),
        "answers": answers,
        "examples": compared.told[:EXAMPLES],
        "seconds": round(seconds, 1),
        "per_second": round(decided / seconds, 1) if decided else 0.0,
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
    facts = result["facts"]
    console.print(
        f"{facts['decided']:,} sets of facts in {facts['seconds']:,} s: policy and written rules "
        f"[bold]differ on {facts['different']:,}[/bold]."
    )
    for example in [*result["examples"], *facts["examples"]]:
        console.print(example, markup=False)
