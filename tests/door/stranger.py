"""Processes in which another's package is installed beside Deskhand."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
HELPDOCK = ROOT / "examples" / "connectors" / "helpdock"


def python(
    *arguments: str | Path,
    beside: Path | None = None,
    folder: Path | None = None,
    words: str = "",
    environment: Mapping[str, str] | None = None,
) -> "Done":
    """Run it to its end. `beside`: where the other package is; `words`: what it reads; `environment` is put on top."""
    paths = os.pathsep.join([str(ROOT / "src"), *([str(beside)] if beside else ())])
    around = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}  # noqa: TID251
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=around, input=words, capture_output=True, text=True, check=False, timeout=240
    )


def deskhand(*arguments: str | Path, beside: Path | None = None) -> "Done":
    """The command line, likewise."""
    return python("-c", "from deskhand.entrypoints.cli import main; main()", *arguments, beside=beside)


Done = subprocess.CompletedProcess[str]
