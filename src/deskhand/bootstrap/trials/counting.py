"""What counting costs: a made-up journal of many tickets, on a database that is thrown away."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from deskhand.bootstrap.numbers.numbers import Asked, Counting
from deskhand.bootstrap.trials.journal import Line, fill_journal
from deskhand.infrastructure.storage.database import connect, exclusive
from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.measurement.sums import By
from deskhand.settings import Settings

PROCEDURES = tuple(f"procedure-{number}" for number in range(20))
YEAR = 365 * 86_400


def counting_trial(settings: Settings, folder: Path, tickets: int, now: datetime, openings: int) -> dict[str, float]:
    """Figures: seconds to count everything, size, milliseconds to open a dashboard, and to count one message more."""
    url = f"sqlite:///{folder / 'trial.sqlite'}"
    database = connect(url)
    migrate(database)
    lines = fill_journal(database, _tickets(tickets, now))
    with database.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    counting = Counting(replace(settings, database_url=url), database)
    size = (folder / "trial.sqlite").stat().st_size
    began, worked = time.perf_counter(), time.process_time()
    for _ in counting.count_anew():
        pass
    found: dict[str, float] = {"tickets": tickets, "lines": lines, "build_s": time.perf_counter() - began}
    found |= {"build_cpu_s": time.process_time() - worked}
    with database.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    found |= {"journal_mb": size / 1e6, "rollups_mb": (folder / "trial.sqlite").stat().st_size / 1e6 - size / 1e6}
    for days in (30, 90, 0):
        worked = time.process_time()
        # Each at a moment of its own: what was looked at for the one before does not serve the next.
        taken = sorted(_opened(counting, days, now + timedelta(seconds=number)) for number in range(openings))
        found[f"opening_{days or 'all'}_cpu_ms"] = 1000 * (time.process_time() - worked) / openings
        found[f"opening_{days or 'all'}_p50_ms"] = taken[len(taken) // 2]
        found[f"opening_{days or 'all'}_p95_ms"] = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    more = []
    for number in range(openings):
        with exclusive(database) as connection:
            journal = SqlJournal(connection)
            for at, kind, ticket, body in lines_of(Random(number), tickets + number, now):
                journal.append(kind, ticket, body, at)
        began = time.perf_counter()
        counting.rollups.absorb()
        more.append(1000 * (time.perf_counter() - began))
    found["update_p50_ms"] = sorted(more)[len(more) // 2]
    database.dispose()
    return found


def _opened(counting: Counting, days: int, now: datetime) -> float:
    """All that the dashboard's numbers read."""
    began, asked = time.perf_counter(), Asked(days, By.PROCEDURE)
    counting.rollups.catch_up(1)
    counting.numbers(asked, now)
    counting.apart(asked, now)
    counting.by_day(Asked(days or 90), now)
    return 1000 * (time.perf_counter() - began)


def _tickets(tickets: int, now: datetime) -> Iterator[Line]:
    """Over one year, each ticket's lines together."""
    random = Random(1)
    for number in range(tickets):
        yield from lines_of(random, number, now - timedelta(seconds=random.randrange(YEAR)))


def lines_of(random: Random, number: int, at: datetime) -> Iterator[Line]:
    """A made-up ticket that begins at this moment, and is closed at the end."""
    ticket, message = f"zendesk:ticket:{number}", "1"
    yield at, "message.received", ticket, {"message": message, "channel": "email", "received_at": at.isoformat()}
    at += timedelta(seconds=random.choice((1, 2, 3, 20, 300)), milliseconds=random.randrange(1000))
    considered: dict[str, object] = {
        "message": message,
        "tier": random.choice(("free", "pro")),
        "way": "commit",
        "refused": [],
    }
    yield at, "message.considered", ticket, considered
    handed = random.random() < 0.2
    body: dict[str, object] = {"message": message, "outcome": "handed_off" if handed else "resolved"}
    body |= {"stage": "autonomous", "procedures": [random.choice(PROCEDURES)], "language": random.choice(("en", "de"))}
    body |= {"customer": f"crm:customer:{number // 2}", "verified": True, "thanks": False, "automatic": False}
    body |= {"unknown": False, "actions": [], "citations": 1, "timings_ms": {"total": random.randrange(5, 60)}}
    if handed:
        body["handoff"] = {"queue": "support", "reason": random.choice(("asked", "rule")), "completeness": 1.0}
    yield at, "message.ended", ticket, body
    if handed:
        at += timedelta(minutes=random.randrange(5, 600))
        yield at, "agent.answered", ticket, {"message": "2", "sent_at": at.isoformat(), "meaningful": True}
    at += timedelta(hours=72)
    yield at, "ticket.closed", ticket, {"by": "timer", "why": "quiet", "waiting": False}
    if random.random() < 0.2:
        yield at, "csat.given", ticket, {"score": random.randrange(1, 6), "owner": "assistant", "words": False}
