"""What `deskhand migrate` and `deskhand move` do."""

from pathlib import Path

from rich.progress import Progress

from deskhand.bootstrap import Migrated, bring_up, move, now, take_back
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run_migrate(folder: Path, *, down: str, yes: bool, as_json: bool) -> None:
    """Up, unless a revision is named that the tables are to go back to."""
    settings = read_settings(folder)
    if down:
        done = take_back(settings, down, really=yes)
    else:
        done, yes = bring_up(settings), True
    if as_json:
        print_json({"before": done.before, "after": done.after, "gone": done.gone, "done": yes})
        return
    for line in _told(done, yes):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _told(done: Migrated, really: bool) -> list[str]:
    what = f"from revision {done.before or 'none'} to {done.after}"
    if really and done.before == done.after:
        return [f"The tables are those of this version already (revision {done.after})."]
    if really:
        return [f"Migrated {what}.", *(f"Gone: {one}." for one in done.gone)]
    gone = [f"It would take with it: {one}." for one in done.gone] or ["Nothing would be lost."]
    return [f"Going back {what} was not done.", *gone, "Back the desk up, then say --yes to do it."]


def run_move(folder: Path, to: str, *, by: str, as_json: bool) -> None:
    """Tells what was proved, and what to set from now on."""
    settings = read_settings(folder)
    with Progress(console=aside, transient=True) as bar:
        task = bar.add_task("beginning", total=None)
        done = move(
            settings,
            to,
            by=by,
            now=now(),
            tell=lambda table, rows: bar.update(task, description=f"{table}: {rows:,} rows"),
        )
    rows = sum(done.tables.values())
    if as_json:
        print_json({"tables": done.tables, "rows": rows, "lines": done.lines})
        return
    for line in (
        f"Moved: {rows:,} rows of {len(done.tables)} tables, each proved there, {done.lines:,} journal lines.",
        "This desk opens on that database alone now. Next:",
        "  set DESKHAND_DATABASE_URL to it, wherever a process of this desk is started",
        "  deskhand ready && deskhand audit verify",
        "  deskhand serve, and deskhand work as often as you like",
        f"{settings.state / 'desk.sqlite'} is as it was; erasures do not reach it any more, so delete it soon.",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
