"""Workers in processes of their own."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engine.worker import OLD

from deskhand.infrastructure.engine.engine import Engine

Spawn = Callable[..., "subprocess.Popen[bytes]"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def spawn(url: str, tmp_path: Path) -> Iterator[Spawn]:
    """Starts workers; those that still live at the end are stopped."""
    started: list[subprocess.Popen[bytes]] = []

    def spawn(per_minute: int = 0, version: str = Engine.version, release: str = OLD) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.engine.worker", url, str(tmp_path), "1", str(per_minute)]
        paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        started.append(
            subprocess.Popen(
                [*command, version, release], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=paths, cwd=ROOT
            )
        )
        return started[-1]

    yield spawn
    for process in started:
        process.kill()
        process.communicate()


def wait_for(file: Path) -> None:
    for _ in range(1500):
        if file.exists():
            return
        time.sleep(0.02)
    raise TimeoutError(f"{file.name} did not appear")


def ready(folder: Path, worker: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    wait_for(folder / f"ready-{worker.pid}")
    return worker
