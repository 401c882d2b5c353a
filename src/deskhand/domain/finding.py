"""What a look-up found: typed fields under flat names, with where and when they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.money import Money

Value = bool | int | str | Money | datetime | timedelta | list[str]


@dataclass(frozen=True)
class LookupSpec:
    """A look-up that procedures may name: its arguments, the fields of what it finds, and those of each row."""

    name: str
    about: str
    arguments: Mapping[str, type]
    fields: Mapping[str, type]
    rows: Mapping[str, type]


@dataclass(frozen=True)
class Finding:
    """`fields` may lack names of its spec: they are unknown, never false or zero. Money is `Money`, times are aware.

    `more`: there are rows beside these, and nobody knows how many.
    """

    name: str
    fields: Mapping[str, Value]
    rows: tuple[Mapping[str, Value], ...]
    source: str
    read_at: datetime
    more: bool = False


@dataclass(frozen=True)
class Fact:
    """One field of a finding as people read it: in handoffs, on suggestions, as the ground of a reply."""

    name: str
    value: str
    source: str
    read_at: datetime
