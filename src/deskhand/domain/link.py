"""What an agent says of two records: that they are one person, or that they are not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.ref import Ref


class Bond(StrEnum):
    """SAME: two records of one system are one person, and `keep` is the one to work with. APART: whatever the records
    say, they are two people."""

    SAME = "same"
    APART = "apart"


@dataclass(frozen=True)
class Link:
    """`undone_at` is set when somebody took it back; then it says nothing any more."""

    number: int
    bond: Bond
    keep: Ref
    other: Ref
    by: str
    why: str
    at: datetime
    undone_by: str = ""
    undone_at: datetime | None = None

    @property
    def refs(self) -> frozenset[Ref]:
        return frozenset({self.keep, self.other})
