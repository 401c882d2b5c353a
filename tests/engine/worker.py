"""A worker in a process of its own, made to be killed: `python -m tests.engine.worker URL FOLDER LEASE PER_MINUTE`.

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


def engine(url: str, folder: Path, lease: float = 30, per_minute: int = 0) -> Engine:
    """With two stories: `shop` buys something at today's price, then waits until the folder holds a file "go"; `call`
    leaves a line."""
    engine = Engine(connect(url), url, poll=0.05, lease=lease, per_minute=per_minute)

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
            calls.write("once\n")

    engine.register("shop", shop)
    engine.register("call", call)
    return engine


if __name__ == "__main__":
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker = engine(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    worker.start()
    (Path(sys.argv[2]) / f"ready-{os.getpid()}").touch()
    stop.wait()
    worker.stop()
