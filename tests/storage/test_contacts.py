"""Contacts and opt-outs: filed once, settled once, counted by the ledger; and opt-outs that count at once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.domain.action import Receipt
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.finding import Value
from deskhand.domain.money import Money
from deskhand.domain.outreach import CONTACT, Contact, ContactState, key_of
from deskhand.infrastructure.storage.store import SqlStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MAYA, LARS = "stripe:customer:cus_1", "stripe:customer:cus_2"
FACTS: Mapping[str, Value] = {
    "charge.amount": Money(2900, "USD"),
    "event.at": NOW,
    "charge.gap": timedelta(hours=5),
    "n": 3,
    "yes": True,
}


def contact(event: str = "ch_1", customer: str = MAYA, family: str = "failed-payment") -> Contact:
    key = key_of(family, customer, event)
    return Contact(key, family, "payment_failed", event, f"origin {event}", customer, NOW, FACTS, NOW)


def test_a_contact_comes_back_as_it_was_filed_and_is_filed_once(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.contacts.file(contact())
        assert not tx.contacts.file(replace(contact(), facts={}))
    with store.begin() as tx:
        assert tx.contacts.get(contact().key) == contact()
        assert tx.contacts.known("failed-payment", "origin ch_1") == contact()
        assert tx.contacts.known("double-charge", "origin ch_1") is None


def test_only_what_waits_is_settled_and_only_once(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.contacts.file(contact())
        assert tx.contacts.settle(contact().key, ContactState.SUGGESTED, "an agent", NOW)
        assert tx.contacts.settle(contact().key, ContactState.CONTACTED, "", NOW, "zendesk:ticket:7")
        for state in (ContactState.LAPSED, ContactState.SUGGESTED, ContactState.CONTACTED):
            assert not tx.contacts.settle(contact().key, state, "again", NOW)
        found = tx.contacts.get(contact().key)

    assert found is not None
    assert (found.state, found.ticket, found.settled_at) == (ContactState.CONTACTED, "zendesk:ticket:7", NOW)


def test_only_the_open_ones_of_standing_families_are_looked_at(store: SqlStore) -> None:
    with store.begin() as tx:
        for one in (contact(), contact("ch_2"), contact("ch_3", family="gone")):
            tx.contacts.file(one)
        tx.contacts.settle(contact("ch_2").key, ContactState.LAPSED, "", NOW)
        waiting = [one.event for one in tx.contacts.waiting(["failed-payment"])]

    assert waiting == ["ch_1"]


def test_a_reason_to_wait_is_news_once(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.contacts.file(contact())
        told = [tx.contacts.wait(contact().key, why) for why in ("cap", "cap", "quiet", "cap")]

    assert told == [True, False, True, True]


@pytest.mark.parametrize("by", [[MAYA], [LARS, MAYA]])
def test_an_opt_out_counts_from_its_transaction_on_until_it_is_taken_back(store: SqlStore, by: list[str]) -> None:
    with store.begin() as tx:
        assert tx.contacts.opted_out(by) is None
        assert tx.contacts.opt_out(MAYA, by="customer", at=NOW)
        assert not tx.contacts.opt_out(MAYA, by="ana", at=NOW)
        found = tx.contacts.opted_out(by)
        assert found is not None
        assert (found.customer, found.by, found.at) == (MAYA, "customer", NOW)
        assert tx.contacts.opt_in(MAYA, by="ana", at=NOW)
        assert not tx.contacts.opt_in(MAYA, by="ana", at=NOW)
        assert tx.contacts.opted_out(by) is None
        assert tx.contacts.opt_out(MAYA, by="customer", at=NOW), "and again"


def effect(number: int, customer: str, at: datetime, state: EffectState, action: str = CONTACT) -> Effect:
    receipt = Receipt("k", "zendesk", "1", at) if state is EffectState.DONE else None
    return Effect(f"k{number}", "t", customer, action, "s", {}, None, alone=True, state=state, at=at, receipt=receipt)


ages = st.lists(st.integers(0, 10 * 24 * 60), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=ages, window=st.integers(1, 10), seed=st.integers(0, 10**6))
def test_what_was_sent_is_counted_to_the_minute(store: SqlStore, ages: list[int], window: int, seed: int) -> None:
    """Whatever may have gone out counts; what surely did not, and other actions, do not. More is never fewer."""
    dice, states = Random(seed), list(EffectState)
    made = [
        effect(
            number,
            dice.choice((MAYA, LARS)),
            NOW - timedelta(minutes=age),
            dice.choice(states),
            dice.choice((CONTACT, CONTACT, "send_email")),
        )
        for number, age in enumerate(ages)
    ]
    since = NOW - timedelta(days=window)
    counted = {EffectState.RESERVED, EffectState.UNCONFIRMED, EffectState.DONE}
    right = [one for one in made if one.action == CONTACT and one.at >= since and one.state in counted]

    class Undone(Exception):
        pass

    with suppress(Undone), store.begin() as tx:
        for one in made:
            tx.ledger.reserve(one)
        of_maya = tx.contacts.sent([MAYA], since, "")
        assert of_maya == sum(one.customer == MAYA for one in right)
        assert tx.contacts.sent(None, since, "") == len(right)
        assert tx.contacts.sent([MAYA, LARS], since, "k0") == len([one for one in right if one.key != "k0"])
        assert tx.contacts.sent([MAYA], since - timedelta(days=1), "") >= of_maya
        raise Undone
