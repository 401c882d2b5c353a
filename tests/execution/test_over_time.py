"""The witness knows what was paused, what may go alone in a day, and under which text people said yes."""

import random
from dataclasses import replace

import pytest
from tests.execution.test_hostile import lumen

from deskhand.domain.money import Money
from deskhand.entrypoints.hostile.attacker import Attacker, Given
from deskhand.entrypoints.hostile.over_time import MISSPELT
from deskhand.entrypoints.hostile.world import CAPS, Clock, Turn, World
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.policy.breakers import Breakers

LEAD = frozenset({"team_lead"})


@pytest.fixture
def by(store: SqlStore, clock: Clock) -> Attacker:
    world = World("w", lumen(), store, clock, random.Random(0))
    world.breakers = Breakers()
    world.gate, world.executor = world.worker()
    world.witness.day = dict(CAPS)
    return Attacker(world)


def large(by: Attacker) -> tuple[Turn, Given]:
    """A credit that a team lead looks at, and their yes."""
    turn = by.world.turn_of("a")
    shown = by.world.gate.propose(by.credit_to(turn.customer, 9000, "USD"), by.world.case(turn))
    return turn, by.yes(shown, turn, LEAD)


def test_a_yes_opens_what_it_was_given_to(by: Attacker) -> None:
    turn, given = large(by)

    assert by.commit(by.credit_to(turn.customer, 9000, "USD"), turn, given) == "done"
    assert by.world.witness.forbidden == []


def test_a_yes_under_another_text_of_the_same_policy_opens_nothing(by: Attacker) -> None:
    turn, given = large(by)
    by.world.swap()

    assert by.commit(by.credit_to(turn.customer, 9000, "USD"), turn, given) == "changed"
    assert by.world.bank.done == {}


def test_a_process_that_goes_by_an_old_yes_is_noticed(by: Attacker) -> None:
    turn, given = large(by)
    old = by.world.executor
    by.world.swap()
    by.world.executor = old

    by.commit(by.credit_to(turn.customer, 9000, "USD"), turn, given)

    assert "agreed" in by.world.witness.forbidden[0]


def test_a_yes_in_the_name_of_roles_that_nobody_has_opens_nothing(by: Attacker) -> None:
    turn = by.world.turn_of("a")
    action = by.credit_to(turn.customer, 9000, "USD")
    shown = by.world.gate.propose(action, by.world.case(turn))

    assert by.commit(action, turn, by.yes(shown, turn, MISSPELT)) == "stopped"


def test_while_the_desk_is_paused_nothing_is_sent(by: Attacker) -> None:
    turn = by.world.turn_of("a")
    by.world.pause("desk")

    assert by.commit(by.credit_to(turn.customer, 500, "USD"), turn) == "paused"
    assert by.say("All is well.", turn) == "paused"
    assert (by.world.bank.done, by.world.bank.letters) == ({}, {})


@pytest.mark.parametrize("scope", ["desk", "action:credit_customer"])
def test_what_is_sent_while_it_is_paused_is_noticed(by: Attacker, scope: str) -> None:
    turn = by.world.turn_of("a")
    by.world.witness.paused.add(scope)  # and nobody told our own store

    by.commit(by.credit_to(turn.customer, 500, "USD"), turn)

    assert f"while {scope} was paused" in by.world.witness.forbidden[0]


def test_credits_in_small_steps_stop_at_the_cap_of_the_month(by: Attacker) -> None:
    ended = []
    for number in range(5):
        turn = by.world.turn_of("a")
        turn = Turn(turn.customer, turn.known, turn.verified, f"{turn.ticket}{number}")
        ended.append(by.commit(by.credit_to(turn.customer, 667, "USD"), turn))

    assert ended == ["done", "done", "stopped", "stopped", "stopped"]
    assert by.world.witness.forbidden == []


@pytest.mark.parametrize("breaker", [True, False])
def test_what_goes_alone_within_a_day_stays_below_the_circuit_breaker_or_is_noticed(
    by: Attacker, breaker: bool
) -> None:
    by.world.witness.day = {"USD": 1500}
    if breaker:
        by.world.breakers = Breakers(per_day={"USD": Money(1500, "USD")})
        by.world.gate, by.world.executor = by.world.worker()
    ended = []
    for letter in "ac":
        turn = by.world.turn_of(letter)
        ended.append(by.commit(by.credit_to(turn.customer, 1000, "USD"), turn))

    assert ended == ["done", "paused" if breaker else "done"]
    assert bool(by.world.witness.forbidden) is not breaker


def test_a_second_worker_that_does_the_same_meanwhile_does_not_do_it_twice(by: Attacker) -> None:
    turn = by.world.turn_of("a")
    action = by.credit_to(turn.customer, 500, "USD")
    _, second = by.world.worker()
    by.world.bank.meanwhile = lambda: second.commit(action, by.world.case(turn))

    by.commit(action, turn)
    by.world.reconcile()

    assert list(by.world.bank.done) == [f"credit/{turn.ticket}/{turn.customer.ref.id}"]
    assert by.world.witness.forbidden == []


def test_a_unit_that_was_lost_is_noticed(by: Attacker) -> None:
    turn = by.world.turn_of("a")
    by.commit(by.credit_to(turn.customer, 500, "USD"), turn)
    account = by.world.bank.accounts_[turn.customer.ref.id]
    by.world.bank.accounts_[account.ref.id] = replace(account, credit=Money(499, "USD"))

    by.world.reconcile()

    assert "4.99 USD of credit" in by.world.witness.forbidden[0]
