"""One line of the journal: what happened, when, on which ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class JournalLine:
    """`body` is JSON without words of customers or agents; `hash` chains the line to the one before."""

    seq: int
    at: datetime
    kind: str
    ticket: str
    body: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class Sought:
    """Which lines are looked for; what is empty asks for nothing. `person` did it, `words` stand in the body, and
    the line is from between `since` (included) and `until`."""

    kind: str = ""
    ticket: str = ""
    person: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Verified:
    """Every line is whole. Keep `last_hash` elsewhere: a chain cannot tell that its newest lines were cut off."""

    lines: int
    last_hash: str


@dataclass(frozen=True)
class ProvedPart:
    """A part of the chain, whole up to the line `upto`; `hash` is that line's as computed, `newest` the last line."""

    upto: int
    hash: str
    newest: int

    @property
    def whole(self) -> bool:
        return self.upto >= self.newest


@dataclass(frozen=True)
class Broken:
    """The first line that is not what was written, and why."""

    seq: int
    why: str
