"""Commands without the second that Python takes to import what they need: each is a fork of a process that has it.

`python -m tests.cli.forked` serves on its standard input, a socket: for each command its words, folder, environment and
three open files come in, and what it ended with goes out. A fork has a memory, threads and connections of its own.
"""

import atexit
import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
# Not onnxruntime: it starts a thread, which a fork does not have and waits for at its end.
LATE = "alembic.command alembic.context httpcore2 py3langid.langid truststore".split()
LARGEST = 1_000_000  # bytes of an order
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # only a process of one thread may fork


def run(
    words: Sequence[str], folder: str, environment: Mapping[str, str], files: Sequence[IO[bytes]], patience: float
) -> int:
    """The command's exit code. `files` are its standard input, output and error. `TimeoutError` when it does not end:
    then it is killed."""
    server = _server()
    order = json.dumps({"words": list(words), "folder": folder, "environment": dict(environment)}).encode()
    socket.send_fds(server, [len(order).to_bytes(4, "big") + order], [one.fileno() for one in files])
    pid = int.from_bytes(_read(server, 4), "big")
    server.settimeout(patience)
    try:
        return int.from_bytes(_read(server, 4), "big", signed=True)
    except TimeoutError:
        os.kill(pid, signal.SIGKILL)
        server.settimeout(None)
        _read(server, 4)
        raise
    finally:
        server.settimeout(None)


@cache
def _server() -> socket.socket:
    """One for the process that asks; it ends when that one does."""
    ours, theirs = socket.socketpair()
    environment = {**os.environ, **ONE_THREAD}  # noqa: TID251  (a process of its own)
    command = [sys.executable, "-m", "tests.cli.forked"]
    process = subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    theirs.close()

    def farewell() -> None:
        ours.close()
        process.wait(10)

    atexit.register(farewell)
    return ours


def _read(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = connection.recv(size - len(found))
        if not part:
            raise EOFError("the process that forks commands is gone")
        found += part
    return found


def serve(connection: socket.socket) -> None:
    """One command after the other, until nobody asks any more."""
    while True:
        head, files, _, _ = socket.recv_fds(connection, 4, 3)
        if not head:
            return
        order = json.loads(_read(connection, int.from_bytes(head, "big")))
        pid = os.fork()
        if not pid:
            connection.close()
            _become(order, files)
            return
        for one in files:
            os.close(one)
        connection.sendall(pid.to_bytes(4, "big"))
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection.sendall(ended.to_bytes(4, "big", signed=True))


def _become(order: Mapping[str, object], files: Sequence[int]) -> None:
    """This fork is the command from here on, and ends as a program does."""
    for number, one in enumerate(files):
        os.dup2(one, number)
        os.close(one)
    environment, words = order["environment"], order["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.update(environment)  # noqa: TID251
    os.chdir(str(order["folder"]))
    sys.argv = ["deskhand", *words]
    sys.modules["__main__"].__package__ = None  # a script's, by which it learns its own name
    import_module("deskhand.entrypoints.cli").main()


if __name__ == "__main__":
    from tests.storage import everywhere

    import deskhand.entrypoints.cli as commands

    for name in LATE:
        import_module(name)
    for module in pkgutil.iter_modules(commands.__path__, f"{commands.__name__}."):
        import_module(module.name)
    everywhere.switch()
    gc.freeze()  # what a fork never collects it need not copy
    serve(socket.socket(fileno=os.dup(0)))
