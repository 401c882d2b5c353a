"""What came of a step, as JSON: its value or its error, the same on the first pass and after a crash."""

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from deskhand.domain.errors import BeingErased, ConnectorError, DeskhandError, Resting, Unconfirmed
from deskhand.infrastructure.typed_json import Codec

LONGEST_PAUSE = 60.0


class StepFailed(Exception):
    """A step raised an error that is none of ours. `again`: it may go away by itself."""

    def __init__(self, why: str, again: bool = False):
        super().__init__(why)
        self.again = again


class RunFailed(DeskhandError):
    """The run ended in an error, after every retry. The text says why, without any value from the ticket."""


def succeeded(value: object, codec: Codec) -> Mapping[str, Any]:
    return {"value": codec.dump(value)}


def failed(error: Exception) -> Mapping[str, Any]:
    if not isinstance(error, DeskhandError):
        return {
            "error": StepFailed.__name__,
            "says": why(error),
            "with": {"again": isinstance(error, OperationalError)},
        }
    # `detail` holds the vendor's words, which we do not keep.
    plain = {name: value for name, value in vars(error).items() if name != "detail" and _plain(value)}
    return {"error": type(error).__name__, "says": str(error), "with": plain}


def value(outcome: Mapping[str, Any], codec: Codec, cause: Exception | None = None) -> Any:
    """The value, or the error raised again, as the class it was."""
    if "error" not in outcome:
        return codec.load(outcome["value"])
    kinds: dict[str, type[Exception]] = {kind.__name__: kind for kind in _kinds(DeskhandError)}
    kind = kinds.get(outcome["error"], StepFailed)
    error = kind.__new__(kind, outcome["says"])  # each class has its own way of being made
    vars(error).update({"detail": None} | outcome["with"])
    raise error from cause


def pause(error: Exception, after: float) -> float | None:
    """Seconds until this may be tried again, at least `after`; None when trying again is of no use."""
    if isinstance(error, Resting | Unconfirmed | BeingErased | OperationalError):
        return after
    again = error.again if isinstance(error, ConnectorError | StepFailed) else False
    if again is False:
        return None
    return after if again is True else min(max(after, again), LONGEST_PAUSE)


def why(error: Exception) -> str:
    """What went wrong, for people and logs. The text of an error that is not ours could tell a customer's secrets."""
    if isinstance(error, DeskhandError):
        return f"{type(error).__name__}: {error}"
    if isinstance(error, StepFailed):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    return " ".join([type(error).__name__, *(f"at {Path(frame.filename).name}:{frame.lineno}" for frame in place)])


def _plain(value: object) -> bool:
    return value is None or isinstance(value, bool | int | float | str)


def _kinds(kind: type[DeskhandError]) -> Iterator[type[DeskhandError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)
