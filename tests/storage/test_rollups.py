"""Roll-ups: whatever is taken in when, and by whom, they are what a recomputation from the journal finds."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from tests.measurement.histories import mixed
from tests.measurement.truth import START, history

from deskhand.bootstrap.rollups import RollUps
from deskhand.bootstrap.rollups.parts import Key, parts
from deskhand.bootstrap.rollups.rows import ENTRY
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.storage.tables.rollups import rollup_sum
from deskhand.measurement.entries import entries
from deskhand.measurement.entry import Entry
from deskhand.measurement.sums import By, Sums, add, came, closed, groups

WINDOW = timedelta(days=7)


def write(store: SqlStore, lines: list[JournalLine]) -> None:
    with store.begin() as tx:
        for line in lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)


def kept(database: sa.Engine) -> tuple[dict[tuple[str, int], Entry], dict[Key, Sums]]:
    with database.connect() as connection:
        rows = connection.scalars(sa.select(ENTRY)).all()
        sums = connection.execute(sa.select(rollup_sum)).all()
    return (
        {(one.ticket, one.number): one for one in rows},
        {(one.cohort, one.by, one.day, one.name): json.loads(one.body) for one in sums},
    )


def recomputed(lines: list[JournalLine]) -> tuple[dict[tuple[str, int], Entry], dict[Key, Sums]]:
    found = entries(lines, WINDOW)
    sums: dict[Key, Sums] = {}
    for one in found:
        for key, part in parts(one, WINDOW):
            add(sums.setdefault(key, {}), part)
    for key, part in of_customers(found, lines):
        add(sums.setdefault(key, {}), part)
    return {(one.ticket, one.number): one for one in found}, {key: one for key, one in sums.items() if one}


def of_customers(found: list[Entry], lines: list[JournalLine]) -> Iterator[tuple[Key, Sums]]:
    """Each customer who is assigned to a group, by the day of their first ticket."""
    left = {line.body["customer"]: line.body["at"] for line in lines if line.kind == "customer.churned"}
    for who in {customer for one in found for customer in one.customers}:
        theirs = [one for one in found if who in one.customers and not one.left_out]
        first = min(theirs, key=lambda one: (one.came_at, one.ticket), default=None)
        if first and first.arm:
            group, day = "hold-out" if first.arm == "hold-out" else "assistant", first.came_at.date().isoformat()
            part = {group: 1}
            if who in left and timedelta(0) <= datetime.fromisoformat(left[who]) - first.came_at < timedelta(days=90):
                part[f"{group} left"] = 1
            yield ("churn", "", day, ""), {"churn": part}
            yield ("churn, by month", "", day[:7], ""), {"churn": part}


def all_of(rollups: RollUps) -> None:
    while rollups.absorb():
        pass


def shuffled(seed: int, tickets: int = 30) -> list[JournalLine]:
    """Tickets whose customers are few, so that they come back to one another's."""
    random = Random(seed)
    _, lines = history(tickets, seed)
    lines = [replace(line, body=_of_few(line.body)) for line in lines]
    return mixed(lines, random) if seed % 2 else lines


def _of_few(body: Mapping[str, Any]) -> dict[str, Any]:
    customer = str(body.get("customer", ""))
    return {**body, "customer": f"c:{int(customer.rsplit(':', 1)[1]) % 9}"} if customer else dict(body)


@pytest.mark.parametrize("seed", range(3))
def test_taken_in_piece_by_piece_they_are_what_a_recomputation_finds(
    store: SqlStore, database: sa.Engine, seed: int
) -> None:
    lines, random, place = shuffled(seed), Random(seed), 0
    rollups = RollUps(database, "1", WINDOW)
    while place < len(lines):
        step = random.choice((1, 20, 90))
        write(store, lines[place : place + step])
        place += step
        for _ in range(random.choice((0, 1, 3))):
            rollups.absorb(random.choice((1, 9, 60)))
        if random.random() < 0.1:
            rollups.rebuild()
    all_of(rollups)
    assert kept(database) == recomputed(lines)
    rollups.rebuild()
    all_of(rollups)
    assert kept(database) == recomputed(lines)
    assert rollups.behind() == 0


def test_what_fits_into_one_part_is_counted_at_the_first_opening(store: SqlStore, database: sa.Engine) -> None:
    lines = shuffled(1)
    write(store, lines)
    rollups = RollUps(database, "1", WINDOW)

    rollups.catch_up(2)

    assert rollups.behind() == 0
    assert kept(database) == recomputed(lines)


def test_two_processes_that_take_the_same_lines_in_count_them_once(store: SqlStore, database: sa.Engine) -> None:
    lines = shuffled(2)
    write(store, lines)
    several = [RollUps(database, "1", WINDOW) for _ in range(3)]
    several[0].rebuild()

    def work(one: RollUps) -> None:
        for _ in range(40):
            one.absorb(5)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, several))
    all_of(several[0])
    assert kept(database) == recomputed(lines)


def test_a_crash_while_a_part_is_written_leaves_the_part_before(store: SqlStore, database: sa.Engine) -> None:
    lines = shuffled(4)
    write(store, lines)
    rollups = RollUps(database, "1", WINDOW)
    for _ in range(3):
        rollups.absorb(7)
    before = kept(database)
    with pytest.raises(sa.exc.DBAPIError):
        fail_half_way(database, rollups)
    assert kept(database) == before
    all_of(rollups)
    assert kept(database) == recomputed(lines)


def fail_half_way(database: sa.Engine, rollups: RollUps) -> None:
    """The database refuses some of what a part writes."""
    on, off = "alter table rollup_party rename to gone", "alter table gone rename to rollup_party"
    with database.begin() as connection:
        connection.execute(sa.text(on))
    try:
        rollups.absorb(7)
    finally:
        with database.begin() as connection:
            connection.execute(sa.text(off))


def test_with_other_settings_everything_is_counted_anew(store: SqlStore, database: sa.Engine) -> None:
    lines = shuffled(6)
    write(store, lines)
    all_of(RollUps(database, "1", WINDOW))
    other = RollUps(database, "2", timedelta(days=2))
    assert other.state() is None
    all_of(other)
    found, _ = kept(database)
    assert found == {(one.ticket, one.number): one for one in entries(lines, timedelta(days=2))}


def plain(found: list[Entry], since: str, until: str, now: datetime, by: By | None, name: str) -> tuple[Sums, Sums]:
    """By a loop over all of them."""
    first: Sums = {}
    second: Sums = {}
    for one in found:
        if by is not None and name not in groups(one, by):
            continue
        if since <= one.came_at.date().isoformat() <= until:
            add(first, came(one))
        if one.closed_at and since <= one.closed_at.date().isoformat() <= until:
            add(second, closed(one, WINDOW, mature=one.mature(now, WINDOW)))
    return first, second


def test_what_a_period_comes_to_is_the_sum_of_its_tickets_whenever_one_looks(
    store: SqlStore, database: sa.Engine
) -> None:
    lines, random = shuffled(8, 60), Random(1)
    write(store, lines)
    rollups = RollUps(database, "1", WINDOW)
    all_of(rollups)
    found = entries(lines, WINDOW)
    for _ in range(15):
        now = START + timedelta(minutes=random.randrange(60 * 24 * 50))
        since = (now - timedelta(days=random.choice((1, 7, 30, 90, 400)))).date().isoformat()
        until = now.date().isoformat()
        by = random.choice((None, *By))
        names = {name for one in found for name in groups(one, by)} if by else {""}
        name = random.choice(sorted(names))
        first, second = plain(found, since, until, now, by, name)
        assert rollups.came(since, until, by, name) == first
        assert rollups.closed(since, until, now, by, name) == second
        if by:
            whole: Sums = {}
            add(whole, first)
            add(whole, second)
            assert rollups.apart(since, until, now, by).get(name, {}) == whole
