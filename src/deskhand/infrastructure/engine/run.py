"""One run: a story, its steps and its tries. It knows nothing of the engine below."""

import inspect
import time
import typing
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from deskhand.infrastructure.engine import outcome
from deskhand.infrastructure.telemetry import step_span
from deskhand.infrastructure.typed_json import Codec, codec

P = ParamSpec("P")
R = TypeVar("R")
Outcome = Mapping[str, Any]
Durable = Callable[[str, Callable[[], Outcome]], Outcome]
Sleep = Callable[[float], None]

CODECS: dict[object, Codec] = {}


class Run:
    """Remembers the outcome of each step, so that a second try does not repeat what went well.

    `durable` keeps an outcome under a name and its place in the run, and `sleep` its end, both through crashes.
    `ready` is asked before a step begins, and its error is that step's.
    """

    def __init__(self, durable: Durable, sleep: Sleep, ready: Callable[[], None]):
        self.durable, self.sleep, self.ready = durable, sleep, ready
        self.known: list[tuple[str, Outcome]] = []
        self.place = 0

    def step(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        name, kept, raised = function.__name__, declared(function), []

        def attempt() -> Outcome:
            inside = CURRENT.set(None)  # a step within a step is a plain call
            try:
                with step_span(name):
                    self.ready()
                    return outcome.succeeded(function(*args, **kwargs), kept)
            except Exception as error:
                raised.append(error)
                return outcome.failed(error)
            finally:
                CURRENT.reset(inside)

        if self.place == len(self.known) or self.known[self.place][0] != name:
            del self.known[self.place :]
            self.known.append((name, self.durable(name, attempt)))
        self.place += 1
        return outcome.value(self.known[self.place - 1][1], kept, *raised)

    def again(self) -> None:
        """Begin another try, which repeats only the last step: the one that failed."""
        del self.known[-1:]
        self.place = 0

    def tell(self, story: Callable[..., object], args: tuple[str, ...]) -> str:
        inside = CURRENT.set(self)
        try:
            return declared(story).dump(story(*args))
        finally:
            CURRENT.reset(inside)


CURRENT: ContextVar[Run | None] = ContextVar("run", default=None)


def perform(
    story: Callable[..., object],
    args: tuple[str, ...],
    *,
    durable: Durable,
    backoff: Sequence[float],
    sleep: Sleep,
    ready: Callable[[], None],
) -> str:
    """The story's result as JSON. What may go away is tried again after each pause; then the error is raised."""
    this = Run(durable, sleep, ready)
    for after in backoff:
        try:
            return this.tell(story, args)
        except Exception as error:
            seconds = outcome.pause(error, after)
            if seconds is None:
                raise
        sleep(seconds)
        this.again()
    return this.tell(story, args)


def step(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """See `ports.steps.Step`. Outside a run it is a plain call."""
    run = CURRENT.get()
    if run is None:
        return function(*args, **kwargs)
    result: R = run.step(function, args, kwargs)
    return result


def pause(seconds: float) -> None:
    run = CURRENT.get()
    (run.sleep if run else time.sleep)(seconds)


def within_step() -> bool:
    """Whether what is called now is part of a step, or of no run."""
    return CURRENT.get() is None


def declared(function: Callable[..., Any]) -> Codec:
    """The codec of the declared return type. TypeError when a function declares none."""
    inner = inspect.unwrap(function)
    code = getattr(inner, "__code__", None)
    key = (inner.__module__, inner.__qualname__, code and code.co_firstlineno)
    if key not in CODECS:
        hints = typing.get_type_hints(inner)
        if "return" not in hints:
            raise TypeError(f"{inner.__qualname__} declares no return type, so its result cannot be kept")
        CODECS[key] = codec(hints["return"])
    return CODECS[key]
