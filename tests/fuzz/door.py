"""A way in that faces strangers: what comes there, who reads it, and what may become of it."""

import dataclasses
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import hypothesis
from hypothesis import strategies as st

LONGEST = 10.0


@dataclasses.dataclass(frozen=True)
class Door:
    """`read` gives a value that can be kept, or raises one of `refusals`, and nothing else. `once`: inputs that
    broke it, or would break a careless reader; `long`: larger ones, by which time and memory are judged; `often`: how
    many inputs `make test` tries; `seconds` of this process's own time are the most that one may take."""

    name: str
    inputs: st.SearchStrategy[Any]
    read: Callable[[Any], object]
    refusals: tuple[type[Exception], ...] = ()
    once: tuple[Any, ...] = ()
    long: tuple[Any, ...] = ()
    often: int = 40
    seconds: float = LONGEST


class TooLong(BaseException):
    """Reading it took more of this process's own time than any input is worth."""


def ask(door: Door, given: Any) -> None:
    """AssertionError, or whatever escaped, when the promise is broken."""
    try:
        with hurried(door.seconds):
            found = door.read(given)
    except door.refusals:
        return
    for text in texts_in(found):
        assert "\x00" not in text, f"no database takes the zero byte in {text[:40]!r}"
        assert not any("\ud800" <= one <= "\udfff" for one in text), f"half a letter stands in {text[:40]!r}"


def tried(door: Door, examples: int, seed: int | None = None) -> Callable[[], None]:
    """The test of a door. The same inputs each time, or those that this `seed` leads to."""

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=seed is None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    )
    @hypothesis.given(door.inputs)
    def one(given: Any) -> None:
        ask(door, given)

    return one if seed is None else hypothesis.seed(seed)(one)


def some(door: Door, most: int) -> list[Any]:
    """The first few inputs of this door, the same each time."""
    found: list[Any] = []
    tried(dataclasses.replace(door, read=found.append, refusals=()), most)()
    return found


@contextmanager
def hurried(seconds: float) -> Iterator[None]:
    """`TooLong` once so much of this process's own time is gone, however busy the machine is."""

    def over(*_: object) -> None:
        raise TooLong(f"more than {seconds} s of its own time")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def texts_in(value: object) -> Iterator[str]:
    """Every text within what was read."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from texts_in(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from texts_in(name)
            yield from texts_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts_in(one)
