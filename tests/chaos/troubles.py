"""What goes wrong, one after the other by chance: each for a few seconds, with workers killed in the midst of it."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from random import Random

from tests.chaos.crew import FAKETIME, Member
from tests.chaos.database import Server
from tests.chaos.hosts import Host
from tests.chaos.systems import Systems

Trouble = Callable[[], AbstractContextManager[None]]
LASTS = (0.5, 4.0)  # seconds
JUMPS = (-7200, -60, 45, 600, 7200)  # seconds
OFTEN = {"nothing else": 6, "the database cut off": 3, "a clock jumps": 2, "systems away": 2}  # else 1


class Troubles:
    """`kills` of workers and `deaths` of the process that takes deliveries, by `happened` what else there was."""

    def __init__(self, server: Server, hosts: Sequence[Host], systems: Systems, door: Member, workers: list[Member]):
        self._door, self._workers = door, workers
        self.kills, self.deaths, self.happened = 0, 0, Counter[str]()

        def one(random: Random) -> dict[str, Trouble]:
            host, worker = random.choice(hosts), random.choice(workers)
            jump = random.choice(JUMPS)
            return {
                "nothing else": _nothing,
                "the database cut off": host.without_database,
                "the database crashes": lambda: _down(server, at_once=True),
                "the database is restarted": lambda: _down(server, at_once=False),
                "a slow disk": server.slow,
                "a full disk": server.full,
                "systems away": systems.outage,
                **({"a clock jumps": lambda: worker.clock_off_by(jump)} if FAKETIME else {}),
            }

        self._drawn = one

    def until(self, kills: int, random: Random, told: Callable[[str], None]) -> None:
        """Troubles without a break, until so many workers were killed."""
        while self.kills < kills:
            choice = self._drawn(random)
            name = random.choices(list(choice), [OFTEN.get(one, 1) for one in choice])[0]
            self.happened[name] += 1
            with choice[name]():
                self._meanwhile(random)
            told(f"{name}; {self.kills} killed")

    def _meanwhile(self, random: Random) -> None:
        ends = time.monotonic() + random.uniform(*LASTS)
        while (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, random.uniform(0.3, 2.5)))
            if random.random() < 0.06:
                self.deaths += self._door.kill()
            self.kills += random.choice(self._workers).kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _down(server: Server, *, at_once: bool) -> Iterator[None]:
    server.stop(at_once=at_once)
    try:
        yield
    finally:
        server.start()
