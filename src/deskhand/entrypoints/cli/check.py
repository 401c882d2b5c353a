"""`deskhand check`: every fault of a desk folder at once."""

from pathlib import Path

from deskhand.bootstrap import check_tools, load_folder, now, scan_notes
from deskhand.domain.errors import DeskFault
from deskhand.entrypoints.printing import aside, console, plain, print_json
from deskhand.settings import read_settings


def run(folder: Path, *, as_json: bool) -> None:
    """Print what is wrong and exit with 1, or say what the desk holds."""
    try:
        settings = read_settings(folder)
        loaded = load_folder(settings)
        faults, unheard = check_tools(settings, loaded, now)
        if faults:
            raise DeskFault(tuple(faults))
    except DeskFault as error:
        if as_json:
            print_json({"ok": False, "faults": plain(error.faults)})
        else:
            for fault in error.faults:
                console.print(str(fault), markup=False, highlight=False, soft_wrap=True)
            count = "1 fault" if len(error.faults) == 1 else f"{len(error.faults)} faults"
            aside.print(f"{count}; this desk does not start.", style="bold red")
        raise SystemExit(1) from None
    notes = (*loaded.notes, *unheard, *scan_notes(settings))
    held = {
        "procedures": len(loaded.procedures),
        "articles": len(loaded.articles),
        "actions": len(loaded.own),
        "proactive": len(loaded.rules),
        "golden": len(loaded.golden),
        "golden_drafts": sum(one.draft for one in loaded.golden),
        "drafts": loaded.drafts,
        "notes": plain(notes),
    }
    if as_json:
        print_json({"ok": True, "faults": [], **held})
        return
    for note in notes:
        console.print(f"note: {note}", markup=False, highlight=False, soft_wrap=True)
    own = f", {len(loaded.own)} own actions" if loaded.own else ""
    first = f", {len(loaded.rules)} proactive rules" if loaded.rules else ""
    tests = f", {len(loaded.golden)} golden tickets" if loaded.golden else ""
    drafts = f", {loaded.drafts} drafts of procedures" if loaded.drafts else ""
    what = f"No fault: {len(loaded.procedures)} procedures, {len(loaded.articles)} articles{own}{first}{tests}{drafts}."
    console.print(what, style="green", highlight=False)
