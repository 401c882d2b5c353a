"""Resident memory of processes that are measured, in megabytes."""

import os
from pathlib import Path


def resident() -> float:
    """Of this process."""
    return _held(Path("/proc/self/status")) or 0.0


def resident_together() -> float:
    """Of this process and those it started. What they share is counted for each."""
    ours = str(os.getpid())
    every = Path("/proc").glob("[0-9]*/status")
    return sum(_held(one, ours) or 0.0 for one in every)


def _held(status: Path, ours: str | None = None) -> float | None:
    """None where it has gone meanwhile, or where `ours` is neither it nor what started it."""
    try:
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines() if ":" in line)
    except OSError:
        return None
    if ours and ours not in (lines["Pid"].strip(), lines["PPid"].strip()):
        return None
    return int(lines.get("VmRSS", "0 kB").split()[0]) / 1024
