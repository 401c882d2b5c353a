"""`deskhand doctor`: asks every connected system whether it would answer, and what our credentials are worth there."""

from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from rich.markup import escape
from rich.table import Table

from deskhand.bootstrap import Health, examine_desk, load_folder, now, scan_notes
from deskhand.bootstrap.connections.egress import WayOut, ways_out
from deskhand.bootstrap.operations.setup import setup_faults
from deskhand.bootstrap.versions import held_back_now
from deskhand.domain.errors import DeskFault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings

SOON = timedelta(days=30)  # before credentials end
SKEW = 60.0  # seconds between two clocks, from which signatures begin to fail


def run(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 when a system cannot be worked with, or the scan program is missing. Nothing is written anywhere."""
    found: list[Health] = []
    try:
        settings = read_settings(folder)
        setup = list(setup_faults(settings, load_folder(settings)))
        for one in () if any(each.stops for each in setup) else examine_desk(settings, aside.print):
            found.append(one)
            if not as_json:
                aside.print(f"{one.title} was asked.", style="dim")
    except DeskFault as error:
        _faulty(error, as_json)
    unscanned = [str(one.what) for one in scan_notes(settings)]
    stopped = any(one.stops for one in setup)
    held, ways = "" if stopped else held_back_now(settings), ways_out(settings)
    well = all(one.well for one in found) and not unscanned and not any(one.refused for one in ways) and not stopped
    if as_json:
        systems = [{**vars(one), "well": one.well} for one in found]
        egress = [vars(one) for one in ways]
        told = {"systems": systems, "attachments": unscanned, "changes": held, "egress": egress}
        print_json({"ok": well, "faults": [], "setup": setup, **told})
    else:
        if found:
            console.print(_table(found))
        for each in setup:
            style = "red" if each.stops else "yellow"
            console.print(str(each), markup=False, highlight=False, soft_wrap=True, style=style)
        for line in (*(line for one in found for line in _remarks(one)), *unscanned):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        if held:
            console.print(f"Nothing is autonomous: {held}.", markup=False, highlight=False, soft_wrap=True)
        _egress(ways)
    if not well:
        raise SystemExit(1)


def _faulty(error: DeskFault, as_json: bool) -> NoReturn:
    """A desk that does not start: every fault says where it is, and no system was asked."""
    if as_json:
        print_json({"ok": False, "faults": error.faults, "setup": [], "systems": []})
    else:
        for one in error.faults:
            console.print(str(one), markup=False, highlight=False, soft_wrap=True)
        aside.print("This desk does not start, so not every system was asked. Mend it, then ask again.", style="red")
    raise SystemExit(1) from error


def _egress(ways: list[WayOut]) -> None:
    console.print("This desk may talk to:" if ways else "This desk talks to nobody: every system is its twin.")
    for one in ways:
        where = ", in the company's own network too" if one.private else ""
        told = f"  {one.host}: {one.why}{where}" + (f". REFUSED: {one.refused}" if one.refused else "")
        console.print(told, markup=False, highlight=False, soft_wrap=True)


def _table(found: list[Health]) -> Table:
    table = Table("system", "state", "account", "answers in", "allowed still", "last event", box=None, pad_edge=False)
    for one in found:
        table.add_row(
            one.title + (" (twin)" if one.twin else ""),
            "[green]well[/]" if one.well else "[red]not usable[/]",
            escape(one.account) or "-",
            f"{one.latency_ms:.0f} ms" if one.latency_ms is not None else "-",
            one.vitals.left or "-",
            f"{one.last_event:%Y-%m-%d %H:%M}" if one.last_event else "none yet",
        )
    return table


def _remarks(one: Health) -> list[str]:
    """What somebody has to do something about, a line each."""
    told: list[str] = []
    if one.fault:
        told.append(f"{one.title} cannot be worked with: {one.fault}. Nothing was changed there.")
    if one.lacks:
        told.append(f"{one.title}: the credentials may not read {', '.join(one.lacks)}. Grant it, then ask again.")
    if one.too_broad:
        told.append(f"{one.title}: the credentials allow more than anybody here needs: {', '.join(one.too_broad)}.")
    if one.expires and one.expires <= now().date() + SOON:
        told.append(f"{one.title}: the credentials end on {one.expires}. Make new ones before that day.")
    if one.vitals.clock is not None and abs(one.vitals.clock) > SKEW:
        told.append(
            f"{one.title}: its clock and ours are {abs(one.vitals.clock):.0f} s apart. Set the clock of this machine."
        )
    if one.awaits_events:
        told.append(f"{one.title}: no signed event has come yet, so messages wait for the next poll (docs/systems.md).")
    if not one.tried_live and not one.twin:
        told.append(f"{one.title}: this connector was tested against its twin, and never yet against the live service.")
    return told
