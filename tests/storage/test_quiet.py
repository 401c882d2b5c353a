"""Which tickets have been quiet for long, on every database."""

from collections.abc import Sequence
from datetime import timedelta

from tests.storage.values import HOUR, NOW, TICKET

from deskhand.infrastructure.storage.store import SqlStore


def quiet(store: SqlStore, after: timedelta) -> Sequence[str]:
    with store.begin() as tx:
        return list(tx.tickets.quiet(NOW + after, NOW + after - HOUR, 10))


def write(store: SqlStore, after: timedelta = timedelta()) -> None:
    with store.begin() as tx:
        tx.tickets.next_turn(TICKET, "email")
        tx.journal.append("message.received", TICKET, {}, NOW + after)


def test_a_ticket_is_quiet_until_somebody_writes_it_is_put_aside_or_it_closes(store: SqlStore) -> None:
    write(store)
    assert quiet(store, HOUR - timedelta(microseconds=1)) == []
    assert quiet(store, HOUR) == [TICKET]
    with store.begin() as tx:
        tx.tickets.look_again(TICKET, NOW + 3 * HOUR)
    assert (quiet(store, 2 * HOUR), quiet(store, 3 * HOUR)) == ([], [TICKET])
    with store.begin() as tx:
        tx.tickets.close(TICKET, NOW + 3 * HOUR)
    assert quiet(store, 9 * HOUR) == []
    write(store, 10 * HOUR)
    assert (quiet(store, 10 * HOUR), quiet(store, 11 * HOUR)) == ([], [TICKET])


def test_what_no_customer_wrote_on_is_no_ticket(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.tickets.give_to(TICKET, "queue:support")
        tx.journal.append("ticket.given", TICKET, {}, NOW)
    assert quiet(store, 9 * HOUR) == []
