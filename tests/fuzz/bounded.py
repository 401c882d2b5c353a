"""`python -m tests.fuzz.bounded [ROUNDS]`: every door with large inputs, in a process whose memory ends, and then
with the same inputs again and again. It says what it is at, then what that took; what breaks ends it."""

import gc
import resource
import sys
import time
import tracemalloc
from pathlib import Path

import stamina
from tests.fuzz.door import Door, ask, some
from tests.fuzz.every_door import DOORS

MORE = 1024**3  # bytes beside what the process takes with everything loaded
SOME = 8  # inputs beside those that once broke it
GROWTH = 256 * 1024  # bytes that may be left behind by that, in each door: caches of the interpreter


def main(rounds: int) -> None:
    stamina.set_testing(True, attempts=1)
    for door in DOORS:
        for given in door.once:
            ask(door, given)  # what is loaded at the first use is loaded before memory ends
    most = int(_status("VmSize")) + MORE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for door in DOORS:
        for number, given in enumerate(door.long):
            began = _at(f"{door.name}, long input {number}")
            ask(door, given)
            print(f"{time.process_time() - began:.2f} s", flush=True)
    gc.freeze()  # what is loaded need not be looked through each time
    for door in DOORS:
        began = _at(f"{door.name}, again and again")
        print(f"{_growth(door, rounds):,} bytes more, {time.process_time() - began:.2f} s", flush=True)


def _growth(door: Door, rounds: int) -> int:
    """AssertionError when reading the same leaves more and more behind."""
    these = [*some(door, SOME), *door.once]
    tracemalloc.start()
    before = 0
    for number in range(2 * rounds):
        for given in these:
            ask(door, given)
        if number == rounds - 1:
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
    gc.collect()
    more = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert more < GROWTH, f"{more:,} bytes are left behind after {rounds} rounds"
    return more


def _at(what: str) -> float:
    print(f"{what}: ", end="", flush=True)
    return time.process_time()


def _status(name: str) -> int:
    """Bytes, as the system counts them for this process."""
    line = next(one for one in Path("/proc/self/status").read_text("ascii").splitlines() if one.startswith(name))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
