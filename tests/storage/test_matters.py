"""Who claimed a matter, on every database."""

from dataclasses import replace
from datetime import timedelta

from tests.storage.values import HOUR, NOW, TICKET

from deskhand.domain.matter import Claim, Matter
from deskhand.infrastructure.storage.store import SqlStore

CLAIM = Claim("stripe:customer:cus_1", TICKET, "m1", "email", Matter(("refund",), {"order": "7"}, ()), "", NOW)


def test_a_message_claims_once_and_old_claims_are_erased(store: SqlStore) -> None:
    later = replace(CLAIM, ticket="zendesk:ticket:8", at=NOW + HOUR)
    with store.begin() as tx:
        assert tx.matters.claim(CLAIM)
        assert not tx.matters.claim(replace(CLAIM, at=NOW + HOUR))
        assert tx.matters.claim(later)
    with store.begin() as tx:
        assert list(tx.matters.claimed(CLAIM.customer, NOW)) == [CLAIM, later]
        assert list(tx.matters.claimed(CLAIM.customer, NOW + timedelta(minutes=1))) == [later]
        assert list(tx.matters.claimed("stripe:customer:cus_2", NOW)) == []
        tx.matters.forget(NOW + HOUR)
        assert list(tx.matters.claimed(CLAIM.customer, NOW)) == [later]
