"""A value read from a system of record, with where and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Read(Generic[T]):
    """`value` as `source` (a system's name) gave it at `read_at`."""

    value: T
    source: str
    read_at: datetime
