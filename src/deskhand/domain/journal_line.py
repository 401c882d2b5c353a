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
class Verified:
    """Every line is whole. Keep `last_hash` elsewhere: a chain cannot tell that its newest lines were cut off."""

    lines: int
    last_hash: str


@dataclass(frozen=True)
class Broken:
    """The first line that is not what was written, and why."""

    seq: int
    why: str
