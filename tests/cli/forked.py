"""Commands without the second that Python takes to import what they need: each is a fork of a process that has it.

`python -m tests.cli.forked PROGRAM` serves on its standard input, a socket: for each command its words, folder,
environment and three open files come in, and what it ended with goes out. A fork has a memory, threads and connections
of its own. `PROGRAM` is the module whose `main` a fork calls.
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
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

ROOT = Path(__file__).parents[2]
COMMANDS = "deskhand.entrypoints.cli"
# Not onnxruntime: it starts a thread, which a fork does not have and waits for at its end.
LATE = "alembic.command alembic.context httpcore2 py3langid.langid truststore typer.rich_utils".split()
CONNECTORS = "freshdesk hubspot jira salesforce stripe zendesk".split()
LARGEST = 1_000_000  # bytes of an order
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # only a process of one thread may fork


def run(
    words: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    files: Sequence[IO[bytes]],
    patience: float,
    *,
    program: str = COMMANDS,
    source: str = "",
) -> int:
    """The command's exit code. `files` are its standard input, output and error. `TimeoutError` when it does not end:
    then it is killed. `source`: the folder of the package, where it is not ours."""
    server = _server(program, source)
    order = json.dumps({"words": list(words), "folder": folder, "environment": dict(environment)}).encode()
    socket.send_fds(server, [len(order).to_bytes(4, "big") + order], [one.fileno() for one in files])
    pid = int.from_bytes(_read(server, 4), "big")
    server.settimeout(patience)
    try:
        return int.from_bytes(_read(server, 4), "big", signed=True)
    except BaseException:  # also when the test is ended from outside: the next command must not get this one's code
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        server.settimeout(None)
        _read(server, 4)
        raise
    finally:
        server.settimeout(None)


@cache
def _server(program: str, source: str) -> socket.socket:
    """One of each for the process that asks; it ends when that one does."""
    ours, theirs = socket.socketpair()
    environment = {**os.environ, **ONE_THREAD}  # noqa: TID251  (a process of its own)
    environment |= {"PYTHONPATH": source} if source else {}
    command = [sys.executable, "-m", "tests.cli.forked", program]
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


def serve(connection: socket.socket, program: str) -> None:
    """One command after the other, until nobody asks any more."""
    while True:
        head, files, _, _ = socket.recv_fds(connection, 4, 3)
        if not head:
            return
        order = json.loads(_read(connection, int.from_bytes(head, "big")))
        pid = os.fork()
        if not pid:
            connection.close()
            _become(order, files, program)
            return
        for one in files:
            os.close(one)
        connection.sendall(pid.to_bytes(4, "big"))
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection.sendall(ended.to_bytes(4, "big", signed=True))


def _become(order: Mapping[str, object], files: Sequence[int], program: str) -> None:
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
    import_module(program).main()


def _grow_up(program: str) -> None:
    """Do once what each fork would do anew: import what it needs, learn what migrations come to, compile patterns."""
    from deskhand.bootstrap import scratch_store
    from deskhand.infrastructure.brain.person import wanted

    module = import_module(program)
    for name in (*LATE, *(f"deskhand.connectors.{one}.connector" for one in CONNECTORS)):
        import_module(name)
    for one in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{program}."):
        import_module(one.name)
    with TemporaryDirectory() as folder, scratch_store(Path(folder)):
        wanted("Is anybody there?")


if __name__ == "__main__":
    from tests.storage import everywhere

    _grow_up(sys.argv[1])
    everywhere.switch()
    gc.freeze()  # what a fork never collects it need not copy
    serve(socket.socket(fileno=os.dup(0)), sys.argv[1])
