"""A PostgreSQL server of our own for a test run, when its programs are installed."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
# Nothing of it outlives its run, so nothing has to be on a disk before it counts.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "synchronous_commit": "off",
}


def missing() -> str:
    """Why there is no server here; empty when there can be one."""
    return "" if FOLDERS else "PostgreSQL is not installed (/usr/lib/postgresql/*/bin)"


@contextmanager
def server() -> Iterator[str]:
    """The address of a new, empty server, without a database name. It is stopped by its process id."""
    with tempfile.TemporaryDirectory(prefix="deskhand-postgres-") as folder, _serve(Path(folder)) as url:
        yield url


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    programs, port, data = FOLDERS[-1], free_port(), folder / "data"
    user = _somebody() if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    subprocess.run(
        [programs / "initdb", "-A", "trust", "-U", "deskhand", "-D", data, "--no-sync"],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
    )
    options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, f"-p{port}", *options]
        process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd=folder)
    try:
        url = f"postgresql://deskhand@127.0.0.1:{port}"
        _await(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGQUIT)  # at once, whoever is connected: nothing of it is needed any more
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def new_database(url: str, name: str, like: str = "template1") -> str:
    """The address of an empty database on that server, or of a copy of another one."""
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{like}"'.encode())
    return f"{url}/{name}"


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        try:
            psycopg.connect(f"{url}/postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise
            time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start within 10 s")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _somebody() -> str:
    users = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in users else "nobody"
