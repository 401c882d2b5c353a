"""`deskhand export`: what a customer may have of themselves."""

from pathlib import Path

from deskhand.bootstrap import now
from deskhand.bootstrap.folder import load_folder
from deskhand.bootstrap.privacy import open_privacy
from deskhand.bootstrap.privacy_export import export
from deskhand.bootstrap.systems import connect_systems
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.infrastructure.storage.conversations import SYSTEM, Conversations
from deskhand.settings import read_settings
from deskhand.understanding.redact import redact


def run(folder: Path, customer: str, *, to: Path, as_json: bool) -> None:
    """Exit with 1 when a help desk did not give a ticket, which the file names."""
    settings = read_settings(folder)
    systems = connect_systems(settings, load_folder(settings), now, aside.print, reads_only=True)
    with open_privacy(settings, now) as privacy:
        subject = privacy.find(customer, systems.directories)
        own = Conversations(privacy.database, now, redact)
        done = export(privacy, subject, to, {**systems.tickets, SYSTEM: own})
    if as_json:
        print_json({"file": str(done.file), "files": done.files, "tickets": done.tickets, "missing": done.missing})
    else:
        console.print(f"Wrote {done.file} with {done.tickets} tickets, and {done.files} files.", soft_wrap=True)
    if done.missing:
        aside.print(f"Not given by their system, so not in it: {', '.join(done.missing)}.", soft_wrap=True)
        raise SystemExit(1)
