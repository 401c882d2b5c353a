"""`deskhand bench waiting`: what tickets cost while they wait for agents, in a process that serves and works a desk."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import Installation, open_desk
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_messages import LONGEST_WAIT, letters
from deskhand.entrypoints.printing import aside
from deskhand.settings import read_settings
from deskhand.workflows.take_in import run_key, take_in

AT_ONCE = 500  # tickets in a transaction
AT_REST = """
import json, pathlib, sys, time
from deskhand.entrypoints.cli.serve import build
stack, app = build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
time.sleep(5)
spent = time.process_time()
time.sleep(float(sys.argv[3]))
spent = time.process_time() - spent
status = pathlib.Path("/proc/self/status").read_text()
held = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
print(json.dumps({"mb": int(held) / 1024, "percent": 100 * spent / float(sys.argv[3])}))
stack.close()
"""


def run(folder: Path, *, tickets: int, seconds: float, as_json: bool) -> None:
    """The same process at rest with one ticket that waits, and with all; the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        state = Path(place)
        with open_desk(read_settings(folder, state), tell=aside.print) as desk:
            let_one_wait(desk)
        one = at_rest(folder, state, seconds)
        with open_desk(read_settings(folder, state), tell=aside.print) as desk:
            let_wait(desk, tickets - 1)
        every = at_rest(folder, state, seconds)
    figures = {
        "waiting": float(tickets),
        "memory_mb": every["mb"],
        "memory_more_mb": every["mb"] - one["mb"],
        "cpu_percent": every["percent"],
        "cpu_more_percent": every["percent"] - one["percent"],
    }
    tell(figures, as_json=as_json)


def let_one_wait(desk: Installation) -> None:
    """By the whole story: an answer that an agent has to approve."""
    (delivery,) = letters(desk, 1, 1)
    take_in(desk.store, delivery, "assisted")
    desk.wait(run_key(delivery), LONGEST_WAIT)


def let_wait(desk: Installation, tickets: int) -> None:
    """Others like it, each with the timer by which it ends."""
    with desk.store.begin() as tx:
        (first,) = tx.suggestions.pending()
    for start in track(range(0, tickets, AT_ONCE), "Letting tickets wait", console=aside):
        with desk.store.begin() as tx:
            for number in range(start, min(start + AT_ONCE, tickets)):
                name, id = f"bench:ticket:waits-{number}", f"waits-{number}"
                tx.tickets.next_turn(name, "bench")
                tx.suggestions.add(replace(first, id=id, heard=replace(first.heard, ticket=name)))
                delay = (first.expires_at - first.created_at).total_seconds()
                tx.runs.enqueue("expire_suggestion", name, f"expire/{id}", id, delay=delay)


def at_rest(folder: Path, state: Path, seconds: float) -> dict[str, float]:
    """Memory, and the share of a core, of a process of its own that nobody asks anything."""
    command = [sys.executable, "-c", AT_REST, str(folder), str(state), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
