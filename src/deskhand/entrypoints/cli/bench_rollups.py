"""`deskhand bench rollups`: what it takes to count many tickets, and to open a dashboard over them."""

import tempfile
from pathlib import Path

from deskhand.bootstrap import counting_trial, now
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.settings import read_settings


def run(folder: Path, *, tickets: int, openings: int, as_json: bool) -> None:
    """On a database that is thrown away: the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        found = counting_trial(read_settings(folder, Path(place)), Path(place), tickets, now(), openings)
    tell(found, as_json=as_json)
