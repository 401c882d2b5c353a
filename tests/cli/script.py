"""The console script itself, run as a person or a script runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCRIPT = str(Path(sys.executable).with_name("deskhand"))


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def deskhand(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Done:
    """Run it to its end, in that folder; `environment` is added to ours."""
    command = [SCRIPT, *arguments]
    around = {**os.environ, **(environment or {})}  # noqa: TID251  (a process of its own)
    done = subprocess.run(command, input=stdin, cwd=folder, env=around, capture_output=True, check=False, timeout=120)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
