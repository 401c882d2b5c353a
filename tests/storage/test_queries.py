"""What screens read."""

from dataclasses import replace

import sqlalchemy as sa
from tests.storage.values import HOUR, NOW, RESULT, SUGGESTION

from deskhand.domain.outcome import RunOutcome
from deskhand.infrastructure.storage import queries
from deskhand.infrastructure.storage.queries import TicketRow
from deskhand.infrastructure.storage.store import SqlStore


def test_the_queue_shows_the_last_changed_ticket_first_with_its_newest_outcome(
    store: SqlStore, database: sa.Engine
) -> None:
    with store.begin() as tx:
        for place, ticket in enumerate(("t:t:1", "t:t:2", "t:t:3")):
            tx.tickets.next_turn(ticket, "chat")
            tx.journal.append("message.received", ticket, {}, NOW + place * HOUR)
        tx.tickets.give_to("t:t:1", "ada")
        tx.results.put("t:t:3", "m1", replace(RESULT, outcome=RunOutcome.ASKED), customer="", at=NOW)
        tx.results.put("t:t:3", "m2", RESULT, customer="", at=NOW)
    third = TicketRow("t:t:3", "chat", "assistant", 1, "resolved", NOW + 2 * HOUR)
    second = TicketRow("t:t:2", "chat", "assistant", 1, None, NOW + HOUR)
    first = TicketRow("t:t:1", "chat", "ada", 1, None, NOW)
    with database.connect() as connection:
        assert queries.tickets(connection) == [third, second, first]
        assert queries.tickets(connection, limit=1) == [third]
        assert queries.tickets(connection, before=third.changed_at) == [second, first]
        assert queries.tickets(connection, owner="ada") == [first]


def test_pending_suggestions_are_read_without_a_transaction(store: SqlStore, database: sa.Engine) -> None:
    with store.begin() as tx:
        tx.suggestions.add(SUGGESTION)
    with database.connect() as connection:
        assert list(queries.pending(connection)) == [SUGGESTION]


def test_reading_does_not_wait_for_a_writer(store: SqlStore, database: sa.Engine) -> None:
    with store.begin() as tx:
        tx.tickets.next_turn("t:t:1", "chat")
        with database.connect() as connection:
            assert queries.tickets(connection) == []
