"""A desk with a long past: closed tickets of one year in every table that keeps them, for databases that are thrown
away."""

import heapq
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from random import Random

import sqlalchemy as sa

from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.opening import open_desk
from deskhand.bootstrap.systems.systems import Tell
from deskhand.bootstrap.trials.counting import YEAR, lines_of
from deskhand.bootstrap.trials.journal import Line, fill_journal
from deskhand.domain.outcome import ModelUse, RunOutcome, RunResult, ToldRequest
from deskhand.infrastructure.engine.lock import hold
from deskhand.infrastructure.storage import tables
from deskhand.infrastructure.storage.columns import written
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.tickets import ASSISTANT
from deskhand.infrastructure.typed_json import codec
from deskhand.settings import Settings

AT_ONCE = 10_000  # tickets in one transaction
AGENTS = 20  # who took one ticket in five, and have it still
WORDS = ("the export of my report", "an invoice of last month", "my password", "a seat for a colleague", "a refund")
Row = Mapping[str, object]


def fill_history(database: sa.Engine, tickets: int, now: datetime) -> int:
    """Into a database whose journal is empty; how many lines it has afterwards. Two tickets are one customer's."""
    lines = fill_journal(database, _in_order(tickets, now))
    numbers = iter(range(tickets))
    while part := list(islice(numbers, AT_ONCE)):
        rows: dict[str, list[Row]] = {}
        for number in part:
            for name, row in _rows(number, _began(number, tickets, now)):
                rows.setdefault(name, []).append(row)
        with exclusive(database) as connection:
            for name, some in rows.items():
                plain = sa.table(name, *(sa.column(one) for one in some[0]))  # values are as the columns keep them
                connection.execute(sa.insert(plain), some)
    return lines


def ticket_of(number: int) -> str:
    return f"zendesk:ticket:{number}"


def customer_of(number: int) -> str:
    return f"crm:customer:{number // 2}"


@contextmanager
def asking_only(settings: Settings, tell: Tell) -> Iterator[Installation]:
    """The desk as a process has it that does not work it: nothing goes on beside what is asked."""
    with hold(settings.state / "desk.sqlite.lock"), open_desk(settings, tell=tell) as installation:
        yield installation


def _began(number: int, tickets: int, now: datetime) -> datetime:
    return now - timedelta(seconds=YEAR * (1 - number / tickets))


def _lines(number: int, began: datetime) -> list[Line]:
    return list(lines_of(Random(number), number, began))


def _in_order(tickets: int, now: datetime) -> Iterator[Line]:
    """As a journal is written: in the order of their times, many tickets beside each other."""
    waiting: list[tuple[datetime, int, int, Line]] = []
    for number in range(tickets):
        began = _began(number, tickets, now)
        while waiting and waiting[0][0] <= began:
            yield heapq.heappop(waiting)[-1]
        for place, line in enumerate(_lines(number, began)):
            heapq.heappush(waiting, (line[0], number, place, line))
    while waiting:
        yield heapq.heappop(waiting)[-1]


def _rows(number: int, began: datetime) -> Iterator[tuple[str, Row]]:
    lines, ticket, customer, about = _lines(number, began), ticket_of(number), customer_of(number), _about(number)
    ended = next(line for line in lines if line[1] == "message.ended")
    closed = next(line[0] for line in lines if line[1] == "ticket.closed")
    at, outcome = written(ended[0]), str(ended[3]["outcome"])
    same = {"ticket": ticket, "message": "1"}
    yield (
        tables.tickets.ticket.name,
        {
            "ticket": ticket,
            "channel": "email",
            "turns": 1,
            "owner": f"agent-{number % AGENTS}" if "handoff" in ended[3] else ASSISTANT,
            "changed_at": written(lines[-1][0]),
            "name": f"Customer {number // 2}",
            "about": about,
            "language": str(ended[3]["language"]),
            "closed_at": written(closed),
        },
    )
    filed = {"source": "zendesk", "id": f"delivery-{number}", "channel": "email", "received_at": written(began)}
    yield tables.tickets.inbox.name, same | filed
    ending = {"outcome": outcome, "result": _result(about, outcome), "customer": customer, "verified": True, "at": at}
    yield tables.tickets.result.name, same | ending
    if "handoff" in ended[3]:
        handed = {"queue": "support", "person": "", "at": at, "ended_at": written(closed), "ended_by": "agent"}
        yield tables.tickets.handoff.name, same | handed
    said = {"key": f"reply/{ticket}/1", "ticket": ticket, "customer": customer, "action": "reply", "subject": ticket}
    yield tables.effects.effect.name, {**said, "args": "{}", "alone": False, "state": "done", "at": at, "reason": ""}


def _about(number: int) -> str:
    return (
        f"Hello, I have a question about {WORDS[number % len(WORDS)]}, can you help me with it? It is number {number}."
    )


def _result(about: str, outcome: str) -> str:
    told = RunResult(
        outcome=RunOutcome(outcome),
        reply="Thank you for writing to us. " * 10,
        language="en",
        requests=(ToldRequest(about, None),),
        actions=(),
        citations=(),
        handoff=None,
        model=ModelUse(),
        timings_ms={"total": 40.0},
    )
    return codec(RunResult).dump(told)
