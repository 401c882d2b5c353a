"""A PostgreSQL server that is stopped, slowed and given a full disk, and comes back each time."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from tests.storage.postgres import FOLDERS

SETTINGS = {"fsync": "off", "max_connections": "120", "restart_after_crash": "on", "tcp_keepalives_idle": "10"}
SIZE = "1500m"  # of the disk
PORT = 5432
STOPPED, GOES = 0.2, 0.05  # seconds: how long it stands still, and goes on, while its disk is slow
PATIENCE = 60.0  # seconds for it to come back


class Server:
    """`folder` becomes a disk of its own, in memory. A commit is with the kernel before it is told: killing the server
    loses none, as a power cut with `fsync` would lose none."""

    def __init__(self, folder: Path, address: str, log: Path):
        self._folder, self._data, self._address, self._log = folder, folder / "data", address, log
        self._programs = FOLDERS[-1]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://deskhand@{address}:{PORT}/desk"

    def make(self) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", self._folder], check=True)
        shutil.chown(self._folder, "postgres")
        options = ["-A", "trust", "-U", "deskhand", "-D", str(self._data), "--no-sync"]
        self._run("initdb", *options)
        with (self._data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.76.0.0/14 trust\n")
        self.start()
        with psycopg.connect(f"{self.url.removesuffix('desk')}postgres", autocommit=True) as connection:
            connection.execute("create database desk")

    def start(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                self._process = self._launched()
            with suppress(psycopg.OperationalError):
                psycopg.connect(f"{self.url.removesuffix('desk')}postgres", connect_timeout=2).close()
                return
            time.sleep(0.2)
        raise TimeoutError(f"PostgreSQL did not start within {PATIENCE:.0f} s")

    def stop(self, *, at_once: bool) -> None:
        """At once: as when it crashes. Else every session is ended, and it says good-bye."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    @contextmanager
    def slow(self) -> Iterator[None]:
        """Its processes stand still four fifths of the time, as those do that wait for a disk."""
        over = threading.Event()
        thread = threading.Thread(target=self._stutter, args=(over,))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte is left on its disk."""
        filler = self._folder / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 65536)
        try:
            yield
        finally:
            filler.unlink()
            self.start()

    def end(self) -> None:
        self.stop(at_once=True)
        subprocess.run(["umount", self._folder], check=False, capture_output=True)

    def _stutter(self, over: threading.Event) -> None:
        while not over.is_set():
            stopped = self._family()
            for number, seconds in ((signal.SIGSTOP, STOPPED), (signal.SIGCONT, GOES)):
                for one in stopped:
                    with suppress(ProcessLookupError):
                        os.kill(one, number)
                over.wait(seconds) if number == signal.SIGSTOP else time.sleep(seconds)

    def _family(self) -> list[int]:
        if not self._process:
            return []
        below = subprocess.run(["pgrep", "-P", str(self._process.pid)], capture_output=True, text=True, check=False)
        return [self._process.pid, *map(int, below.stdout.split())]

    def _launched(self) -> "subprocess.Popen[bytes]":
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        where = ["-D", str(self._data), "-k", str(self._folder), f"-p{PORT}", f"-clisten_addresses={self._address}"]
        with self._log.open("ab") as log:
            program = [str(self._programs / "postgres"), *where, *options]
            return subprocess.Popen(program, stdout=log, stderr=log, user="postgres", cwd=self._folder)

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._programs / program), *options]
        subprocess.run(command, check=True, capture_output=True, user="postgres", cwd=self._folder)
