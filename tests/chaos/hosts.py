"""Hosts of workers: a network namespace each, with one cable to the database and one to the systems, that can be cut.

All of it lies in a namespace of the test run's own (`make chaos`), so none of these addresses exists outside of it.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

DATABASE, SYSTEMS = "10.79.0.2", "10.79.0.1"
CABLES = ((DATABASE, "d", 77), (SYSTEMS, "s", 78))  # where it leads, its letter, and its network


@dataclass(frozen=True)
class Host:
    number: int

    @property
    def name(self) -> str:
        return f"deskhand-{self.number}"

    def inside(self, *command: str) -> list[str]:
        """The command as this host runs it."""
        return ["ip", "netns", "exec", self.name, *command]

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """What is sent goes nowhere, and nobody is told: the other end of the cable is pulled out."""
        _ip("link", "set", self._end("d"), "down")
        try:
            yield
        finally:
            _ip("link", "set", self._end("d"), "up")

    def _end(self, letter: str) -> str:
        return f"{letter}{self.number}"

    def build(self) -> None:
        _ip("netns", "add", self.name)
        _ip("-n", self.name, "link", "set", "lo", "up")
        for address, letter, network in CABLES:
            end, far, net = self._end(letter), f"{self._end(letter)}far", f"10.{network}.{self.number}"
            _ip("link", "add", end, "type", "veth", "peer", "name", far, "netns", self.name)
            _ip("addr", "add", f"{net}.1/30", "dev", end)
            _ip("link", "set", end, "up")
            _ip("-n", self.name, "addr", "add", f"{net}.2/30", "dev", far)
            _ip("-n", self.name, "link", "set", far, "up")
            _ip("-n", self.name, "route", "add", f"{address}/32", "via", f"{net}.1")


@contextmanager
def hosts(number: int) -> Iterator[list[Host]]:
    for address in (DATABASE, SYSTEMS):
        _ip("addr", "add", f"{address}/32", "dev", "lo")
    made = [Host(one + 1) for one in range(number)]
    try:
        for one in made:
            one.build()
        yield made
    finally:
        for one in made:
            subprocess.run(["ip", "netns", "delete", one.name], capture_output=True, check=False)


def apart() -> bool:
    """Whether this process has a network of its own, with nothing in it that leads anywhere."""
    told = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=False)
    return told.returncode == 0 and [line.split(":")[1].strip() for line in told.stdout.splitlines()] == ["lo"]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
