"""Handoffs that wait: one for a ticket, warned of once, ended once, on every database."""

from datetime import timedelta

from tests.storage.values import NOW, TICKET

from deskhand.domain.waiting import Waiting
from deskhand.infrastructure.storage.store import SqlStore

HOUR = timedelta(hours=1)
FIRST = Waiting(TICKET, "m1", "billing", "ana", NOW, NOW + HOUR, NOW + 2 * HOUR)


def test_a_handoff_is_added_once_and_read_as_it_was_written(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.awaiting.add(FIRST)
        assert not tx.awaiting.add(Waiting(TICKET, "m1", "support", "tom", NOW))
    with store.begin() as tx:
        assert tx.awaiting.open(TICKET) == FIRST
        assert tx.awaiting.open("zendesk:ticket:other") is None


def test_a_newer_one_of_a_ticket_takes_the_place_of_the_older(store: SqlStore) -> None:
    newer = Waiting(TICKET, "m2", "support", "", NOW + HOUR)
    with store.begin() as tx:
        tx.awaiting.add(FIRST)
        tx.awaiting.add(newer)
        assert tx.awaiting.open(TICKET) == newer
        assert tx.awaiting.waiting() == [newer]
        assert not tx.awaiting.breached(TICKET, "m1", NOW + HOUR)


def test_each_is_warned_of_breached_and_ended_once(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.awaiting.add(FIRST)
    with store.begin() as tx:
        assert tx.awaiting.warned(TICKET, "m1", NOW)
        assert not tx.awaiting.warned(TICKET, "m1", NOW)
        assert tx.awaiting.breached(TICKET, "m1", NOW)
        assert not tx.awaiting.breached(TICKET, "m1", NOW)
        assert tx.awaiting.end(TICKET, "agent", NOW)
        assert not tx.awaiting.end(TICKET, "agent", NOW)
        assert not tx.awaiting.warned(TICKET, "m1", NOW)
        assert not tx.awaiting.add(FIRST)
        assert tx.awaiting.open(TICKET) is None


def test_load_counts_what_is_open_by_whose_it_is_now(store: SqlStore) -> None:
    with store.begin() as tx:
        for number, person in enumerate(["ana", "ana", "tom", ""]):
            tx.awaiting.add(Waiting(f"zendesk:ticket:{number}", "m1", "billing", person, NOW + number * HOUR))
        assert tx.awaiting.load() == {"ana": 2, "tom": 1}
        tx.awaiting.give_to("zendesk:ticket:1", "mei")
        tx.awaiting.end("zendesk:ticket:2", "agent", NOW)
        assert tx.awaiting.load() == {"ana": 1, "mei": 1}
        assert [one.ticket for one in tx.awaiting.waiting()] == [f"zendesk:ticket:{n}" for n in (0, 1, 3)]


def test_one_that_was_given_back_waits_again_on_its_former_clock_and_no_other_one_does(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.awaiting.add(FIRST)
        assert tx.awaiting.reopen(TICKET, "m1", "support", "tom") is None
        tx.awaiting.end(TICKET, "given back", NOW + HOUR)
        again = Waiting(TICKET, "m1", "support", "tom", FIRST.at, FIRST.due, FIRST.promised)
        assert tx.awaiting.reopen(TICKET, "m1", "support", "tom") == again
        assert tx.awaiting.open(TICKET) == again
        tx.awaiting.end(TICKET, "agent", NOW + HOUR)
        assert tx.awaiting.reopen(TICKET, "m1", "support", "tom") is None
