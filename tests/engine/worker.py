"""A worker in a process of its own, made to be killed:
`python -m tests.engine.worker URL FOLDER LEASE PER_MINUTE VERSION RELEASE`.

On SIGTERM it finishes what it has begun."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from tests.engine.stories import AT, Priced

from deskhand.domain.money import Money
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.database import connect

OLD, NEW = "old", "new"


class Frail(Engine):
    """Puts a run aside sooner, so that fewer workers have to die for it."""

    poison = 1


def engine(
    url: str, folder: Path, lease: float = 30, per_minute: int = 0, version: str = Engine.version, release: str = OLD
) -> Engine:
    """With stories: `shop` buys something at today's price, then waits until the folder holds a file "go"; `call`
    leaves a line that names the release; `die` takes its worker with it; `gift` is not known to the old release."""
    engine = Frail(connect(url), url, poll=0.05, lease=lease, per_minute=per_minute)
    engine.version = version

    def buy() -> Priced:
        with (folder / "bought").open("a") as bought:
            bought.write("once\n")
        return Priced(Money(time.monotonic_ns(), "USD"), AT, ("x",))

    def wait() -> None:
        (folder / "waiting").touch()
        while not (folder / "go").exists():
            time.sleep(0.02)

    def shop() -> Priced:
        priced = engine.step(buy)
        (folder / "price").write_text(str(priced.price.minor))
        engine.step(wait)
        return priced

    def call() -> None:
        with (folder / "calls").open("a") as calls:
            calls.write(f"{release}\n")

    def die() -> None:
        with (folder / "deaths").open("a") as deaths:
            deaths.write("once\n")
        os._exit(9)

    def parked(ticket: str, key: str, why: str) -> None:
        (folder / "parked").write_text(f"{ticket} {key} {why}")

    engine.register("shop", shop)
    engine.register("call", call)
    engine.register("die", die, parked)
    if release == NEW:
        engine.register("gift", call)
    return engine


if __name__ == "__main__":
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker = engine(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])
    worker.start()
    (Path(sys.argv[2]) / f"ready-{os.getpid()}").touch()
    stop.wait()
    worker.stop()
