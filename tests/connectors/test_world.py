"""The made-up company: the same people each time, and each in the situation that its name promises."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.contracts.rigs import RECIPE

from deskhand.connectors.world import SITUATIONS, Someone, World, make_world, read_recipe
from deskhand.domain.errors import DeskFault

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEXT = RECIPE.read_text("utf-8")
SEATS = {"Starter": (2, 10), "Team": (10, 50), "Business": (50, 250)}  # as articles/billing/plans-and-prices.md says


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(replace(read_recipe(TEXT, "twins.toml"), customers=2000), NOW)


def in_situation(world: World, situation: str) -> list[str]:
    return [one.email for one in world.people if one.situation == situation]


def named(world: World, email: str) -> Someone:
    return next(one for one in world.people if one.email == email)


def pairs(someone: Someone) -> list[tuple[int, int, int]]:
    """(amount, refunded, gap in seconds) of payments that repeat the one before, within 72 hours."""
    found = []
    for one, other in zip(someone.payments, someone.payments[1:], strict=False):
        if (one.amount, one.what) == (other.amount, other.what) and other.created - one.created <= 72 * 3600:
            found.append((other.amount, other.refunded, other.created - one.created))
    return found


def test_the_same_recipe_and_day_make_the_same_world(world: World) -> None:
    assert make_world(replace(read_recipe(TEXT, "twins.toml"), customers=2000), NOW) == world


def test_another_seed_makes_another(world: World) -> None:
    assert make_world(replace(read_recipe(TEXT, "twins.toml"), customers=2000, seed=1), NOW) != world


def test_everybody_has_an_address_of_their_own_at_a_reserved_domain(world: World) -> None:
    emails = [one.email for one in world.people]

    assert len(set(emails)) == len(emails) == 2000
    assert {email.split("@")[1] for email in emails} == {"example.com", "example.org", "example.net"}
    assert "unknown@example.com" not in emails


def test_every_situation_has_people(world: World) -> None:
    assert min(sum(1 for _ in in_situation(world, one)) for one in SITUATIONS) >= 15


@pytest.mark.parametrize(
    ("email", "most", "least"),
    [
        ("maya.chen@example.com", 5000, 1),
        ("sofia.marquez@example.com", 50_000, 1),
        ("grace.kim@example.com", 50_000, 5001),
    ],
)
def test_who_was_charged_twice_was_so_within_days(world: World, email: str, most: int, least: int) -> None:
    ((amount, refunded, gap),) = pairs(named(world, email))

    assert least <= amount <= most
    assert refunded == 0
    assert 3600 <= gap <= 72 * 3600


def test_the_named_people_are_in_their_situations(world: World) -> None:
    ((amount, refunded, _),) = pairs(named(world, "omar.farouk@example.com"))
    assert refunded == amount
    assert pairs(named(world, "lars.holm@example.com")) == []
    assert named(world, "sofia.marquez@example.com").tier == "enterprise"
    assert named(world, "tomasz.nowak@example.com").subscription.status == "canceled"
    assert named(world, "priya.natarajan@example.com").subscription.status == "past_due"
    assert named(world, "priya.natarajan@example.com").payments[-1].failure


@pytest.mark.parametrize("situation", ["double_charge_small", "double_charge_large", "double_charge_refunded"])
def test_made_up_people_are_in_their_situations(world: World, situation: str) -> None:
    for email in in_situation(world, situation):
        ((amount, refunded, gap),) = pairs(named(world, email))
        assert (amount > 5000) == (situation == "double_charge_large")
        assert (refunded == amount) == (situation == "double_charge_refunded")
        assert 0 < gap <= 72 * 3600


def test_only_who_was_charged_twice_has_equal_payments(world: World) -> None:
    twice = Counter(one.situation for one in world.people if pairs(one) and not one.situation.startswith("named"))

    assert set(twice) == {"double_charge_small", "double_charge_large", "double_charge_refunded", "enterprise"}


def test_nothing_has_happened_in_the_future(world: World) -> None:
    today = int(NOW.timestamp())

    assert max(one.created for someone in world.people for one in someone.payments) <= today
    assert max(one.refunded_at for someone in world.people for one in someone.payments) <= today
    assert all(
        datetime.fromisoformat(value) <= NOW
        for someone in world.people
        for row in someone.records.values()
        for name, value in row.items()
        if name.endswith("_at") and value is not None
    )


def test_double_charges_can_still_be_refunded(world: World) -> None:
    """Refunds are for thirty days."""
    oldest = min(named(world, one).payments[-1].created for one in in_situation(world, "double_charge_small"))

    assert NOW - datetime.fromtimestamp(oldest, UTC) < timedelta(days=29)


def test_workspaces_have_what_their_plans_include(world: World) -> None:
    for someone in world.people:
        account = someone.records["accounts"]
        assert (account["seats_total"], account["storage_gb"]) == SEATS[someone.subscription.plan]
        assert account["seats_used"] <= account["seats_total"]
        assert account["storage_used_gb"] <= account["storage_gb"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "company = ",
        TEXT.replace("single_charge =", "single_chrage ="),
        TEXT.replace('plan = "Team"', 'plam = "Team"', 1),
    ],
    ids=["empty", "no TOML", "no such situation", "no such key"],
)
def test_a_faulty_recipe_is_a_fault_of_its_file(text: str) -> None:
    with pytest.raises(DeskFault) as fault:
        read_recipe(text, "twins.toml")

    assert {one.file for one in fault.value.faults} == {"twins.toml"}
