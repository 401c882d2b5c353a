"""`deskhand bench memory`: what a process keeps of each message, long after its caches are full."""

import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import Installation, open_desk
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_fit import line
from deskhand.entrypoints.cli.bench_memory import resident
from deskhand.entrypoints.cli.bench_messages import STAGE, letters
from deskhand.entrypoints.printing import aside
from deskhand.settings import read_settings
from deskhand.workflows.take_in import take_in

PORTION = 250  # messages between two looks, none of which is left over
LOOK = 0.2  # seconds
SETTLED = 0.5  # of the looks are left out: caches with a bound fill up meanwhile
MANY = 100_000


@dataclass(frozen=True)
class Look:
    """After so many messages. `blocks` are what Python's own allocator has given out: neither what it keeps for later
    nor what libraries hold is in them, as both are in resident memory."""

    messages: int
    megabytes: float
    blocks: int
    kilobytes: float  # of the database


def run(folder: Path, *, messages: int, as_json: bool) -> None:
    """One process with its twins works all; the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        file = Path(place) / "desk.sqlite"
        with open_desk(read_settings(folder, Path(place)), tell=aside.print) as desk:
            portions = track(range(0, messages, PORTION), "Messages", console=aside)
            looks = [_after(desk, file, first) for first in portions]
    tell(told(looks), as_json=as_json)


def told(looks: Sequence[Look]) -> dict[str, float]:
    """Slopes of the later looks, each with its standard error."""
    settled = looks[round(SETTLED * len(looks)) :]
    after = [float(one.messages) for one in settled]
    held = line(after, [one.megabytes for one in settled])
    blocks = line(after, [float(one.blocks) for one in settled])
    kept = line(after, [one.kilobytes for one in settled])
    return {
        "messages": looks[-1].messages,
        "rss_mb_first": looks[0].megabytes,
        "rss_mb_settled": settled[0].megabytes,
        "rss_mb_last": looks[-1].megabytes,
        "rss_mb_per_100000": MANY * held.slope,
        "rss_mb_per_100000_error": MANY * held.error,
        "python_blocks_per_message": blocks.slope,
        "python_blocks_per_message_error": blocks.error,
        "database_kb_per_message": kept.slope,
    }


def _after(desk: Installation, file: Path, first: int) -> Look:
    for one in letters(desk, PORTION, 0):  # the same words again: what is kept of words has a bound, which is far off
        take_in(desk.store, one, STAGE)
    while not desk.engine.idle():
        time.sleep(LOOK)
    gc.collect()
    return Look(first + PORTION, resident(), sys.getallocatedblocks(), file.stat().st_size / 1000)
