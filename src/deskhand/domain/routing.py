"""Who works on what when: queues, the people in them, and where one handoff goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.domain.calendar import Calendar

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Colleague:
    """An agent. `languages` and `skills` (procedures and topics of risks): empty for any. `assignee`: the help desk's
    id of them, and `most`: how many open handoffs they have at once; None for no limit."""

    id: str
    assignee: str = ""
    languages: frozenset[str] = NONE
    skills: frozenset[str] = NONE
    most: int | None = None


@dataclass(frozen=True)
class Queue:
    """`languages`, `tiers` and `skills`: what it is for; all of those given must fit. `calendar`: its hours; None for
    always. `on_call`: who is there at which further hours. `group`: the help desk's id of it. `first_answer`: working
    time until an agent answers, and `by_tier`. `fallback`: the queue that gets what comes while nobody is here."""

    name: str
    people: tuple[str, ...] = ()
    languages: frozenset[str] = NONE
    tiers: frozenset[str] = NONE
    skills: frozenset[str] = NONE
    calendar: Calendar | None = None
    on_call: Mapping[str, Calendar] = field(default_factory=dict)
    group: str = ""
    first_answer: timedelta | None = None
    by_tier: Mapping[str, timedelta] = field(default_factory=dict)
    fallback: str = ""


@dataclass(frozen=True)
class Routing:
    """`queues` in the order in which they are asked; one that is named nowhere keeps the desk's own hours."""

    default: str
    queues: Mapping[str, Queue] = field(default_factory=dict)
    people: Mapping[str, Colleague] = field(default_factory=dict)
    calendar: Calendar | None = None

    def queue(self, name: str) -> Queue:
        return self.queues.get(name) or Queue(name, calendar=self.calendar)


@dataclass(frozen=True)
class Needs:
    """What a handoff asks of whoever takes it. `language` may be "und", `tier` is "" when it is not known; `skills`
    are its procedures and the topics of its risks."""

    language: str
    tier: str = ""
    skills: frozenset[str] = NONE


@dataclass(frozen=True)
class Route:
    """Where a handoff goes, and why. `answer_by`: when an agent is to have answered, and `warn_at`: when three quarters
    of that time are over. `there`: whether somebody who fits is there now; if not, `there_at` is when, where hours are
    known. Its moments are in UTC; `zone` is that of the queue's hours."""

    queue: str
    person: str | None
    why: str
    there: bool
    answer_by: datetime | None = None
    warn_at: datetime | None = None
    there_at: datetime | None = None
    zone: str = "UTC"
