"""What agents whispered, on every database."""

from dataclasses import replace

from tests.storage.values import HOUR, NOW, TICKET

from deskhand.domain.guidance import Guidance
from deskhand.infrastructure.storage.store import SqlStore

ONE = Guidance("g1", TICKET, "ana", "Be kind.", "", NOW)
OTHER = Guidance("g2", TICKET, "tom", "", "refund-status", NOW + HOUR)


def test_whispers_stand_on_their_ticket_in_order_until_they_are_withdrawn(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.guidance.add(ONE)
        assert tx.guidance.add(OTHER)
        assert not tx.guidance.add(replace(ONE, text="Be harsh."))
    with store.begin() as tx:
        assert list(tx.guidance.standing(TICKET)) == [ONE, OTHER]
        assert list(tx.guidance.standing("zendesk:ticket:8")) == []
        assert not tx.guidance.withdraw("zendesk:ticket:8", "g1", "ana", NOW)
        assert tx.guidance.withdraw(TICKET, "g1", "ana", NOW)
        assert not tx.guidance.withdraw(TICKET, "g1", "ana", NOW)
        assert list(tx.guidance.standing(TICKET)) == [OTHER]


def test_a_procedure_is_for_the_message_that_took_it_up_first(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.guidance.add(OTHER)
        tx.guidance.take_up("g2", "m1")
        tx.guidance.take_up("g2", "m2")
        assert [one.message for one in tx.guidance.standing(TICKET)] == ["m1"]
