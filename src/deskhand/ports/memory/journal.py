"""The journal, what is sealed and signed in it, and what is read on from it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.sighting import Sighting

Json = Mapping[str, object]


class Journal(Protocol):
    def append(self, kind: str, ticket: str, body: Json, at: datetime) -> int:
        """One line more, chained to the one before; its number."""
        ...

    def of_ticket(self, ticket: str, kinds: Collection[str]) -> Sequence[JournalLine]:
        """The lines of these kinds on this ticket, in order; with those of this transaction."""
        ...

    def newest(self, kind: str) -> JournalLine | None:
        """The last line of this kind."""
        ...

    def behind(self, after: int, kinds: Collection[str], limit: int) -> Sequence[JournalLine]:
        """The first lines of these kinds with a number above `after`, in order."""
        ...

    def before(self, seq: int, tickets: Collection[str], kinds: Collection[str]) -> Sequence[JournalLine]:
        """The lines of these kinds on these tickets with a number up to `seq`, in order."""
        ...

    def last_number(self) -> int:
        """Of the newest line; 0 while there is none."""
        ...


class Sealed(Protocol):
    """Lines of the journal that only this desk can have written: about backups, or changes of its folder."""

    def changes(self) -> Sequence[JournalLine] | Broken:
        """The journal's lines about it, in order; `Broken` when one of them was not written by this desk. Then nobody
        may rely on any of them."""
        ...

    def append(self, kind: str, body: Json, at: datetime) -> int:
        """One line more, under a kind that begins as theirs do: "rollout.", "change." or "backup."; its number."""
        ...


class Checkpoints(Protocol):
    """What is signed now and then, so that it can be told later that the journal was the same then."""

    def make(self, at: datetime) -> Checkpoint | None:
        """Sign the newest line, and say so in one more; None when nothing was written since the last checkpoint."""
        ...


class Versions(Protocol):
    """The desk folder as it was at each version."""

    def keep(self, version: str, digest: str, files: Mapping[str, bytes], at: datetime) -> None:
        """A second time with the same version changes nothing."""
        ...

    def files(self, version: str) -> Mapping[str, bytes]:
        """By path in the folder; none of a version that is not known."""
        ...


class Stages(Sealed, Protocol):
    """Every change of how far procedures are trusted, and at which stage customers were answered lately."""

    def seen(self, keys: Collection[str], procedure: str, since: datetime) -> Sequence[Sighting]:
        """Of whoever is known under one of these keys, newest first."""
        ...

    def see(self, keys: Collection[str], procedure: str, sighting: Sighting) -> None:
        """In place of what was noted under these keys before."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase older sightings of everybody."""
        ...


class Drifts(Protocol):
    """What is known of signals that are watched for drift, by procedure and signal, as text; and how far the journal
    was read for it."""

    def upto(self) -> int: ...

    def move(self, before: int, to: int) -> bool:
        """False, and nothing is written, when somebody else has read on from `before`."""
        ...

    def streams(self) -> Mapping[tuple[str, str], str]: ...

    def keep(self, states: Mapping[tuple[str, str], str]) -> None:
        """In the place of what was kept of these; all others stay."""
        ...
