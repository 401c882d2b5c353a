"""`deskhand hooks`: events that a system of the company's never took, and posting them once more."""

from pathlib import Path

from deskhand.bootstrap import open_desk, open_journal, parked_events
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def show(folder: Path, *, as_json: bool) -> None:
    """What is parked, oldest first."""
    with open_journal(read_settings(folder)) as queries:
        waiting = parked_events(queries)
    if as_json:
        print_json({"parked": waiting})
        return
    for one in waiting:
        console.print(f"{one.id}  {one.hook}  {one.type}  {one.ticket}  since {one.since}: {one.why}", markup=False)
    if not waiting:
        console.print("Every event was taken, or is still being posted.")


def again(folder: Path, *, id: str, by: str, as_json: bool) -> None:
    """Exit with 1 when no such event is parked."""
    with open_desk(read_settings(folder), tell=aside.print) as installation:
        posted = installation.post_again(id, by)
    if as_json:
        print_json({"id": id, "posted_again": posted})
    else:
        console.print(f"{id} is being posted again." if posted else f"No event {id} is parked.", markup=False)
    if not posted:
        raise SystemExit(1)
