"""`deskhand bench`: what our own work costs, measured on this machine now."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from rich.progress import track
from rich.table import Table

from deskhand.bootstrap import Installation, Stopwatch, large_index, open_desk
from deskhand.domain.delivery import Delivery
from deskhand.domain.money import Money
from deskhand.entrypoints.conversation import written
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.measurement.metrics import quantile
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    ActionFacts,
    AskedAmount,
    ChargeFacts,
    CustomerFacts,
    HistoryFacts,
    RefundFacts,
    TicketFacts,
    values_of,
)
from deskhand.settings import read_settings
from deskhand.workflows.take_in import run_key, take_in

WORDS = (  # each message says something new: a brain that has heard it before would cost less
    "I was charged twice for my subscription this month, {n} days apart or so, can you fix it?",
    "How do I invite colleague number {n} to my workspace?",
    "my export with {n} rows is stuck, is something broken?",
    "I forgot my password after {n} weeks away and need to get in",
    "which plan am i on and when does it renew, in {n} days?",
    "please send me my last invoice again, the one with {n} positions",
)
PASSAGES = 10_000
STAGE = "autonomous"
LONGEST_WAIT = 120.0


def run(folder: Path, *, messages: int, as_json: bool) -> None:
    """One object of figures. State lies in a folder that is thrown away: the desk itself is not touched."""
    from deskhand.entrypoints.cli.bench_models import with_a_model  # it measures messages by `per_message` below

    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        state = Path(place)
        watch = Stopwatch()
        with open_desk(read_settings(folder, state), tell=aside.print, watch=watch) as installation:
            figures |= per_message(installation, watch, messages)
            figures |= throughput(installation, messages)
            figures["policy_decisions_per_second"] = policy_rate(installation)
        figures |= with_a_model(folder, state, messages)
        figures["retrieval_ms_p95"] = retrieval(folder, state)
        figures["cli_import_s"] = cli_import()
        figures["rss_mb"] = served_memory(folder, state)
        figures["load_average"] = os.getloadavg()[0]
    rounded = {name: round(value, 3) for name, value in figures.items()}
    if as_json:
        print_json(rounded)
        return
    table = Table("Figure", "Value", title="This machine, now")
    for name, value in rounded.items():
        table.add_row(name, str(value))
    console.print(table)


def per_message(installation: Installation, watch: Stopwatch, messages: int) -> dict[str, float]:
    """One message after the other: our own work from intake to record, durable writes included.

    CPU is that of the threads that do the work; the twins answer in a thread of their own and are not ours.
    """
    store = installation.store
    for delivery in letters(installation, len(WORDS), 100_000):
        take_in(store, delivery, STAGE)
        installation.wait(run_key(delivery), LONGEST_WAIT)
    watch.laps.clear()
    wall, cpu = [], []
    for delivery in track(letters(installation, messages, 0), "One by one", console=aside):
        began, spent = time.perf_counter(), time.thread_time()
        take_in(store, delivery, STAGE)
        taking = 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - spent)
        installation.wait(run_key(delivery), LONGEST_WAIT)
        lap = watch.laps.pop()
        wall.append(taking[0] + lap[0])
        cpu.append(taking[1] + lap[1])
    return {
        "own_wall_ms_p50": quantile(wall, 0.5) or 0.0,
        "own_wall_ms_p95": quantile(wall, 0.95) or 0.0,
        "own_cpu_ms_p50": quantile(cpu, 0.5) or 0.0,
        "own_cpu_ms_p95": quantile(cpu, 0.95) or 0.0,
    }


def throughput(installation: Installation, messages: int) -> dict[str, float]:
    """All at once: messages a second from the first intake to the last record, and the whole process's CPU for each,
    queue, engine and twins included."""
    coming = letters(installation, messages, messages)
    began, spent = time.perf_counter(), time.process_time()
    for delivery in coming:
        take_in(installation.store, delivery, STAGE)
    for delivery in track(coming, "All at once", console=aside):
        installation.wait(run_key(delivery), LONGEST_WAIT)
    return {
        "messages_per_second": messages / (time.perf_counter() - began),
        "process_cpu_ms_per_message": 1000 * (time.process_time() - spent) / messages,
    }


def letters(installation: Installation, messages: int, first: int) -> list[Delivery]:
    """Messages of the made-up customers, each on a ticket of its own, written down but not taken in yet."""
    people = installation.people_of_the_world().get("single_charge") or ["somebody@example.com"]
    found = []
    for number in range(first, first + messages):
        sender, text = people[number % len(people)], WORDS[number % len(WORDS)].format(n=number)
        found.append(written(installation, text, email=sender, channel="bench"))
    return found


def policy_rate(installation: Installation) -> float:
    """Decisions a second with full trace, on the facts of a refund that is in order."""
    policy, now = installation.desk.policy, installation.desk.clock()
    price = Money(2900, "USD")
    facts = RefundFacts(
        now=now,
        stage="autonomous",
        channel="bench",
        ticket=TicketFacts("assistant", "stripe:customer:cus_1", verified=True),
        customer=CustomerFacts(known=True, tier="standard", flagged=False),
        refund=AskedAmount(price, "USD"),
        charge=ChargeFacts(
            customer="stripe:customer:cus_1",
            amount=price,
            refunded=Money(0, "USD"),
            currency="USD",
            status="succeeded",
            created_at=now - timedelta(days=3),
            disputed=False,
            duplicate_gap=timedelta(hours=5),
        ),
        history=HistoryFacts(Money(0, "USD")),
        action=ActionFacts(confirmed=False),
    )
    rounds, values, spent = 3000, values_of(facts), time.process_time()
    for _ in range(rounds):
        decide(policy, "refund_charge", values, currency="USD")
    return rounds / (time.process_time() - spent)


def retrieval(folder: Path, state: Path) -> float:
    """p95 of a search, query embedded, over 10,000 passages; p95 of 200 different questions."""
    index = large_index(read_settings(folder, state), PASSAGES)
    index.search("warm up")
    times = []
    for number in track(range(200), "Searching", console=aside):
        question = WORDS[number % len(WORDS)].format(n=number)
        began = time.perf_counter()
        index.search(question)
        times.append(1000 * (time.perf_counter() - began))
    return quantile(times, 0.95) or 0.0


def cli_import() -> float:
    """Seconds for `deskhand --help`, the best of five, less what Python itself needs to start."""
    code = "import sys; sys.argv = ['deskhand', '--help']; from deskhand.entrypoints.cli import main; main()"
    return best(code) - best("pass")


def best(code: str) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - began)
    return min(times)


def served_memory(folder: Path, state: Path) -> float:
    """Resident memory of a process that serves this desk, at rest, in megabytes."""
    code = (
        "import sys, pathlib; from deskhand.entrypoints.cli.serve import build; "
        "stack, app = build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])); "
        "status = pathlib.Path('/proc/self/status').read_text(); "
        "print([line.split()[1] for line in status.splitlines() if line.startswith('VmRSS')][0]); stack.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(state)], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) / 1024
