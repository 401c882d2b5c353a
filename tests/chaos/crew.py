"""The processes of a desk: workers on hosts of their own, and one that takes deliveries. What dies is begun again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.hosts import Host

ROOT = Path(__file__).parents[2]
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
AGAIN = 0.5  # seconds until a dead process is started again
FAREWELL = 40  # seconds that a worker may take for what it is doing


class Member:
    """One process, started again whenever it dies, by its command in `place`, where its clock and its log are."""

    def __init__(self, name: str, command: list[str], place: Path, env: Mapping[str, str]):
        self.name, self._command, self._place = name, command, place
        self._clock = place / f"{name}.clock"
        self._clock.write_text("+0")
        # Durations are measured by a clock that nobody can set, in life as here.
        fake = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_CACHE_DURATION": "1"}
        self._env = {**env, **(fake | {"FAKETIME_TIMESTAMP_FILE": str(self._clock)} if FAKETIME else {})}
        self._over, self._thread = threading.Event(), threading.Thread(target=self._live)
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        self._thread.start()

    def kill(self) -> bool:
        """As by a power cut. False when it is dead already."""
        process = self._process
        if process is None or process.poll() is not None:
            return False
        os.killpg(process.pid, signal.SIGKILL)
        return True

    @contextmanager
    def clock_off_by(self, seconds: int) -> Iterator[None]:
        self._clock.write_text(f"{seconds:+d}")
        try:
            yield
        finally:
            self._clock.write_text("+0")

    def end(self) -> int:
        """Ask it to end, as a new release does; the code that it ends with."""
        self._over.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                self.kill()
        self._thread.join()
        return self._process.returncode if self._process else 0

    def _live(self) -> None:
        with (self._place / f"{self.name}.log").open("ab") as log:
            while not self._over.is_set():
                process = self._process = subprocess.Popen(
                    self._command, stdout=log, stderr=log, env=self._env, cwd=self._place, start_new_session=True
                )
                process.wait()
                self._over.wait(AGAIN)


@contextmanager
def crew(desk: Path, hosts: list[Host], env: Mapping[str, str], port: int) -> Iterator[tuple[Member, list[Member]]]:
    """The process that takes deliveries at `port`, and the workers."""
    program = [str(Path(sys.executable).with_name("deskhand"))]
    where = ["--desk", str(desk)]
    door = Member("door", [*program, "serve", *where, "--port", str(port)], desk.parent, env)
    workers = [Member(one.name, one.inside(*program, "work", *where), desk.parent, env) for one in hosts]
    try:
        for one in (door, *workers):
            one.begin()
        yield door, workers
    finally:
        for one in (*workers, door):
            one.end()
