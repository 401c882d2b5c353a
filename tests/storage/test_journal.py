"""The journal: only added to, chained, and telling where it was touched."""

from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa
from tests.storage.values import NOW, TICKET

from deskhand.domain.journal_line import Broken, ProvedPart, Sought, Verified
from deskhand.domain.money import Money
from deskhand.infrastructure.storage import journal
from deskhand.infrastructure.storage.journal import FIRST
from deskhand.infrastructure.storage.queries import timeline
from deskhand.infrastructure.storage.store import SqlStore

OTHER = "zendesk:ticket:8"


def write(store: SqlStore, lines: int) -> None:
    for number in range(lines):
        with store.begin() as tx:
            ticket = TICKET if number % 2 else OTHER
            tx.journal.append("message.received", ticket, {"number": number, "say": "naïve ✓"}, NOW)


def change(database: sa.Engine, statement: str) -> None:
    """As somebody would who may do anything to the database."""
    drops = ["drop trigger journal_refuses_update", "drop trigger journal_refuses_delete"]
    if database.dialect.name == "postgresql":
        drops = ["drop trigger journal_refuses_changes on journal"]
    with database.begin() as connection:
        for sql in (*drops, statement):
            connection.execute(sa.text(sql))


def verify(database: sa.Engine) -> Verified | Broken:
    with database.connect() as connection:
        return journal.verify(connection)


def test_lines_are_numbered_from_one_and_come_back_as_they_were(store: SqlStore, database: sa.Engine) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-7)))
    with store.begin() as tx:
        assert tx.journal.append("effect.done", TICKET, {"amount": Money(2900, "USD"), "of": ("a", None)}, there) == 1
        assert tx.journal.append("message.ended", TICKET, {}, NOW) == 2
    with database.connect() as connection:
        first, second = journal.lines(connection)
    assert (first.seq, first.at, first.kind, first.ticket) == (1, NOW, "effect.done", TICKET)
    assert first.body == {"amount": {"minor": 2900, "currency": "USD"}, "of": ["a", None]}
    assert (second.seq, second.body) == (2, {})


def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    with store.begin() as tx, pytest.raises(ValueError, match="time zone"):
        tx.journal.append("message.received", TICKET, {}, NOW.replace(tzinfo=None))


def test_lines_are_found_by_number_ticket_and_kind(store: SqlStore, database: sa.Engine) -> None:
    write(store, 6)
    with store.begin() as tx:
        tx.journal.append("message.ended", TICKET, {}, NOW)
    with database.connect() as connection:
        assert [line.seq for line in journal.lines(connection, 2, 3)] == [3, 4, 5]
        assert [line.seq for line in journal.lines(connection, ticket=TICKET)] == [2, 4, 6, 7]
        assert [line.seq for line in journal.lines(connection, kinds=["message.ended"])] == [7]
        assert [line.seq for line in journal.last(connection, 2, ticket=TICKET)] == [6, 7]
        assert [line.seq for line in timeline(connection, OTHER)] == [1, 3, 5]


def test_a_whole_journal_is_verified(store: SqlStore, database: sa.Engine) -> None:
    assert verify(database) == Verified(0, FIRST)
    write(store, 3)
    with database.connect() as connection:
        newest = journal.last(connection, 1)[0]
    assert verify(database) == Verified(3, newest.hash)


def test_a_rolled_back_line_leaves_no_gap(store: SqlStore, database: sa.Engine) -> None:
    write(store, 1)
    with pytest.raises(RuntimeError):
        append_and_fail(store)
    write(store, 1)
    assert isinstance(verify(database), Verified)


def append_and_fail(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.journal.append("message.received", TICKET, {}, NOW)
        raise RuntimeError


@pytest.mark.parametrize("statement", ["update journal set kind = 'x' where seq = 2", "delete from journal"])
def test_the_database_refuses_to_change_a_line(store: SqlStore, database: sa.Engine, statement: str) -> None:
    write(store, 3)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.begin() as connection:
        connection.execute(sa.text(statement))
    assert isinstance(verify(database), Verified)


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set body = replace(body, '2', '9') where seq = 3",
        "update journal set kind = 'message.ended' where seq = 3",
        "update journal set ticket = 'zendesk:ticket:9' where seq = 3",
        "update journal set at = '2026-03-01T12:30:15.123457Z' where seq = 3",
        "update journal set hash = (select hash from journal where seq = 2) where seq = 3",
    ],
)
def test_a_changed_line_is_named(store: SqlStore, database: sa.Engine, statement: str) -> None:
    write(store, 5)
    change(database, statement)
    proof = verify(database)
    assert isinstance(proof, Broken)
    assert proof.seq == 3
    assert "does not fit" in proof.why


def test_a_removed_line_is_named(store: SqlStore, database: sa.Engine) -> None:
    write(store, 5)
    change(database, "delete from journal where seq = 3")
    assert verify(database) == Broken(3, "the line is missing")


def test_a_long_journal_is_verified_page_by_page(store: SqlStore, database: sa.Engine) -> None:
    with store.begin() as tx:
        for number in range(2100):
            tx.journal.append("message.received", TICKET, {"number": number}, NOW)
    assert isinstance(proof := verify(database), Verified)
    assert proof.lines == 2100
    change(database, "update journal set body = '{}' where seq = 2001")
    assert isinstance(broken := verify(database), Broken)
    assert broken.seq == 2001


def test_a_transaction_reads_lines_of_a_ticket_and_the_newest_of_a_kind(store: SqlStore) -> None:
    write(store, 4)
    with store.begin() as tx:
        assert tx.journal.newest("ticket.given") is None
        tx.journal.append("ticket.given", TICKET, {"to": "ana"}, NOW)
        tx.journal.append("ticket.given", OTHER, {"to": "ben"}, NOW)
        newest = tx.journal.newest("ticket.given")
        both = tx.journal.of_ticket(TICKET, {"message.received", "ticket.given"})

        assert newest is not None
        assert (newest.ticket, newest.body) == (OTHER, {"to": "ben"})
        assert [(one.kind, one.seq) for one in both] == [
            ("message.received", 2),
            ("message.received", 4),
            ("ticket.given", 5),
        ]
        assert [one.seq for one in tx.journal.of_ticket(TICKET, {"ticket.given"})] == [5]


def test_a_chain_is_verified_in_parts(store: SqlStore, database: sa.Engine) -> None:
    write(store, 7)
    steps: list[ProvedPart] = []
    after, link = 0, FIRST
    with database.connect() as connection:
        while not (steps and steps[-1].whole):
            part = journal.verify_on(connection, after, link, 3)
            assert isinstance(part, ProvedPart)
            steps.append(part)
            after, link = part.upto, part.hash
    assert [one.upto for one in steps] == [3, 6, 7]
    assert verify(database) == Verified(7, steps[-1].hash)


def test_a_part_of_a_chain_tells_the_line_that_was_changed(store: SqlStore, database: sa.Engine) -> None:
    write(store, 7)
    with database.connect() as connection:
        first = journal.verify_on(connection, 0, FIRST, 3)
    assert isinstance(first, ProvedPart)
    change(database, "update journal set kind = 'other' where seq = 5")
    with database.connect() as connection:
        broken = journal.verify_on(connection, first.upto, first.hash, 3)
    assert isinstance(broken, Broken)
    assert broken.seq == 5


def test_lines_are_looked_for_by_all_that_is_asked(store: SqlStore, database: sa.Engine) -> None:
    with store.begin() as tx:
        tx.journal.append("desk.paused", "", {"by": "ana", "why": 'Naïve "words" 100% _ \\'}, NOW)
        tx.journal.append("ticket.given", TICKET, {"by": "tom", "to": "ana"}, NOW + timedelta(hours=1))
        tx.journal.append("ticket.given", OTHER, {"by": "assistant", "person": "ana"}, NOW + timedelta(hours=2))
    asked = {
        Sought(): [3, 2, 1],
        Sought(kind="ticket.given"): [3, 2],
        Sought(ticket=TICKET): [2],
        Sought(person="ana"): [3, 1],
        Sought(words='"words" 100%'): [1],
        Sought(words="WORDS"): [1],
        Sought(words="_ \\"): [1],
        Sought(words="w_rds"): [],
        Sought(since=NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)): [2],
        Sought(kind="ticket.given", person="tom"): [2],
    }
    with database.connect() as connection:
        for sought, numbers in asked.items():
            assert [line.seq for line in journal.found(connection, sought, 10)] == numbers, sought
        assert [line.seq for line in journal.found(connection, Sought(), 2, before=3)] == [2, 1]
        assert [line.seq for line in journal.found(connection, Sought(), 2, after=1)] == [2, 3]
        assert journal.kinds(connection) == ["desk.paused", "ticket.given"]


@pytest.mark.parametrize("hours", range(-1, 9))
def test_the_last_line_before_a_moment_is_found_by_halves(store: SqlStore, database: sa.Engine, hours: int) -> None:
    for number in range(7):
        with store.begin() as tx:
            tx.journal.append("message.ended", TICKET, {}, NOW + timedelta(hours=number))
    with database.connect() as connection:
        assert journal.number_before(connection, NOW + timedelta(hours=hours)) == min(max(hours, 0), 7)
