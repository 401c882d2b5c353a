"""What a planner is told of an object: nothing, unless it belongs to whoever writes and we know that it is them."""

import random
from datetime import timedelta

import pytest
from tests.execution.test_hostile import lumen

from deskhand.domain.action import Action
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Identity, Matched, Strength, Unknown
from deskhand.domain.stage import Stage
from deskhand.entrypoints.hostile.world import Clock, World
from deskhand.infrastructure.storage.store import SqlStore


@pytest.fixture
def world(store: SqlStore, clock: Clock) -> World:
    return World("w", lumen(), store, clock, random.Random(0))


OBJECTS = [
    Action("refund_charge", {"charge": "ch_a1_w", "amount": "29.00 USD"}),
    Action("cancel_subscription", {"subscription": "sub_a_w"}),
    Action("send_invoice", {"invoice": "in_a0_w"}),
]


def preview(world: World, action: Action, identity: Identity) -> str:
    case = Case("zendesk:ticket:1", "email", identity, Stage.AUTONOMOUS, world.clock() + timedelta(seconds=1))
    return world.gate.propose(action, case).preview


def known(customer: Customer, strength: Strength = Strength.ATTESTED) -> Matched:
    return Matched(customer, strength, "email")


@pytest.mark.parametrize("action", OBJECTS, ids=lambda one: one.name)
def test_the_customers_own_object_is_told(action: Action, world: World) -> None:
    assert preview(world, action, known(world.customers["a"]))


@pytest.mark.parametrize("action", OBJECTS, ids=lambda one: one.name)
def test_somebody_elses_object_is_not(action: Action, world: World) -> None:
    assert preview(world, action, known(world.customers["b"])) == ""


@pytest.mark.parametrize("action", OBJECTS, ids=lambda one: one.name)
def test_nor_is_ones_own_to_somebody_who_only_says_who_they_are(action: Action, world: World) -> None:
    assert preview(world, action, known(world.customers["a"], Strength.CLAIMED)) == ""
    assert preview(world, action, Unknown()) == ""
