"""Which queue gets a handoff, and who of it: the least loaded of those who are there, speak the language and know the
subject."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from deskhand.domain.routing import Colleague, Needs, Queue, Route, Routing

UNTOLD = "und"
WARN = 0.75  # of the time until an answer is due


def assign(routing: Routing, named: str, needs: Needs, load: Mapping[str, int], now: datetime) -> Route:
    """`named`: the queue that policy names, or "": then the one that is for this. `load`: open handoffs by person."""
    people = tuple(routing.people.values())
    queue = routing.queue(named) if named else queue_for(routing, needs)
    first = route(queue, needs, people, load, now)
    if queue.people and not _fit(queue, needs, people) and queue.name != routing.default:
        second = route(routing.queue(routing.default), needs, people, load, now)
        return replace(second, why=f"{first.why}, so it goes to {routing.default}: {second.why}")
    if not first.there and queue.fallback:
        second = route(routing.queue(queue.fallback), needs, people, load, now)
        if second.there:
            return replace(second, why=f"{first.why}, so {queue.fallback} takes it: {second.why}")
    return first


def queue_for(routing: Routing, needs: Needs) -> Queue:
    """The queue that asks for most of what this is, of equals the first; the default one when none is for it."""
    best = max(routing.queues.values(), key=lambda one: _asks(one, needs), default=None)
    return best if best and _asks(best, needs) else routing.queue(routing.default)


def route(queue: Queue, needs: Needs, people: Collection[Colleague], load: Mapping[str, int], now: datetime) -> Route:
    """Within one queue. The order of `people` changes nothing."""
    fit = _fit(queue, needs, people)
    here = [one for one in fit if _here(queue, one.id, now)]
    free = [one for one in here if one.most is None or load.get(one.id, 0) < one.most]
    chosen = min(free, key=lambda one: (load.get(one.id, 0), one.id), default=None)
    there = bool(here) if queue.people else queue.calendar is None or queue.calendar.open(now)
    promise = queue.by_tier.get(needs.tier, queue.first_answer)
    answer_by = warn_at = None
    if promise is not None:
        after = queue.calendar.after if queue.calendar else lambda at, working: at + working
        answer_by, warn_at = after(now, promise), after(now, promise * WARN)
    return Route(
        queue=queue.name,
        person=chosen.id if chosen else None,
        why=_why(queue, needs, fit, here, chosen, load),
        there=there,
        answer_by=_utc(answer_by),
        warn_at=_utc(warn_at),
        there_at=None if there else _utc(_next(queue, fit, now)),
        zone=queue.calendar.zone.key if queue.calendar else "UTC",
    )


def _asks(queue: Queue, needs: Needs) -> int:
    """How many of the things that it is for this is; 0 when one of them does not fit."""
    fits = [
        needs.language in queue.languages if queue.languages else None,
        needs.tier in queue.tiers if queue.tiers else None,
        bool(needs.skills & queue.skills) if queue.skills else None,
    ]
    return 0 if False in fits else sum(one is True for one in fits)


def _fit(queue: Queue, needs: Needs, people: Collection[Colleague]) -> list[Colleague]:
    return [one for one in people if one.id in queue.people and _speaks(one, needs) and _knows(one, needs)]


def _speaks(person: Colleague, needs: Needs) -> bool:
    return needs.language == UNTOLD or not person.languages or needs.language in person.languages


def _knows(person: Colleague, needs: Needs) -> bool:
    return not person.skills or not needs.skills or bool(person.skills & needs.skills)


def _here(queue: Queue, person: str, now: datetime) -> bool:
    on_call = queue.on_call.get(person)
    return queue.calendar is None or queue.calendar.open(now) or bool(on_call and on_call.open(now))


def _next(queue: Queue, fit: Collection[Colleague], now: datetime) -> datetime | None:
    """When somebody who fits is there again; where nobody ever does, when the queue opens."""
    hours = [queue.calendar, *(queue.on_call.get(one.id) for one in fit)]
    return min((at for one in hours if one and (at := one.next_open(now)) and at > now), default=None)


def _why(
    queue: Queue,
    needs: Needs,
    fit: Collection[Colleague],
    here: Collection[Colleague],
    chosen: Colleague | None,
    load: Mapping[str, int],
) -> str:
    if chosen:
        return f"{chosen.id} of {queue.name} is there and has {load.get(chosen.id, 0)} open handoffs"
    if not queue.people:
        return f"{queue.name} names nobody"
    if not fit:
        skills = f" and knows {' or '.join(sorted(needs.skills))}" if needs.skills else ""
        return f"nobody of {queue.name} speaks {needs.language}{skills}"
    if not here:
        return f"nobody of {queue.name} who could take it is there now"
    return f"all of {queue.name} who are there have as many handoffs as they take at once"


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None
