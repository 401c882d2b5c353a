"""One-time codes as the store keeps them, on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.storage.values import HOUR, NOW, RESULT, TICKET, effect

from deskhand.domain.effect import EffectState
from deskhand.domain.one_time_code import Attempt, CodeState, IssuedCode, Presented
from deskhand.infrastructure.one_time_codes import HmacCodes
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.storage.tables import metadata

SOON = NOW + timedelta(minutes=10)
LATER = NOW + timedelta(minutes=30)
OTHER = "zendesk:ticket:8"
CODE = IssuedCode("code/7/m1", TICKET, "stripe:customer:cus_1", "m1", "seed", NOW, SOON)
PROOF = Attempt(TICKET, "m2", CODE.key, CODE.customer, Presented.PROVEN, "m1", 0, NOW, LATER)


def issued(store: SqlStore, *codes: IssuedCode) -> None:
    with store.begin() as tx:
        for code in codes:
            tx.identity.issue(code)


def test_one_code_is_open_on_a_ticket(store: SqlStore) -> None:
    newer = replace(CODE, key="code/7/m3", message="m3", seed="another")
    elsewhere = replace(CODE, key="code/8/m1", ticket=OTHER)
    issued(store, CODE, elsewhere, newer)
    with store.begin() as tx:
        assert tx.identity.code(CODE.key) == replace(CODE, state=CodeState.REPLACED)
        assert tx.identity.latest(TICKET) == newer
        assert tx.identity.first(TICKET) == replace(CODE, state=CodeState.REPLACED)
        assert tx.identity.latest("zendesk:ticket:9") is None
        assert list(tx.identity.elsewhere(TICKET, NOW)) == [elsewhere]
        assert list(tx.identity.elsewhere(TICKET, SOON)) == []


def test_codes_are_counted_by_ticket_and_by_customer(store: SqlStore) -> None:
    issued(store, CODE, *(replace(CODE, key=f"code/8/m{n}", ticket=OTHER) for n in (1, 2)))
    with store.begin() as tx:
        before = NOW - HOUR
        assert tx.identity.issued(TICKET, CODE.customer, before) == 3
        assert tx.identity.issued(TICKET, "stripe:customer:cus_2", before) == 1
        assert tx.identity.issued(TICKET, "", before) == 1
        assert tx.identity.issued(TICKET, CODE.customer, NOW) == 0


def test_a_code_is_sent_once(store: SqlStore) -> None:
    issued(store, CODE)
    with store.begin() as tx:
        assert tx.identity.sent(CODE.key, NOW)
        assert not tx.identity.sent(CODE.key, LATER)


def test_a_proof_is_told_to_other_tickets_with_its_channel_and_who_vouched_there(store: SqlStore) -> None:
    issued(store, CODE)
    with store.begin() as tx:
        tx.tickets.next_turn(TICKET, "email")
        tx.identity.note(PROOF, None)
        tx.results.put(TICKET, PROOF.message, RESULT, customer=CODE.customer, at=NOW, verified=True)
    with store.begin() as tx:
        assert list(tx.identity.proofs_elsewhere(OTHER, CODE.customer, NOW)) == [("email", True)]
        assert list(tx.identity.proofs_elsewhere(TICKET, CODE.customer, NOW)) == []
        assert list(tx.identity.proofs_elsewhere(OTHER, "stripe:customer:cus_2", NOW)) == []
        assert list(tx.identity.proofs_elsewhere(OTHER, "", NOW)) == []
        assert list(tx.identity.proofs_elsewhere(OTHER, CODE.customer, LATER)) == []
        tx.results.put(TICKET, PROOF.message, RESULT, customer=CODE.customer, at=NOW, verified=False)
        assert list(tx.identity.proofs_elsewhere(OTHER, CODE.customer, NOW)) == [("email", False)]


def test_a_proof_holds_on_its_ticket_for_its_customer_and_for_its_time(store: SqlStore) -> None:
    issued(store, CODE)
    with store.begin() as tx:
        tx.identity.note(PROOF, replace(CODE, state=CodeState.USED))
        assert tx.identity.attempt(TICKET, "m2") == PROOF
        assert tx.identity.latest(TICKET) == replace(CODE, state=CodeState.USED)
        assert tx.identity.proven(TICKET, CODE.customer, "m9", NOW)
        assert tx.identity.proven(TICKET, CODE.customer, "m2", LATER)
        assert not tx.identity.proven(TICKET, CODE.customer, "m9", LATER)
        assert not tx.identity.proven(TICKET, CODE.customer, "m1", NOW - HOUR)
        assert not tx.identity.proven(TICKET, "stripe:customer:cus_2", "m2", NOW)
        assert not tx.identity.proven(OTHER, CODE.customer, "m2", NOW)
        assert not tx.identity.proven(TICKET, "", "m2", NOW)


@pytest.mark.parametrize("outcome", [one for one in Presented if one is not Presented.PROVEN])
def test_no_other_outcome_proves_anything(store: SqlStore, outcome: Presented) -> None:
    issued(store, CODE)
    with store.begin() as tx:
        tx.identity.note(replace(PROOF, outcome=outcome), None)
        assert not tx.identity.proven(TICKET, CODE.customer, "m2", NOW)


def test_a_message_is_judged_once(store: SqlStore) -> None:
    issued(store, CODE)
    with store.begin() as tx:
        tx.identity.note(PROOF, None)
        with pytest.raises(AssertionError):
            tx.identity.note(replace(PROOF, outcome=Presented.WRONG), None)


def test_signs_of_a_take_over_are_told_of_the_customer_and_of_the_ticket(store: SqlStore) -> None:
    other = replace(CODE, key="code/8/m1", ticket=OTHER, customer="stripe:customer:cus_2")
    issued(store, CODE, other)
    spent = replace(PROOF, message="m3", outcome=Presented.SPENT, until=None)
    foreign = replace(PROOF, message="m4", outcome=Presented.FOREIGN, code=other.key, until=None)
    with store.begin() as tx:
        assert list(tx.identity.signals(TICKET, CODE.customer, NOW - HOUR)) == []
        tx.identity.note(spent, None)
        tx.identity.note(foreign, None)
        for where in (TICKET, "zendesk:ticket:9"):
            assert list(tx.identity.signals(where, CODE.customer, NOW - HOUR)) == ["foreign_code", "wrong_codes"]
        assert list(tx.identity.signals("zendesk:ticket:9", other.customer, NOW - HOUR)) == ["foreign_code"]
        assert list(tx.identity.signals("zendesk:ticket:9", "", NOW - HOUR)) == []
        assert list(tx.identity.signals(TICKET, CODE.customer, NOW)) == []


def test_another_customer_on_the_ticket_and_a_changed_address_are_signs(store: SqlStore) -> None:
    moved = replace(effect("email/7/cus_1", customer="stripe:customer:cus_1"), action="change_email")
    with store.begin() as tx:
        tx.results.put(TICKET, "m1", RESULT, customer="stripe:customer:cus_2", at=NOW)
        tx.ledger.reserve(moved)
        both = ["contact_changed", "several_customers"]
        assert list(tx.identity.signals(TICKET, CODE.customer, NOW - HOUR)) == both
        assert list(tx.identity.signals(OTHER, CODE.customer, NOW - HOUR)) == ["contact_changed"]
        assert list(tx.identity.signals(OTHER, "stripe:customer:cus_2", NOW - HOUR)) == []
        tx.ledger.settle(replace(moved, state=EffectState.DECLINED, reason="no"))
        assert list(tx.identity.signals(OTHER, CODE.customer, NOW - HOUR)) == []


def test_no_table_holds_a_code(store: SqlStore, database: sa.Engine) -> None:
    codes = HmacCodes(b"k" * 32)
    issued(store, CODE)
    digits = codes.digits(CODE)
    with database.connect() as connection:
        rows = [str(row) for table in metadata.tables.values() for row in connection.execute(sa.select(table))]
    assert not any(digits in row for row in rows)
