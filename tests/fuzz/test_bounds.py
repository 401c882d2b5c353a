"""Large inputs are read within seconds and within bounds of memory, and leave nothing behind."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the memory of a process is read as Linux tells it")
def test_large_inputs_take_neither_time_nor_memory_without_end() -> None:
    command = [sys.executable, "-m", "tests.fuzz.bounded"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{done.stdout[-600:]}\n{done.stderr[-2000:]}"
    assert "again and again" in done.stdout
