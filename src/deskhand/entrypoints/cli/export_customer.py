"""`deskhand export`: what a customer may have of themselves."""

from pathlib import Path

from deskhand.bootstrap import now
from deskhand.bootstrap.privacy_export import export_customer
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run(folder: Path, customer: str, *, to: Path, as_json: bool) -> None:
    """Exit with 1 when a help desk did not give a ticket, which the file names."""
    done = export_customer(read_settings(folder), customer, to, now, aside.print)
    if as_json:
        print_json({"file": str(done.file), "files": done.files, "tickets": done.tickets, "missing": done.missing})
    else:
        console.print(f"Wrote {done.file} with {done.tickets} tickets, and {done.files} files.", soft_wrap=True)
    if done.missing:
        aside.print(f"Not given by their system, so not in it: {', '.join(done.missing)}.", soft_wrap=True)
        raise SystemExit(1)
