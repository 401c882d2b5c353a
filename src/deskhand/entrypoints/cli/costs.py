"""`deskhand costs`: what language models cost, from the journal."""

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import open_journal
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.costs import Spent, costs
from deskhand.settings import read_settings

MOST = 10  # tickets for people; --json has all


def run(folder: Path, *, as_json: bool) -> None:
    """Sums by model, by procedure and by ticket."""
    with open_journal(read_settings(folder)) as queries:
        found = costs(queries.lines())
    if as_json:
        print_json(found)
        return
    if not found.all.calls:
        console.print("No language model was called on this desk.")
        return
    show("Model", found.by_model)
    show("Procedure", found.by_procedure)
    dearest = sorted(found.by_ticket.items(), key=lambda one: (-one[1].dollars, -one[1].input_tokens))
    show("Ticket", dict(dearest[:MOST]))


def show(what: str, spent: Mapping[str, Spent]) -> None:
    """A table, a line each. An unknown price is told as unknown, never as nothing."""
    table = Table(what, "Calls", "Failed", "Tokens in", "cached", "Tokens out", "US dollars")
    for name, one in spent.items():
        share = f"{one.cached_share:.0%}" if one.cached_share is not None else "-"
        known = f"{one.dollars:.4f}" if one.unpriced < one.calls else "unknown"
        dollars = f"{known} + {one.unpriced} calls of unknown price" if one.unpriced and known != "unknown" else known
        numbers = (str(one.calls), str(one.failed), str(one.input_tokens), share, str(one.output_tokens), dollars)
        table.add_row(name, *numbers)
    console.print(table)
