"""The ledger: a key is reserved once, settled once, and open effects count as done."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import create_engine
from tests.storage.values import HOUR, NOW, TICKET, effect, settled

from deskhand.domain.action import Action
from deskhand.domain.effect import Effect, EffectState
from deskhand.infrastructure.storage.ledger import SqlLedger
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.storage.tables import metadata
from deskhand.ports.store import Transaction

RESERVED, UNCONFIRMED, DONE, DECLINED, UNDONE = EffectState
COUNTED = {RESERVED, UNCONFIRMED, DONE}


def test_an_effect_is_reserved_once_and_comes_back_as_it_was(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.ledger.reserve(effect())
        assert not tx.ledger.reserve(effect(minor=1))
    with store.begin() as tx:
        assert tx.ledger.effect("refund/7/ch_1") == effect()
        assert tx.ledger.effect("refund/7/ch_2") is None


@pytest.mark.parametrize("state", [DONE, DECLINED])
def test_a_settled_effect_keeps_its_state(store: SqlStore, state: EffectState) -> None:
    first, other = settled(effect(), state), settled(effect(), DECLINED if state is DONE else DONE)
    with store.begin() as tx:
        tx.ledger.reserve(effect())
        tx.ledger.settle(settled(effect(), UNCONFIRMED))
        tx.ledger.settle(first)
        tx.ledger.settle(first)
        with pytest.raises(ValueError, match=f"is {state}"):
            tx.ledger.settle(other)
        assert tx.ledger.effect(effect().key) == first


def test_an_effect_that_nobody_reserved_cannot_be_settled(store: SqlStore) -> None:
    with store.begin() as tx, pytest.raises(ValueError, match="not reserved"):
        tx.ledger.settle(settled(effect(), DONE))


def test_money_counts_from_the_moment_it_is_reserved_until_it_surely_did_not_move(store: SqlStore) -> None:
    moving = effect("refund/7/a", minor=100)
    with store.begin() as tx:
        for other in (moving, effect("refund/7/b", alone=False), effect("refund/7/c", customer="c2")):
            tx.ledger.reserve(other)
        since = NOW - HOUR
        assert alone_within(tx, "USD", since, but="") == 100
        assert alone_within(tx, "USD", since, but="refund/7/a") == 0
        assert alone_within(tx, "EUR", since, but="") == 0
        assert alone_within(tx, "USD", NOW + timedelta(microseconds=1), but="") == 0
        tx.ledger.settle(settled(moving, UNCONFIRMED))
        assert alone_within(tx, "USD", since, but="") == 100
        tx.ledger.settle(settled(moving, DECLINED))
        assert alone_within(tx, "USD", since, but="") == 0


def alone_within(tx: Transaction, currency: str, since: datetime, but: str) -> int:
    past = tx.ledger.past("c1", "refund_charge", currency, (NOW + timedelta(days=1), since), but=but)
    assert past.alone_day == 0
    return past.alone_month


def test_a_key_is_free_again_under_the_next_ordinal_once_its_effect_was_taken_back(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.ledger.free_key("refund/7/a") == "refund/7/a"
        for ordinal, key in enumerate(("refund/7/a", "refund/7/a/2", "refund/7/a/3"), 2):
            tx.ledger.reserve(effect(key))
            tx.ledger.undone(key, "early")
            assert tx.ledger.free_key("refund/7/a") == key, "what is under way cannot be taken back"
            tx.ledger.settle(settled(effect(key), DONE))
            tx.ledger.undone(key, f"back/{ordinal}")
            assert tx.ledger.free_key("refund/7/a") == f"refund/7/a/{ordinal}"


def test_what_is_set_has_a_key_of_its_own_each_time_it_is_set_to_something_else(store: SqlStore) -> None:
    """A, B and A again are three effects; asked for the last of them once more, it is that one."""
    monthly, yearly = Action("change_plan", {"plan": "month"}), Action("change_plan", {"plan": "year"})
    with store.begin() as tx:
        for action, key in ((monthly, "plan/7/a"), (yearly, "plan/7/a/2"), (monthly, "plan/7/a/3")):
            assert tx.ledger.free_key("plan/7/a", action) == key
            tx.ledger.reserve(replace(effect(key), action=action.name, args=action.args))
            assert tx.ledger.free_key("plan/7/a", action) == key, "it is under way"
            tx.ledger.settle(settled(effect(key), DONE))
            assert tx.ledger.free_key("plan/7/a", action) == key, "it was done"
        assert tx.ledger.free_key("plan/7/a", yearly) == "plan/7/a/4"


def test_two_actions_that_set_the_same_thing_share_their_keys(store: SqlStore) -> None:
    pause, resume = Action("pause_subscription", {}), Action("resume_subscription", {})
    with store.begin() as tx:
        tx.ledger.reserve(replace(effect("pause/7/a"), action=pause.name, args={}))
        tx.ledger.settle(settled(effect("pause/7/a"), DONE))

        assert tx.ledger.free_key("pause/7/a", pause) == "pause/7/a"
        assert tx.ledger.free_key("pause/7/a", resume) == "pause/7/a/2"


def test_every_other_effect_on_a_subject_is_told_with_its_state(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.ledger.reserve(effect("refund/7/a"))
        assert tx.ledger.on("stripe:charge:ch_1", None, but="refund/7/b") == {"refund/7/a": RESERVED}
        assert tx.ledger.on("stripe:charge:ch_1", None, but="refund/7/a") == {}
        assert tx.ledger.on("stripe:charge:ch_2", None, but="refund/7/b") == {}
        tx.ledger.settle(settled(effect("refund/7/a"), DONE))
        assert tx.ledger.on("stripe:charge:ch_1", None, but="refund/7/b") == {"refund/7/a": DONE}


def test_whatever_else_moves_money_of_the_same_customer_is_told_too(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.ledger.reserve(replace(effect("refund/7/a"), subject="stripe:charge:ch_9"))
        tx.ledger.reserve(replace(effect("refund/7/b", customer="c2"), subject="stripe:charge:ch_8"))
        tx.ledger.reserve(replace(effect("note/7/c"), subject="note/7/c", amount=None))
        assert tx.ledger.on("stripe:charge:ch_1", "c1", but="") == {"refund/7/a": RESERVED}
        assert tx.ledger.on("stripe:charge:ch_1", "c1", but="refund/7/a") == {}
        assert tx.ledger.on("stripe:charge:ch_1", None, but="") == {}


def test_what_is_unsettled_for_long_is_found(store: SqlStore) -> None:
    late = replace(effect("refund/7/b"), at=NOW + HOUR, amount=None)
    with store.begin() as tx:
        for one in (late, effect("refund/7/a"), effect("refund/7/c")):
            tx.ledger.reserve(one)
        tx.ledger.settle(settled(effect("refund/7/c"), DONE))
        assert list(tx.ledger.unsettled(NOW + HOUR)) == [effect("refund/7/a")]
        assert [one.key for one in tx.ledger.of_ticket(TICKET)] == ["refund/7/a", "refund/7/c", "refund/7/b"]


class LedgerIsADictionary(RuleBasedStateMachine):
    """Whatever is done in whatever order, the ledger agrees with a plain dictionary."""

    keys = st.sampled_from(["refund/1", "refund/2", "refund/3"])

    def __init__(self) -> None:
        super().__init__()
        engine = create_engine("sqlite://")
        metadata.create_all(engine)
        self.connection = engine.connect()
        self.engine, self.ledger, self.model = engine, SqlLedger(self.connection), dict[str, Effect]()

    def teardown(self) -> None:
        self.connection.close()
        self.engine.dispose()

    @rule(key=keys, minor=st.integers(0, 10**12))
    def reserve(self, key: str, minor: int) -> None:
        fresh = key not in self.model
        wanted = effect(key, minor=minor)
        assert self.ledger.reserve(wanted) is fresh
        self.model.setdefault(key, wanted)

    @rule(key=keys, state=st.sampled_from([UNCONFIRMED, DONE, DECLINED]))
    def settle(self, key: str, state: EffectState) -> None:
        known = self.model.get(key)
        wanted = settled(known or effect(key), state)
        if known and known.state in (RESERVED, UNCONFIRMED):
            self.ledger.settle(wanted)
            self.model[key] = wanted
        elif known and known.state is state:
            self.ledger.settle(wanted)
        else:
            with pytest.raises(ValueError, match="cannot be"):
                self.ledger.settle(wanted)

    @rule(key=keys)
    def take_back(self, key: str) -> None:
        self.ledger.undone(key, "other/1")
        known = self.model.get(key)
        if known and known.state is DONE:
            self.model[key] = replace(known, state=UNDONE, reason="other/1")

    @invariant()
    def agrees(self) -> None:
        assert {one.key: one for one in self.ledger.of_ticket(TICKET)} == self.model
        moved = sum(one.amount.minor for one in self.model.values() if one.amount and one.state in COUNTED)
        past = self.ledger.past("c1", "refund_charge", "USD", (NOW, NOW), but="")
        assert (past.alone_day, past.total_month, self.ledger.desk_alone("USD", (NOW, NOW), but="")) == (
            moved,
            moved,
            (moved, moved),
        )
        assert past.times_month == sum(one.state in COUNTED for one in self.model.values())
        open_ones = {key for key, one in self.model.items() if one.state in (RESERVED, UNCONFIRMED)}
        others = {key: one.state for key, one in self.model.items() if key != "refund/1"}
        assert self.ledger.on("stripe:charge:ch_1", None, but="refund/1") == others
        assert {one.key for one in self.ledger.unsettled(NOW + HOUR)} == open_ones


TestLedgerIsADictionary = LedgerIsADictionary.TestCase
TestLedgerIsADictionary.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)
