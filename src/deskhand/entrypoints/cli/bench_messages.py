"""Messages that are measured: each says something new, on a ticket of its own."""

import time
from collections.abc import Iterator

from rich.progress import track

from deskhand.bootstrap import Installation, Stopwatch
from deskhand.domain.delivery import Delivery
from deskhand.entrypoints.conversation import written
from deskhand.entrypoints.printing import aside
from deskhand.measurement.metrics import quantile
from deskhand.workflows.take_in import run_key, take_in

WORDS = (  # each message says something new: a brain that has heard it before would cost less
    "I was charged twice for my subscription this month, {n} days apart or so, can you fix it?",
    "How do I invite colleague number {n} to my workspace?",
    "my export with {n} rows is stuck, is something broken?",
    "I forgot my password after {n} weeks away and need to get in",
    "which plan am i on and when does it renew, in {n} days?",
    "please send me my last invoice again, the one with {n} positions",
)
STAGE = "autonomous"
LONGEST_WAIT = 120.0


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
    for delivery in track(letters(installation, messages, 0), "One by one", total=messages, console=aside):
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
    coming = list(letters(installation, messages, messages))
    began, spent = time.perf_counter(), time.process_time()
    for delivery in coming:
        take_in(installation.store, delivery, STAGE)
    for delivery in track(coming, "All at once", console=aside):
        installation.wait(run_key(delivery), LONGEST_WAIT)
    return {
        "messages_per_second": messages / (time.perf_counter() - began),
        "process_cpu_ms_per_message": 1000 * (time.process_time() - spent) / messages,
    }


def letters(installation: Installation, messages: int, first: int) -> Iterator[Delivery]:
    """Messages of the made-up customers, each on a ticket of its own, written when asked for, not taken in yet."""
    people = installation.people_of_the_world().get("single_charge") or ["somebody@example.com"]
    for number in range(first, first + messages):
        sender, text = people[number % len(people)], WORDS[number % len(WORDS)].format(n=number)
        yield written(installation, text, email=sender, channel="bench")
