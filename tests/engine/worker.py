"""A worker in a process of its own, made to be killed: `python -m tests.engine.worker URL FOLDER LEASE`."""

import sys
import time
from pathlib import Path

from tests.engine.stories import AT, Priced

from deskhand.domain.money import Money
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.database import connect


def engine(url: str, folder: Path, lease: float = 30) -> Engine:
    """With one story: it buys something at today's price, then waits until the folder holds a file "go"."""
    engine = Engine(connect(url), url, poll=0.05, lease=lease)

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

    engine.register("shop", shop)
    return engine


if __name__ == "__main__":
    worker = engine(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
    worker.start()
    sys.stdin.read()
    worker.stop()
