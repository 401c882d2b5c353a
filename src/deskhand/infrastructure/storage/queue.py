"""The queues of the workspace: which tickets a person looks at, and in what order."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.queue import Filters, QueueRow, View
from deskhand.domain.within import Within
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.effects import suggestion
from deskhand.infrastructure.storage.tables.tickets import handoff, result, ticket, viewing
from deskhand.infrastructure.storage.tickets import ASSISTANT

FREE = sa.or_(ticket.c.owner == ASSISTANT, ticket.c.owner.startswith("queue:"))  # nobody has taken it
PENDING, OPEN = suggestion.c.state == "pending", handoff.c.ended_at.is_(None)
NEWEST = (
    sa.select(result.c.outcome)
    .where(result.c.ticket == ticket.c.ticket)
    .order_by(result.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
HANDED = handoff.alias("handed")
ENDLESS = HANDED.c.ended_at.is_(None)
PLACE = (  # the queue that a ticket was handed to last
    sa.select(HANDED.c.queue)
    .where(HANDED.c.ticket == ticket.c.ticket)
    .order_by(HANDED.c.at.desc())
    .limit(1)
    .scalar_subquery()
)
WAITING = (
    sa.select(suggestion.c.ticket, sa.func.min(suggestion.c.created_at).label("since"), sa.func.min(suggestion.c.stage))
    .where(PENDING)
    .group_by(suggestion.c.ticket)
    .subquery()
)
WAITS = sa.exists().where(
    suggestion.c.ticket == ticket.c.ticket, PENDING
)  # of many tickets few do, which PostgreSQL sees
COLUMNS = (
    *(ticket.c[name] for name in ("ticket", "name", "about", "channel", "language", "owner", "changed_at")),
    sa.func.coalesce(NEWEST, ""),
    WAITING.c.since,
    sa.func.coalesce(WAITING.c[2], ""),
    sa.func.coalesce(handoff.c.queue, ""),
    sa.func.coalesce(handoff.c.person, ""),
    handoff.c.due,
    handoff.c.warned_at.is_not(None),
    handoff.c.breached_at.is_not(None),
    ticket.c.closed_at.is_not(None),
)
JOINED = ticket.outerjoin(WAITING, WAITING.c.ticket == ticket.c.ticket).outerjoin(
    handoff, sa.and_(handoff.c.ticket == ticket.c.ticket, OPEN)
)


BY_PERSON = handoff.c.person
UNCLOSED = ticket.c.closed_at.is_(None)
TAKEN = sa.select(ticket.c.owner, sa.func.count()).where(UNCLOSED, ticket.c.owner != ASSISTANT).group_by(ticket.c.owner)
WITH_TICKET = handoff.join(ticket, ticket.c.ticket == handoff.c.ticket)
GIVEN = (  # and not taken by the same person
    sa.select(BY_PERSON, sa.func.count())
    .select_from(WITH_TICKET)
    .where(OPEN, UNCLOSED, BY_PERSON != "", BY_PERSON != ASSISTANT, ticket.c.owner != BY_PERSON)
    .group_by(BY_PERSON)
)
NEXT_CHANNEL = sa.select(sa.func.min(ticket.c.channel)).where(ticket.c.channel > sa.bindparam("known"))


def queue(
    connection: sa.Connection,
    view: View,
    person: str,
    filters: Filters,
    *,
    limit: int,
    offset: int = 0,
    within: Within | None = None,
) -> list[QueueRow]:
    """What is due first, comes first; where nothing is due, what waits longest; else what changed last."""
    which = (*_in(view, person), *_matching(filters), *inside(within))
    wanted = sa.select(*COLUMNS).select_from(JOINED).where(*which)
    return [QueueRow(*row) for row in connection.execute(wanted.order_by(*_order(view)).limit(limit).offset(offset))]


def row(connection: sa.Connection, name: str) -> QueueRow | None:
    """One ticket as a queue shows it."""
    found = connection.execute(sa.select(*COLUMNS).select_from(JOINED).where(ticket.c.ticket == name)).first()
    return None if found is None else QueueRow(*found)


def waiting(connection: sa.Connection, person: str, within: Within | None = None) -> dict[View, int]:
    """How many tickets wait for people, and how many of them for this one."""
    counted = {}
    for view in (View.DECIDE, View.MINE, View.PEOPLE):
        of_view = sa.select(sa.func.count()).select_from(JOINED).where(*_in(view, person), *inside(within))
        counted[view] = int(connection.scalar(of_view) or 0)
    return counted


def decide_since(connection: sa.Connection) -> datetime | None:
    """Since when the oldest suggestion waits; None when none does."""
    found: datetime | None = connection.scalar(sa.select(sa.func.min(suggestion.c.created_at)).where(PENDING))
    return found


def waiting_by_person(connection: sa.Connection) -> tuple[dict[View, int], dict[str, int]]:
    """How many tickets wait for a decision and with people, and how many everybody has."""
    mine: dict[str, int] = {}
    for counted in (TAKEN, GIVEN):
        for person, number in connection.execute(counted):
            mine[person] = mine.get(person, 0) + number
    handed = ticket.outerjoin(handoff, sa.and_(handoff.c.ticket == ticket.c.ticket, OPEN))
    waits = suggestion.join(ticket, ticket.c.ticket == suggestion.c.ticket)
    decide = sa.select(sa.func.count(suggestion.c.ticket.distinct())).select_from(waits).where(PENDING, FREE)
    people = sa.select(sa.func.count()).select_from(handed).where(*_in(View.PEOPLE, ""))
    return {View.DECIDE: connection.scalar(decide) or 0, View.PEOPLE: connection.scalar(people) or 0}, mine


def channels(connection: sa.Connection) -> list[str]:
    """Those that somebody wrote on. One step along the index for each, however many tickets there are."""
    known: list[str] = []
    while (after := connection.scalar(NEXT_CHANNEL, {"known": known[-1] if known else ""})) is not None:
        known.append(after)
    return known


def look(connection: sa.Connection, name: str, person: str, now: datetime, recent: datetime) -> list[str]:
    """Note that this person looks at a ticket; who else has since `recent`."""
    values = {"ticket": name, "person": person, "at": now}
    seen = insert(connection, viewing).values(values)
    connection.execute(seen.on_conflict_do_update(index_elements=["ticket", "person"], set_={"at": now}))
    others = sa.select(viewing.c.person).where(
        viewing.c.ticket == name, viewing.c.person != person, viewing.c.at >= recent
    )
    return list(connection.scalars(others.order_by(viewing.c.person)))


def holding(connection: sa.Connection, within: Within, names: Collection[str]) -> set[str]:
    """Those of these tickets that are within these queues; one that is not known is in the default queue."""
    open_one = sa.and_(handoff.c.ticket == ticket.c.ticket, OPEN)
    columns = (ticket.c.ticket, ticket.c.owner, sa.func.coalesce(PLACE, ""), sa.func.coalesce(handoff.c.person, ""))
    wanted = sa.select(*columns).select_from(ticket.outerjoin(handoff, open_one)).where(ticket.c.ticket.in_(names))
    rows = {name: (owner, place, person) for name, owner, place, person in connection.execute(wanted)}
    nothing = ("", "", "")
    return {name for name in names if within.holds(rows.get(name, nothing)[1], (rows.get(name, nothing)[0::2]))}


def inside(within: Within | None) -> list[sa.ColumnElement[bool]]:
    """Only tickets of these queues, and what is the person's own."""
    if within is None:
        return []
    there = sa.func.coalesce(sa.func.nullif(PLACE, ""), within.default).in_(sorted(within.queues))
    given = sa.exists().where(HANDED.c.ticket == ticket.c.ticket, HANDED.c.person == within.person, ENDLESS)
    return [sa.or_(there, ticket.c.owner == within.person, given)]


def _in(view: View, person: str) -> list[sa.ColumnElement[bool]]:
    match view:
        case View.DECIDE:
            return [WAITING.c.since.is_not(None), FREE]
        case View.MINE:
            # With `or` between two tables all tickets would be looked at.
            own = sa.select(ticket.c.ticket).where(UNCLOSED, ticket.c.owner == person)
            given = sa.select(handoff.c.ticket).select_from(WITH_TICKET)
            given = given.where(OPEN, UNCLOSED, handoff.c.person == person)
            return [ticket.c.ticket.in_(own.union(given))]
        case View.PEOPLE:
            return [handoff.c.ticket.is_not(None)]
        case View.WATCH:
            return [ticket.c.owner == ASSISTANT, handoff.c.ticket.is_(None), ~WAITS]
        case View.ALL:
            return []


def _order(view: View) -> list[sa.ColumnElement[datetime]]:
    # A ticket that no line tells of comes where each database likes it: asked for at one end, all would be sorted.
    newest = ticket.c.changed_at.desc()
    if view is View.DECIDE:
        return [WAITING.c.since, ticket.c.ticket]
    if view in (View.MINE, View.PEOPLE):
        return [handoff.c.due.asc().nulls_last(), handoff.c.at, newest, ticket.c.ticket]
    return [newest, ticket.c.ticket]


def _matching(filters: Filters) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filters.words:
        columns = (ticket.c.name, ticket.c.about, ticket.c.ticket)
        found.append(sa.or_(*(one.icontains(filters.words, autoescape=True) for one in columns)))
    if filters.channel:
        found.append(ticket.c.channel == filters.channel)
    if filters.language:
        found.append(ticket.c.language == filters.language)
    return found
