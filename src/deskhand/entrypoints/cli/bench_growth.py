"""`deskhand bench growth`: what a long past costs, and by which power of its length it grows."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx2
from rich.table import Table

from deskhand.bootstrap import (
    Installation,
    asking_only,
    customer_of,
    fill_history,
    now,
    open_desk,
    open_store,
    ticket_of,
)
from deskhand.domain.errors import Invalid
from deskhand.entrypoints.cli.bench_figures import beside
from deskhand.entrypoints.cli.bench_fit import Line, power
from deskhand.entrypoints.cli.bench_messages import STAGE, letters
from deskhand.entrypoints.cli.bench_pages import PERSON, served, with_visitors
from deskhand.entrypoints.cli.bench_waiting import let_one_wait, let_wait
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import Settings, read_settings
from deskhand.workflows.take_in import take_in

FLAT, LINEAR = 0.1, 1.1  # exponents: what should not grow is flagged above the first, what may, above the second
MAY_GROW = frozenset({"count_all", "database_mb", "search_absent", "audit_absent", "verify"})
WAITING = 200  # tickets that wait for an agent, whatever lies behind them
TAKEN_IN = 50  # messages
PATIENCE = 600.0  # seconds for one page
Costs = dict[str, float]  # milliseconds of processor time, but for what is named otherwise


@dataclass(frozen=True)
class Grown:
    """`costs` by size. `flagged`: it grows faster than it may."""

    name: str
    costs: Mapping[int, float]
    fitted: Line

    @property
    def flagged(self) -> bool:
        return self.fitted.slope > (LINEAR if self.name in MAY_GROW else FLAT)


def run(folder: Path, *, sizes: Sequence[int], openings: int, as_json: bool) -> None:
    """On databases that are thrown away: the desk itself is not touched."""
    if len(set(sizes)) < 2:
        raise Invalid("A curve needs two numbers of tickets or more: give --tickets twice. Nothing was measured.")
    found = {size: _measured(folder, size, openings) for size in sorted(set(sizes))}
    every = [_grown(name, found) for name in next(iter(found.values()))]
    if as_json:
        print_json({"figures": {one.name: {**one.costs, **_fit(one)} for one in every}, **beside()})
        return
    table = Table("CPU ms, with tickets:", *(f"{size:,}" for size in found), "Exponent", "", title="This machine, now")
    for one in every:
        fitted = f"{one.fitted.slope:.2f} ± {one.fitted.error:.2f}"
        table.add_row(one.name, *(f"{cost:,.1f}" for cost in one.costs.values()), fitted, "!" if one.flagged else "")
    console.print(table)
    for name, value in beside().items():
        console.print(f"{name}: {value}")


def _grown(name: str, found: Mapping[int, Costs]) -> Grown:
    costs = {size: figures[name] for size, figures in found.items()}
    return Grown(name, costs, power(list(costs), list(costs.values())))


def _fit(one: Grown) -> dict[str, object]:
    return {"exponent": round(one.fitted.slope, 3), "error": round(one.fitted.error, 3), "flagged": one.flagged}


def _measured(folder: Path, tickets: int, openings: int) -> Costs:
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        settings = with_visitors(read_settings(folder, Path(place)))
        aside.print(f"{tickets:,} past tickets are written ...")
        with open_store(settings) as store:
            fill_history(store.engine, tickets, now() - timedelta(hours=1))
        with open_desk(settings, tell=aside.print) as desk:
            let_one_wait(desk)
            let_wait(desk, WAITING - 1)
            aside.print("They are counted ...")
            costs = {"count_all": _spent(lambda: list(desk.counting.count_anew()))}
        aside.print("Pages are opened ...")
        costs |= {"start": min(_start(settings) for _ in range(2))}
        with asking_only(settings, aside.print) as desk:
            costs |= dict(_pages(desk, tickets, openings))
            costs["take_in"] = _taken_in(desk)
            costs["verify"] = _spent(desk.queries.verify)
        costs["database_mb"] = sum(one.stat().st_size for one in Path(place).glob("desk.sqlite*")) / 1e6
        return costs


def _pages(desk: Installation, tickets: int, openings: int) -> Iterator[tuple[str, float]]:
    """Each as its reader gets it, over HTTP, whose own share is in it: the least of so many openings."""
    day = (desk.desk.clock() - timedelta(days=180)).date()
    session = desk.access.begin(PERSON, agent="bench", address="", now=desk.desk.clock())
    with (
        served(desk) as address,
        httpx2.Client(base_url=address, headers={"cookie": f"deskhand={session}"}, timeout=PATIENCE) as reader,
    ):
        for name, path in {
            "queue_decide": "/inbox?view=decide",
            "queue_mine": "/inbox?view=mine",
            "queue_people": "/inbox?view=people",
            "queue_watch": "/inbox?view=watch",
            "queue_all": "/inbox?view=all",
            "search_common": "/inbox?view=all&q=invoice",
            "search_absent": "/inbox?view=all&q=zeppelin",
            "ticket_opened": f"/inbox/{ticket_of(tickets // 2)}?view=decide",
            "ticket_record": f"/tickets/{ticket_of(tickets // 2)}",
            "customer_timeline": f"/customers/{customer_of(tickets // 2)}",
            "dashboard": "/dashboard",
            "dashboard_numbers": "/dashboard/numbers",
            "audit": "/audit",
            "audit_kind": "/audit?kind=csat.given",
            "audit_day": f"/audit?since={day}&until={day}",
            "audit_absent": "/audit?q=zeppelin",
            "metrics": "/metrics",
            "readyz": "/readyz",
        }.items():
            get = partial(_get, reader, path)
            get()  # the first one reads templates
            yield name, min(_spent(get) for _ in range(openings))


def _get(reader: httpx2.Client, path: str) -> None:
    reader.get(path).raise_for_status()


def _start(settings: Settings) -> float:
    began = time.process_time()
    with asking_only(settings, lambda text: None):
        return 1000 * (time.process_time() - began)


def _taken_in(desk: Installation) -> float:
    """One of the messages that come to a desk where nobody works on them."""
    coming = list(letters(desk, TAKEN_IN, 0))
    began = time.process_time()
    for one in coming:
        take_in(desk.store, one, STAGE)
    return 1000 * (time.process_time() - began) / TAKEN_IN


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)
