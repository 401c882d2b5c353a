"""Roll-ups of random journals: cut or begun anew anywhere, in any order, they are what a recomputation finds."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from tests.measurement.histories import mixed
from tests.measurement.truth import START, history
from tests.storage.test_rollups import WINDOW, all_of, kept, recomputed, write
from tests.storage.values import nothing

from deskhand.bootstrap.rollups import RollUps
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.measurement.churn import churn
from deskhand.measurement.entries import entries
from deskhand.measurement.sums import By, Sums, add, came, closed, groups

DAYS = 130  # long enough for some customers' 90 days to be over
Step = tuple[int, int, bool]  # lines written, the largest part that is taken in behind them, whether all begins anew
STEPS = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 30), st.booleans()), min_size=1, max_size=12)


def journal(seed: int, tickets: int, customers: int) -> list[JournalLine]:
    """Tickets of few customers in random order, some without a group, with lines that say who left."""
    random = Random(seed)
    _, lines = history(tickets, seed)
    found = []
    for line in lines:
        body = dict(line.body)
        if name := str(body.get("customer", "")):
            body["customer"] = f"c:{int(name.rsplit(':', 1)[1]) % customers}"
        if "arm" in body and len(line.ticket) % 3 == 0:
            body["arm"] = ""
        found.append(replace(line, body=body))
    found = mixed(found, random)
    for _ in range(random.randrange(4)):
        at = START + timedelta(hours=random.randrange(24 * DAYS))
        body = {"customer": f"c:{random.randrange(customers + 1)}", "at": at.isoformat()}
        found.insert(random.randrange(len(found) + 1), JournalLine(0, at, "customer.churned", "", body, ""))
    return found


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database; each example has a copy of it, since a journal cannot be emptied."""
    file = tmp_path_factory.mktemp("rollups") / "empty.db"
    engine = connect(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 5), STEPS, st.integers(0, 60 * 24 * DAYS))
def test_whatever_is_cut_where_what_is_kept_is_what_a_recomputation_finds(
    migrated: Path, seed: int, tickets: int, customers: int, steps: list[Step], minute: int
) -> None:
    with TemporaryDirectory() as folder:
        file = copyfile(migrated, Path(folder) / "desk.db")
        database = connect(f"sqlite:///{file}")
        try:
            _hold(database, journal(seed, tickets, customers), steps, START + timedelta(minutes=minute))
        finally:
            database.dispose()


def _hold(database: sa.Engine, lines: list[JournalLine], steps: list[Step], now: datetime) -> None:
    store = SqlStore(database, nothing)
    rollups, place = RollUps(database, "1", WINDOW), 0
    for many, part, anew in steps:
        write(store, lines[place : place + many])
        place += many
        if part:
            rollups.absorb(part)
        if anew:
            rollups.rebuild()
    event("begun anew" if any(anew for _, _, anew in steps) else "never begun anew")
    write(store, lines[place:])
    all_of(rollups)
    assert kept(database) == recomputed(lines)

    found = entries(lines, WINDOW)
    left = {
        line.body["customer"]: datetime.fromisoformat(line.body["at"])
        for line in lines
        if line.kind == "customer.churned"
    }
    assert rollups.churn(now) == churn(found, left, now)
    since, until = "2026-01-01", (now + timedelta(days=5)).date().isoformat()
    for by in (None, *By):
        for name in {name for one in found for name in groups(one, by)} if by else {""}:
            first: Sums = {}
            second: Sums = {}
            for one in (one for one in found if by is None or name in groups(one, by)):
                if one.came_at.date().isoformat() <= until:
                    add(first, came(one))
                if one.closed_at and one.closed_at.date().isoformat() <= until:
                    add(second, closed(one, WINDOW, mature=one.mature(now, WINDOW)))
            assert rollups.came(since, until, by, name) == first
            assert rollups.closed(since, until, now, by, name) == second
