"""`deskhand bench drift`: how soon planted drift is found, and how often an alarm comes where nothing has changed."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import mean

from rich.table import Table

from deskhand.entrypoints.cli.bench_figures import beside
from deskhand.entrypoints.cli.drift_trial import KINDS, Found, Stable, learned, stable, together
from deskhand.entrypoints.cli.drift_world import World
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.measurement.drift.watch import Watch
from deskhand.measurement.metrics import quantile

DAYS = 40  # of journal lines that are timed


def run(*, desks: int, months: int, plants: int, seed: int, processes: int, as_json: bool) -> None:
    """`desks` with so many stable months each, beyond those of learning; `plants` desks in which each kind is planted
    at each size. They have the seeds from `seed` on, so that what takes long can be run in parts."""
    with ProcessPoolExecutor(processes) as pool:
        aside.print(f"{desks} desks, {months} stable months each; {plants} desks in which drift is planted ...")
        calm = together(list(pool.map(partial(stable, months=months), range(seed, seed + desks))))
        found = list(pool.map(_planted, range(seed, seed + plants)))
    delays = [_delay(kind, size, [one[kind, size] for one in found]) for kind, sizes in KINDS.items() for size in sizes]
    told = {"stable": _calm(calm), "ms_per_1000_lines": round(_cost(), 1), "planted": delays if plants else []}
    told |= {"beside": beside()}
    if as_json:
        print_json(told)
        return
    console.print(
        f"{calm.months:g} stable months, {len(calm.alarms)} false alarms: {calm.rate:.3f} a month, "
        f"below {calm.bound:.3f} with 95 % confidence. {told['ms_per_1000_lines']} ms for 1,000 lines of the journal."
    )
    table = Table("Planted", "Size", "Found", "Tickets, mean", "p90", "Hours, mean", "p90", "Elsewhere")
    for one in delays if plants else ():
        shown = [f"{one[name]:.0f}" if one[name] is not None else "-" for name in FIGURES]
        table.add_row(
            str(one["kind"]), f"{one['size']:g}", f"{one['found']}/{one['of']}", *shown, str(one["elsewhere"])
        )
    console.print(table)


FIGURES = ("tickets_mean", "tickets_p90", "hours_mean", "hours_p90")


def _planted(seed: int) -> dict[tuple[str, float], Found]:
    desk = learned(seed)
    return {(kind, size): desk.plant(kind, size) for kind, sizes in KINDS.items() for size in sizes}


def _delay(kind: str, size: float, found: Sequence[Found]) -> dict[str, object]:
    """Of those that were found; the rest is missed within four weeks."""
    tickets = [float(one.tickets) for one in found if one.tickets is not None]
    hours = [one.hours for one in found if one.hours is not None]
    figures = [mean(tickets) if tickets else None, quantile(tickets, 0.9)]
    figures += [mean(hours) if hours else None, quantile(hours, 0.9)]
    told: dict[str, object] = {"kind": kind, "size": size, "found": len(tickets), "of": len(found)}
    return told | dict(zip(FIGURES, figures, strict=True)) | {"elsewhere": sum(one.elsewhere for one in found)}


def _calm(calm: Stable) -> dict[str, object]:
    alarms = [{"procedure": one.procedure, "signal": one.signal} for one in calm.alarms]
    return {"months": calm.months, "alarms": alarms, "a_month": calm.rate, "a_month_at_most": calm.bound}


def _cost() -> float:
    """Milliseconds of CPU for 1,000 lines, of a desk that has learned for some weeks."""
    world, watch, lines = World(1), Watch(), 0
    spent = 0.0
    for day in range(DAYS):
        told = list(world.day(day))
        lines += len(told)
        began = time.process_time()
        watch.take_all(told)
        spent += time.process_time() - began
    return 1_000_000 * spent / lines
