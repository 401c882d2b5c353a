"""Customers who are assigned to a group: when they came first, and when they left."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from deskhand.bootstrap.rollups.parts import ALL, Key, changed, monthly
from deskhand.bootstrap.rollups.periods import DAY, first_moment
from deskhand.bootstrap.rollups.rows import some
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.rollups import rollup_customer as table
from deskhand.infrastructure.storage.tables.rollups import rollup_party
from deskhand.measurement.churn import LEFT, SPAN, of_customer
from deskhand.measurement.sums import Sums, add

CHURN = "churn"  # the cohort of those who came first on a day
PAGE = 1_000


@dataclass(frozen=True)
class Customer:
    """`first_at` and `arm` are of their first ticket, None and "" while none is known."""

    customer: str
    first_at: datetime | None
    arm: str
    left_at: datetime | None


def said_to_have_left(connection: sa.Connection, after: int, upto: int) -> dict[str, datetime]:
    """In these lines; what was said last of a customer holds."""
    found: dict[str, datetime] = {}
    while page := journal_of.lines(connection, after, PAGE, kinds=[LEFT]):
        found |= {str(one.body["customer"]): datetime.fromisoformat(one.body["at"]) for one in page if one.seq <= upto}
        after = page[-1].seq
        if len(page) < PAGE or after >= upto:
            break
    return found


def assigned(connection: sa.Connection, after: str, limit: int) -> list[str]:
    """So many customers behind that one, in order, who have a ticket with a group."""
    row = rollup_party.c
    wanted = sa.select(row.customer).where(row.customer > after, row.arm != "").distinct()
    return list(connection.scalars(wanted.order_by(row.customer).limit(limit)))


def look_again(connection: sa.Connection, names: Collection[str], left: Mapping[str, datetime]) -> dict[Key, Sums]:
    """Keep anew what is known of these customers, and of those who `left` by now; by how much sums change."""
    found: dict[Key, Sums] = {}
    for few in some(sorted({*names, *left})):
        old = {one.customer: one for one in _rows(connection, table.c.customer.in_(few))}
        first = _first(connection, few)
        new = {}
        for name in few:
            at, arm = first.get(name, (None, ""))
            went = left.get(name) or (old[name].left_at if name in old else None)
            if arm or went:
                new[name] = Customer(name, at, arm, went)
        _put(connection, old, new)
        for key, part in changed(_parts(old.values()), _parts(new.values())).items():
            add(found.setdefault(key, {}), part)
    return found


def ripe_on(connection: sa.Connection, day: str, now: datetime) -> Sums:
    """Of those who came first on this day: the ones whose 90 days are over."""
    found: Sums = {}
    since = first_moment(day)
    row = table.c
    for one in _rows(connection, row.first_at >= since, row.first_at < since + DAY, row.first_at <= now - SPAN):
        add(found, of_customer(one.first_at, one.arm, one.left_at))
    return found


def _first(connection: sa.Connection, names: Collection[str]) -> dict[str, tuple[datetime, str]]:
    """When each came first, and the group of that ticket."""
    row = rollup_party.c
    times = sa.select(row.customer, sa.func.min(row.came_at)).where(row.customer.in_(names), row.came_at.is_not(None))
    wanted = sa.select(rollup_party).where(sa.tuple_(row.customer, row.came_at).in_(times.group_by(row.customer)))
    found: dict[str, tuple[datetime, str]] = {}
    for one in connection.execute(wanted.order_by(row.customer, row.ticket)):
        found.setdefault(one.customer, (one.came_at, one.arm))
    return found


def _put(connection: sa.Connection, old: Mapping[str, Customer], new: Mapping[str, Customer]) -> None:
    rows = [asdict(one) for name, one in new.items() if old.get(name) != one]
    if rows:
        made = insert(connection, table)
        row = made.excluded
        told = {"first_at": row.first_at, "arm": row.arm, "left_at": row.left_at}
        connection.execute(made.on_conflict_do_update(index_elements=["customer"], set_=told), rows)
    gone = sorted(old.keys() - new.keys())
    if gone:
        connection.execute(sa.delete(table).where(table.c.customer.in_(gone)))


def _rows(connection: sa.Connection, *which: "sa.ColumnElement[bool]") -> Iterator[Customer]:
    for one in connection.execute(sa.select(table).where(*which)):
        yield Customer(one.customer, one.first_at, one.arm, one.left_at)


def _parts(customers: Iterable[Customer]) -> Iterator[tuple[Key, Sums]]:
    for one in customers:
        part = of_customer(one.first_at, one.arm, one.left_at)
        if part and one.first_at:
            key = (CHURN, ALL, one.first_at.date().isoformat(), ALL)
            yield key, part
            yield monthly(key), part
