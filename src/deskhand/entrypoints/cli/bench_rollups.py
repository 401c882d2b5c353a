"""`deskhand bench rollups`: what it takes to count many tickets, and to open a dashboard over them."""

import tempfile
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import counting_trial, now
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def run(folder: Path, *, tickets: int, openings: int, as_json: bool) -> None:
    """On a database that is thrown away: the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        found = counting_trial(read_settings(folder, Path(place)), Path(place), tickets, now(), openings)
    rounded = {name: round(value, 1) for name, value in found.items()}
    if as_json:
        print_json(rounded)
        return
    table = Table("Figure", "Value", title="This machine, now")
    for name, value in rounded.items():
        table.add_row(name, f"{value:,}")
    console.print(table)
