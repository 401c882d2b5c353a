"""Somebody else's stand-ins of systems: where `make test-systems` puts them, started here and stopped by their ids."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".emulators"
LOOPBACK = ROOT / "tests" / "emulators" / "loopback"
PRISM = HOME / "documents" / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
PATIENCE = 90  # seconds until one has started: on a loaded machine some take most of a minute


def no_prism() -> str:
    """Why there is none; empty when there is one."""
    if shutil.which("node") is None:
        return "there is no Node here, and Prism needs it"
    return "" if PRISM.is_file() else "Prism is not installed: run `make test-systems`"


def no_program(venv: str) -> str:
    """The same for what has a virtual environment of its own."""
    return "" if program(venv).is_file() else f"{venv} is not installed: run `make test-systems`"


def program(venv: str, name: str = "python") -> Path:
    return HOME / venv / "bin" / name


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Callable[[Callable[[], object]], None]]:
    """A process until the block ends. What it gives waits until the process answers what it is asked; an
    AssertionError with its last words when it never does."""
    settings = {"PATH": os.defpath, "HOME": str(log.parent), **(environment or {})}
    with log.open("wb") as said:
        process = subprocess.Popen(list(command), env=settings, stdout=said, stderr=said, cwd=log.parent)

    def wait(asked: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                asked()
                return
            except Exception:
                time.sleep(0.2)
        raise AssertionError(f"{command[0]} did not start: {log.read_text('utf-8', 'replace')[-500:]}")

    try:
        yield wait
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
