"""`deskhand bench`: what our own work costs, measured on this machine now."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import Installation, Stopwatch, large_library, open_desk
from deskhand.domain.money import Money
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_memory import resident
from deskhand.entrypoints.cli.bench_messages import WORDS, per_message, throughput
from deskhand.entrypoints.cli.bench_models import with_a_model
from deskhand.entrypoints.printing import aside
from deskhand.execution.catalogue.refund_charge import AskedAmount, ChargeFacts, RefundFacts
from deskhand.measurement.metrics import quantile
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    ActionBase,
    ActionFacts,
    CustomerFacts,
    HistoryFacts,
    IdentityFacts,
    OfficeFacts,
    TakeoverFacts,
    TicketFacts,
    values_of,
)
from deskhand.settings import read_settings


def run(folder: Path, *, messages: int, articles: int, as_json: bool) -> None:
    """One object of figures. State lies in a folder that is thrown away: the desk itself is not touched."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        state = Path(place)
        watch = Stopwatch()
        with open_desk(read_settings(folder, state), tell=aside.print, watch=watch) as installation:
            figures |= per_message(installation, watch, messages)
            figures |= throughput(installation, messages)
            figures["policy_decisions_per_second"] = policy_rate(installation)
        figures |= with_a_model(folder, state, messages)
        figures |= retrieval(folder, state, articles)
        figures["cli_import_s"] = cli_import()
        figures["rss_mb"] = served_memory(folder, state)
    tell(figures, as_json=as_json)


def policy_rate(installation: Installation) -> float:
    """Decisions a second with full trace, on the facts of a refund that is in order."""
    policy, now = installation.desk.policy, installation.desk.clock()
    price, none = Money(2900, "USD"), Money(0, "USD")
    base = ActionBase(
        now=now,
        stage="autonomous",
        channel="bench",
        actor="assistant",
        ticket=TicketFacts("assistant", "stripe:customer:cus_1", verified=True),
        customer=CustomerFacts(known=True, tier="standard", flagged=False),
        identity=IdentityFacts(attested=True, proven=False),
        takeover=TakeoverFacts([]),
        office=OfficeFacts(None, None),
        history=HistoryFacts(none, none, none, none, none, none, 0, 0),
        action=ActionFacts(confirmed=False, own=True),
    )
    own = RefundFacts(
        refund=AskedAmount(price, "USD"),
        charge=ChargeFacts(
            customer="stripe:customer:cus_1",
            amount=price,
            refunded=none,
            currency="USD",
            status="succeeded",
            created_at=now - timedelta(days=3),
            disputed=False,
            duplicate_gap=timedelta(hours=5),
            credited=none,
        ),
    )
    rounds, values, spent = 3000, values_of(base) | values_of(own), time.process_time()
    for _ in range(rounds):
        decide(policy, "refund_charge", values, currency="USD")
    return rounds / (time.process_time() - spent)


def retrieval(folder: Path, state: Path, articles: int) -> dict[str, float]:
    """A library of so many articles: taking it over, one change, and 200 different questions put to it."""
    with large_library(read_settings(folder, state), state, articles, aside.print) as large:
        figures = {"library_articles": float(articles), "library_take_over_s": seconds(large.fill)}
        before = resident()
        figures["library_first_look_s"] = seconds(large.finder.look)
        figures["library_memory_mb"] = resident() - before
        figures["library_passages"] = float(len(large.finder.look().numbers))
        figures["library_same_s"] = seconds(large.fill)
        figures["library_one_changed_s"] = seconds(large.change_one)
        figures["library_next_look_s"] = seconds(large.finder.look)
        large.finder.search("warm up")
        times = []
        for number in track(range(200), "Searching", console=aside):
            question = WORDS[number % len(WORDS)].format(n=number)
            times.append(1000 * seconds(partial(large.finder.search, question)))
        figures |= {f"retrieval_ms_p{part}": quantile(times, part / 100) or 0.0 for part in (50, 95)}
        figures["library_scrub_s"] = seconds(large.library.scrub)
        return figures


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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
