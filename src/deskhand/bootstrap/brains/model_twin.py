"""A model's stand-in in a process of its own, for whoever measures or tries a desk without a key."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SERVE = "from deskhand.infrastructure.llm.twin import serve; serve()"


@contextmanager
def model_twin() -> Iterator[str]:
    """Its name, as `model` in desk.toml takes it, until the block ends."""
    process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"twin@http://127.0.0.1:{process.stdout.readline().strip()}/ok/v1"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
