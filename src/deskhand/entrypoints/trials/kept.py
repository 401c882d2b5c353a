"""Earlier runs of golden tickets, kept in the desk's own folder so that the next one can be compared."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.trials.report import Report
from deskhand.settings import Settings

MOST = 50  # runs


def place(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.state / "evals"


def last(settings: Settings) -> Mapping[str, Any] | None:
    """The newest run; None when there is none, or it cannot be read."""
    files = sorted(place(settings).glob("*.json"))
    try:
        return read(files[-1]) if files else None
    except DeskFault:
        return None


def read(file: Path) -> Mapping[str, Any]:
    """A run that was kept, or written by --json. `DeskFault` when it is none."""
    try:
        found = json.loads(file.read_text("utf-8"))
        if all(isinstance(one["id"], str) and "passed" in one and "differences" in one for one in found["tickets"]):
            found["at"]
            return dict(found)
    except (ValueError, KeyError, TypeError):
        pass
    what = "is no run of `deskhand eval`, so nothing was compared: write one with --json"
    raise DeskFault((Fault(str(file), 1, what),))


def keep(settings: Settings, report: Report) -> Path:
    """The newest `MOST` stay."""
    folder = place(settings)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{report.at.replace(':', '')}.json"
    file.write_text(json.dumps(plain(report.told()), ensure_ascii=False, indent=2), "utf-8")
    for old in sorted(folder.glob("*.json"))[:-MOST]:
        old.unlink()
    return file
