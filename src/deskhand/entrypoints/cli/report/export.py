"""`deskhand report export`: tickets and messages as files for other programs."""

from datetime import datetime
from pathlib import Path

import typer

from deskhand.bootstrap import Format, export, now, open_counting
from deskhand.entrypoints.printing import aside, print_json
from deskhand.settings import read_settings


def run(folder: Path, desk: Path, *, since: datetime | None, until: datetime | None, form: str, as_json: bool) -> None:
    """Of these days (UTC), both included; of all where they are not said."""
    if form not in list(Format):
        raise typer.BadParameter("there are two formats: csv and parquet", param_hint="--format")
    first, last = since.date() if since else None, until.date() if until else None
    with open_counting(read_settings(desk)) as counting:
        done = export(counting, folder, Format(form), now(), since=first, until=last)
    if as_json:
        print_json(done)
        return
    for name, rows in done.files.items():
        aside.print(f"{folder / name}: {rows:,} rows", highlight=False, soft_wrap=True)
