"""What `desk.toml` says of who works on what when."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from deskhand.domain.calendar import Calendar
from deskhand.domain.routing import Colleague, Queue, Routing
from deskhand.settings.hours import CalendarTable, HoursTable
from deskhand.settings.strict import Strict

DURATION = re.compile(r"(?:([1-9][0-9]{0,2})h)?(?:([1-9][0-9]{0,3})m)?")
LANGUAGE = r"^[a-z]{2,3}$"


def _duration(text: str) -> str:
    duration(text)
    return text


def duration(text: str) -> timedelta:
    """From "4h", "30m" or "1h30m". ValueError for anything else."""
    found = DURATION.fullmatch(text)
    if not text or not found:
        raise ValueError(f"{text!r} is no working time such as 4h, 30m or 1h30m")
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


Duration = Annotated[str, AfterValidator(_duration)]
Language = Annotated[str, Field(pattern=LANGUAGE)]


class QueueTable(Strict):
    """A queue of the policy files. `languages`, `tiers` and `skills` (procedures, and topics of risks): what goes to it
    where policy names no queue. `people` of [people]; `on_call`: who of them is there at which further hours, on closed
    dates too. `calendar`: its own hours instead of the desk's. `group`: the help desk's id of it. `first_answer`:
    working time until an agent answers. `fallback`: the queue that gets what comes while nobody is there."""

    people: list[str] = Field(default_factory=list)
    languages: list[Language] = Field(default_factory=list)
    tiers: list[str] = Field(default_factory=list)
    skills: list[str] = Field(default_factory=list)
    calendar: CalendarTable | None = None
    on_call: dict[str, HoursTable] = Field(default_factory=dict)
    group: str = ""
    first_answer: Duration | None = None
    first_answer_by_tier: dict[str, Duration] = Field(default_factory=dict)
    fallback: str = ""


class ColleagueTable(Strict):
    """Somebody of [people]. `languages`: those of the desk where none are given; `skills`: any. `assignee`: the help
    desk's id of them; `most`: how many open handoffs they have at once."""

    assignee: str = ""
    languages: list[Language] = Field(default_factory=list)
    skills: list[str] = Field(default_factory=list)
    most: int | None = Field(default=None, ge=1)


class RoutingTable(Strict):
    queues: dict[str, QueueTable] = Field(default_factory=dict)
    people: dict[str, ColleagueTable] = Field(default_factory=dict)

    def faults(self, people: Collection[str], calendar: CalendarTable | None) -> Iterator[tuple[str, str]]:
        """What does not fit the rest of the desk: where, and why."""
        for name in self.people:
            if name not in people:
                yield f"routing.people.{name}", "is nobody of [people]"
        for name, one in self.queues.items():
            at = f"routing.queues.{name}"
            for person in one.people:
                if person not in people:
                    yield f"{at}.people", f"{person!r} is nobody of [people]"
            for person in one.on_call:
                if person not in one.people:
                    yield f"{at}.on_call.{person}", "is nobody of the queue's people"
            if one.on_call and not (one.calendar or calendar):
                yield (
                    f"{at}.on_call.{next(iter(one.on_call))}",
                    "on-call hours need a calendar: without one it is open always",
                )
            if one.fallback == name:
                yield f"{at}.fallback", "is the queue itself"

    def routing(self, default: str, languages: Collection[str], calendar: Calendar | None) -> Routing:
        """As values; `languages` and `calendar` are the desk's."""
        queues = {name: _queue(name, one, calendar) for name, one in self.queues.items()}
        named = {person for one in self.queues.values() for person in one.people} | set(self.people)
        tables: Mapping[str, ColleagueTable] = {name: self.people.get(name, ColleagueTable()) for name in sorted(named)}
        people = {
            name: Colleague(name, one.assignee, frozenset(one.languages or languages), frozenset(one.skills), one.most)
            for name, one in tables.items()
        }
        return Routing(default, queues, people, calendar)


def _queue(name: str, table: QueueTable, desk: Calendar | None) -> Queue:
    calendar = table.calendar.calendar if table.calendar else desk
    by_tier = {tier: duration(text) for tier, text in table.first_answer_by_tier.items()}
    return Queue(
        name,
        people=tuple(table.people),
        languages=frozenset(table.languages),
        tiers=frozenset(one.lower() for one in table.tiers),
        skills=frozenset(table.skills),
        calendar=calendar,
        on_call={who: Calendar(calendar.zone, one.spans) for who, one in table.on_call.items()} if calendar else {},
        group=table.group,
        first_answer=duration(table.first_answer) if table.first_answer else None,
        by_tier={tier.lower(): one for tier, one in by_tier.items()},
        fallback=table.fallback,
    )
