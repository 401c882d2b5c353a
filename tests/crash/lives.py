"""One desk on which a worker lives and dies: its folder, its process, and memories in which nothing has happened."""

import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.crash.twins import Twins
from tests.crash.worker import READY, Order
from tests.stories.prepared import library_kept

from deskhand.connectors.records import twin as records
from deskhand.connectors.stripe import twin as stripe
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.domain.stage import Stage

ROOT = Path(__file__).parents[2]
LUMEN = ROOT / "examples" / "lumen"
WAITING = "\n[waiting]\nsilent_system_seconds = [0.05, 0.05, 0.1]\n"
SECRETS = {
    "DESKHAND_STRIPE_KEY": stripe.KEY,
    "DESKHAND_STRIPE_WEBHOOK_SECRET": stripe.SECRET,
    "DESKHAND_ZENDESK_TOKEN": zendesk.TOKEN,
    "DESKHAND_ZENDESK_USER": str(zendesk.OWN_USER),
    "DESKHAND_ZENDESK_WEBHOOK_SECRET": zendesk.SECRET,
}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # only a process of one thread may fork
ENDED, KILLED = "0", "-9"
SILENCE = 120  # seconds within which a life says something


@dataclass(frozen=True)
class Lives:
    """`place` holds a desk for each stage, and memories in folders of their own. `killed`: pids of lives cut short."""

    place: Path
    twins: Twins
    worker: "subprocess.Popen[str]"
    killed: list[int] = field(default_factory=list)
    born: list[int] = field(default_factory=list)

    def memory(self) -> Path:
        """A new one: that of a desk on its first day."""
        number = sum(1 for _ in self.place.glob("memory-*"))
        return Path(shutil.copytree(self.place / "unused", self.place / f"memory-{number}"))

    def grown(self, order: Order) -> bool:
        """Whether the worker has done all that its lives need not do anew."""
        self._tell(order.written())
        return self._hear() == READY

    def begin(self, order: Order) -> int:
        """A life, by its pid. Only what is done after this kills it."""
        self.twins.spare()
        self._tell(order.written())
        self.born.append(int(self._hear()))
        return self.born[-1]

    def ready(self) -> bool:
        """Whether the life has brought what was left over to its end; False when it was killed."""
        return self._came_to(READY)

    def end(self) -> bool:
        """Let a life that is ready go on. Whether it came to its own end; False when it was killed."""
        self._tell("go on")
        return self._came_to(ENDED)

    def _came_to(self, mark: str) -> bool:
        said = self._hear()
        assert said in (mark, KILLED), said
        if said == KILLED:
            self.killed.append(self.born[-1])
        return said == mark

    def _tell(self, line: str) -> None:
        assert self.worker.stdin
        print(line, file=self.worker.stdin, flush=True)

    def _hear(self) -> str:
        assert self.worker.stdout
        heard, _, _ = select.select([self.worker.stdout], [], [], SILENCE)
        assert heard, "the worker says nothing: a story before this one left it in the middle of a life"
        return self.worker.stdout.readline().strip()


@contextmanager
def lives(place: Path, config: pytest.Config, first: Callable[[Twins], str], settings: str = "") -> Iterator[Lives]:
    """A desk of Lumen whose systems are elsewhere, as real ones are. `first` makes the folder of a ticket by which the
    worker grows up; `settings` stand first in each desk.toml."""
    twins = Twins(place)
    with twins.open():
        records.seed(place / "records.sqlite", twins.world)
        for stage in Stage:
            desk_at(place, stage, twins.address, settings)
        with _worker(place) as worker:
            found, unused = Lives(place, twins, worker), place / "unused"
            unused.mkdir()
            with library_kept(unused, config):
                assert found.grown(Order(str(place / Stage.AUTONOMOUS), str(unused), fresh=first(twins)))
            yield found


def desk_at(place: Path, stage: Stage, address: str, settings: str = "", host: str = "127.0.0.1") -> None:
    """A folder named after the stage: Lumen, whose systems are at `address`."""
    folder = place / stage
    shutil.copytree(LUMEN, folder, ignore=shutil.ignore_patterns(".deskhand"))
    text = (LUMEN / "desk.toml").read_text("utf-8")
    text = re.sub(r"(\[systems\.(?:zendesk|stripe)\])\ntwin = true", rf'\1\naddress = "{address}"', text)
    text += f'\n[egress]\nprivate = ["{host}"]\n'
    text = re.sub(r"(\[records\])\ntwin = true", rf'\1\naddress = "{place / "records.sqlite"}"', text)
    text = re.sub(r'= "(read-only|assisted|autonomous)"', f'= "{stage}"', text)
    (folder / "desk.toml").write_text(settings + text + WAITING, "utf-8")


@contextmanager
def _worker(place: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.crash.worker"]
    env = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | SECRETS | ONE_THREAD
    env["SSL_CERT_DIR"] = str(place)  # holds no certificate: a seventh of a life went into reading them, for nothing
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=env, cwd=ROOT, text=True) as worker:
        try:
            yield worker
        finally:
            worker.kill()
