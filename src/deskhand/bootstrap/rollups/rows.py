"""The rows of roll-ups, written and read; all of it within a transaction of the caller's."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import TypeVar

import sqlalchemy as sa

from deskhand.bootstrap.rollups.parts import Key
from deskhand.bootstrap.rollups.periods import DAY, first_moment
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage.columns import Typed
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.journal import read
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.rollups import rollup_contact, rollup_entry, rollup_party, rollup_sum
from deskhand.infrastructure.storage.tables.rollups import rollup_state as state_table
from deskhand.infrastructure.typed_json import codec
from deskhand.measurement.entries import KINDS, Fold
from deskhand.measurement.entry import Entry
from deskhand.measurement.returns import Contact
from deskhand.measurement.sums import Sums, add

T = TypeVar("T")
NAME = "tickets"  # of the row of `rollup_state`
ENTRY = sa.type_coerce(rollup_entry.c.body, Typed(Entry))


@dataclass(frozen=True)
class State:
    """Everything up to the line `upto` is counted; `building`: where the first counting stands, None once it is over.
    `generation` goes up with every change."""

    stamp: str
    upto: int
    building: str | None
    generation: int


def state(connection: sa.Connection) -> State | None:
    row = connection.execute(sa.select(state_table).where(state_table.c.name == NAME)).one_or_none()
    return None if row is None else State(row.stamp, row.upto, row.building, row.generation)


def moved(connection: sa.Connection, known: State, upto: int, building: str | None) -> bool:
    """Whether this transaction is the one that goes on from there; no other may then."""
    held = sa.update(state_table).where(state_table.c.name == NAME, state_table.c.generation == known.generation)
    row = {"upto": upto, "building": building, "generation": known.generation + 1}
    return bool(connection.execute(held.values(**row)).rowcount)


def some(all_of: Iterable[T], size: int = 400) -> Iterator[tuple[T, ...]]:
    """As many at a time as one statement may hold."""
    left = iter(all_of)
    while part := tuple(islice(left, size)):
        yield part


def lines(
    connection: sa.Connection, names: Iterable[str], upto: int, kinds: Collection[str] = KINDS
) -> Iterator[JournalLine]:
    """Of these tickets, in order within each."""
    # Kinds are told apart here: asked for them, too, SQLite goes along the index of kinds, through the whole journal.
    for few in some(names):
        wanted = sa.select(journal).where(journal.c.ticket.in_(few), journal.c.seq <= upto)
        rows = connection.execute(wanted.order_by(journal.c.ticket, journal.c.seq))
        yield from read(connection, (row for row in rows if row.kind in kinds))


def folded(connection: sa.Connection, names: Iterable[str], upto: int) -> dict[str, Fold]:
    """These tickets, each from all of its lines up to that one."""
    folds = {name: Fold(name) for name in names}
    for line in lines(connection, folds, upto):
        folds[line.ticket].take(line)
    return folds


def entries(connection: sa.Connection, names: Iterable[str]) -> Iterator[Entry]:
    for few in some(names):
        yield from connection.scalars(sa.select(ENTRY).where(rollup_entry.c.ticket.in_(few)))


def put_entries(connection: sa.Connection, found: Iterable[Entry]) -> None:
    body = codec(Entry).dump_brief
    rows = [
        {"ticket": one.ticket, "number": one.number, "came_at": one.came_at, "closed_at": one.closed_at}
        | {"counted": not one.left_out, "body": body(one)}
        for one in found
    ]
    if rows:
        connection.execute(sa.insert(rollup_entry), rows)


def put_returns(connection: sa.Connection, found: Iterable[Entry]) -> None:
    """What changed of these entries is whether their customers came back."""
    row, body = rollup_entry.c, codec(Entry).dump_brief
    rows = [{"which": one.ticket, "at": one.number, "new": body(one)} for one in found]
    if rows:
        same = (row.ticket == sa.bindparam("which"), row.number == sa.bindparam("at"))
        connection.execute(sa.update(rollup_entry).where(*same).values(body=sa.bindparam("new")), rows)


def within(at: "sa.Column[datetime]", since: str, until: str) -> tuple["sa.ColumnElement[bool]", ...]:
    """On these days (UTC), both included."""
    return at >= first_moment(since), at < first_moment(until) + DAY


def contacts(
    connection: sa.Connection,
    column: "sa.Column[str]",
    names: Iterable[str],
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[Contact]:
    """At these tickets, or of these customers; from then on, and before then."""
    row = rollup_contact.c
    bounds = [row.at >= since] if since else []
    bounds += [row.at < until] if until else []
    for few in some(names):
        for one in connection.execute(sa.select(rollup_contact).where(column.in_(few), *bounds)):
            number, procedures, objects, unknown, thanks = json.loads(one.body)
            subjects = (frozenset(procedures), frozenset(objects))
            yield Contact(one.ticket, number, one.at, one.customer, *subjects, unknown, thanks)


def put_contacts(connection: sa.Connection, found: Iterable[Contact]) -> None:
    rows, count = [], dict[str, int]()
    for one in found:
        place = count[one.ticket] = count.get(one.ticket, 0) + 1
        told = [one.number, sorted(one.procedures), sorted(one.objects), one.unknown, one.thanks]
        row = {"ticket": one.ticket, "place": place, "customer": one.customer, "at": one.at}
        rows.append(row | {"body": json.dumps(told, separators=(",", ":"))})
    if rows:
        connection.execute(sa.insert(rollup_contact), rows)


def put_parties(connection: sa.Connection, found: Iterable[Entry], window: timedelta) -> None:
    """Of all entries of some tickets: within which time their customers may come back to them, and when these came."""
    places: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in found:
        for customer in one.customers:
            places[customer, one.ticket].append(one)
    rows = []
    for (customer, ticket), here in places.items():
        ends = [at for one in here for at in (one.closed_at, one.followed_up_at) if at]
        first = min((one for one in here if not one.left_out), key=lambda one: (one.came_at, one.number), default=None)
        row = {"customer": customer, "ticket": ticket, "since": min(ends, default=None)}
        row |= {"until": max(ends) + window if ends else None, "came_at": first.came_at if first else None}
        rows.append(row | {"arm": first.arm if first else ""})
    if rows:
        connection.execute(sa.insert(rollup_party), rows)


def put_sums(connection: sa.Connection, found: Mapping[Key, Sums]) -> None:
    """Of days that have none yet."""
    rows = [_row(key, part) for key, part in found.items() if part]
    if rows:
        connection.execute(sa.insert(rollup_sum), rows)


def change_sums(connection: sa.Connection, changed: Mapping[Key, Sums]) -> None:
    """By so much; a sum that comes to nothing goes."""
    new, gone, row = [], [], rollup_sum.c
    for (cohort, by, day), keys in groupby(sorted(key for key, part in changed.items() if part), lambda key: key[:3]):
        here = (row.cohort == cohort, row.by == by, row.day == day)
        for names in some(key[3] for key in keys):
            wanted = sa.select(row.name, row.body).where(*here, row.name.in_(names))
            known = {one.name: one.body for one in connection.execute(wanted)}
            for name in names:
                whole: Sums = json.loads(known.get(name, "{}"))
                add(whole, changed[cohort, by, day, name])
                if whole:
                    new.append(_row((cohort, by, day, name), whole))
                else:
                    gone.append({"a": cohort, "b": by, "c": day, "d": name})
    if new:
        made = insert(connection, rollup_sum)
        made = made.on_conflict_do_update(index_elements=[*rollup_sum.primary_key], set_={"body": made.excluded.body})
        connection.execute(made, new)
    if gone:
        columns = zip((row.cohort, row.by, row.day, row.name), "abcd", strict=True)
        connection.execute(sa.delete(rollup_sum).where(*(one == sa.bindparam(name) for one, name in columns)), gone)


def _row(key: Key, part: Sums) -> dict[str, str]:
    body = json.dumps(part, sort_keys=True, separators=(",", ":"))
    return dict(zip(("cohort", "by", "day", "name"), key, strict=True)) | {"body": body}


def sums_of_days(
    connection: sa.Connection, cohort: str, by: str, first: str, last: str, name: str | None = None
) -> Iterator[tuple[Key, Sums]]:
    """Of these days, or months; of every group where `name` is None."""
    row = rollup_sum.c
    wanted = sa.select(rollup_sum).where(row.cohort == cohort, row.by == by, row.day.between(first, last))
    for one in connection.execute(wanted if name is None else wanted.where(row.name == name)):
        yield (one.cohort, one.by, one.day, one.name), json.loads(one.body)
