"""`deskhand ready`: can the desk do its work now?"""

from pathlib import Path

from deskhand.bootstrap import now, ready_here
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def run(folder: Path, *, as_json: bool) -> None:
    """Exit code 1 when one check fails."""
    found = ready_here(read_settings(folder), now())
    if as_json:
        print_json({"ok": found.ok, "checks": found.checks})
    else:
        for one in found.checks:
            console.print(f"{one.name:<9} {one.says}", style=None if one.ok else "red", highlight=False)
    raise SystemExit(0 if found.ok else 1)
