"""Commands, run as a person or a script runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.cli import forked

ROOT = Path(__file__).parents[2]
PATIENCE = 240.0  # seconds for one command
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
    program: str = forked.COMMANDS,
    source: Path | None = None,
) -> Done:
    """Run it to its end, in that folder, in a process of its own (see `forked`); `environment` is added to ours.
    `program`, `source`: the module and the package's folder, where they are others."""
    words = [os.fsdecode(one) for one in arguments]
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        where, files, there = str(folder or Path.cwd()), (given, out, err), str(source or "")
        code = forked.run(words, where, environment or {}, files, PATIENCE, program=program, source=there)
        out.seek(0)
        err.seek(0)
        return Done(code, out.read().decode(), err.read().decode())


def script(*arguments: str | Path, folder: Path | None = None) -> Done:
    """The same by the script that is installed, as a person runs it."""
    done = subprocess.run([SCRIPT, *arguments], cwd=folder, capture_output=True, check=False, timeout=PATIENCE)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
