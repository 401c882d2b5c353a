"""The queues that people work through, and a ticket as it stands in one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class View(StrEnum):
    """DECIDE: a suggestion waits, and nobody has taken the ticket. MINE: handed to this person, or taken by them,
    and not closed. PEOPLE: with people, and not answered yet. WATCH: the assistant has them. ALL: every ticket."""

    DECIDE = "decide"
    MINE = "mine"
    PEOPLE = "people"
    WATCH = "watch"
    ALL = "all"


@dataclass(frozen=True)
class QueueRow:
    """A ticket in a queue. `about` are the first words of the newest message, masked. `outcome` is that of its newest
    message, "" while nothing has ended; `waits_since` and `stage` are of a suggestion that waits, `queue` to `late` of
    a handoff that nobody answered: `due` until when an agent is to have answered."""

    ticket: str
    name: str
    about: str
    channel: str
    language: str
    owner: str
    changed_at: datetime | None
    outcome: str
    waits_since: datetime | None
    stage: str
    queue: str
    person: str
    due: datetime | None
    warned: bool
    late: bool
    closed: bool = False

    @property
    def people(self) -> str:
        """Who of the people has it: a person, or a queue; "" while the assistant does."""
        return "" if self.owner == "assistant" else self.owner.removeprefix("queue:")

    def views(self) -> frozenset[View]:
        """The queues that it is in; MINE when it is in somebody's."""
        with_somebody = {View.MINE} if self.theirs() else set()
        taken = self.owner != "assistant" and not self.owner.startswith("queue:")
        waits = {View.DECIDE} if self.waits_since and not taken else set()
        handed = {View.PEOPLE} if self.queue else set()
        watched = {View.WATCH} if self.owner == "assistant" and not waits and not handed else set()
        return frozenset({View.ALL, *with_somebody, *waits, *handed, *watched})

    def theirs(self) -> frozenset[str]:
        """Whose queue MINE it is in."""
        if self.closed:
            return frozenset()
        owner = set() if self.owner == "assistant" or self.owner.startswith("queue:") else {self.owner}
        return frozenset(owner | ({self.person} if self.person else set()))


@dataclass(frozen=True)
class Filters:
    """`words` stand in the name, in what it is about, or in the ticket's reference; "" is anything."""

    words: str = ""
    channel: str = ""
    language: str = ""
