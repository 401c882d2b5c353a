"""Changing subscriptions: our client, the twin and Stripe's document agree, and each change can be told and undone."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.contracts.rigs import Money
from tests.contracts.test_billing import who

from deskhand.domain.billing import Subscription, SubscriptionStatus
from deskhand.domain.errors import Invalid, Missing, Unconfirmed
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref

LARS = "lars.holm@example.com"
SOON = datetime(2026, 12, 8, tzinfo=UTC)  # midnight, fourteen days from then


def of(money: Money, email: str = LARS) -> Subscription:
    return money.ledger.subscriptions(who(money, email).ref).value[0]


def trial(money: Money) -> Subscription:
    every = (money.ledger.subscriptions(Ref("stripe", "customer", id)).value[0] for id in _customers(money))
    return next(one for one in every if one.status is SubscriptionStatus.TRIALING)


def _customers(money: Money) -> list[str]:
    return [one["id"] for one in money.twin.store.every("customer")]


def day(at: datetime | None) -> str:
    assert at is not None
    return f"{at.day} {at:%B %Y}"


def test_plans_are_listed_with_their_prices(money: Money) -> None:
    plans = {one.ref.id: one for one in money.ledger.plans().value}

    assert len(plans) == 6
    assert plans["price_team_usd"].price == Amount(7900, "USD")
    assert (plans["price_team_usd"].name, plans["price_team_usd"].interval) == ("Team", "month")


def test_a_paused_subscription_says_until_when(money: Money) -> None:
    before = of(money)
    receipt = money.writer.pause_subscription(before.ref, days=14, key="pause/1")
    after = of(money)

    assert (after.paused, after.resumes_at, after.status) == (True, SOON, before.status)
    assert receipt.details["resumes"] == day(SOON)
    assert receipt.before["paused"] == "no"


def test_a_pause_may_be_without_end(money: Money) -> None:
    receipt = money.writer.pause_subscription(of(money).ref, days=None, key="pause/1")

    assert (of(money).paused, of(money).resumes_at) == (True, None)
    assert "resumes" not in receipt.details


def test_a_subscription_resumes(money: Money) -> None:
    money.writer.pause_subscription(of(money).ref, days=14, key="pause/1")
    receipt = money.writer.resume_subscription(of(money).ref, key="resume/1")

    assert (of(money).paused, of(money).resumes_at) == (False, None)
    assert receipt.before["paused"] == "yes"
    assert datetime.fromisoformat(receipt.before["resumes_at"]) == SOON


def test_a_cancelled_subscription_is_kept(money: Money) -> None:
    before = of(money)
    cancelled = money.writer.cancel_subscription(before.ref, key="cancel/1")
    kept = money.writer.keep_subscription(before.ref, key="keep/1")

    assert of(money) == before
    assert (cancelled.before["cancels"], kept.before["cancels"]) == ("no", "yes")
    assert kept.details["renews"] == day(before.renews_at)
    assert "ends" not in kept.details


def test_a_plan_is_changed_and_changed_back(money: Money) -> None:
    before = of(money)
    receipt = money.writer.change_plan(before.ref, Ref("stripe", "price", "price_team_usd"), key="plan/1")
    after = of(money)

    assert (after.plan, after.price, after.seats) == ("Team", Amount(7900, "USD"), before.seats)
    assert (receipt.details["plan"], receipt.details["price"]) == ("Team", "79.00 USD")
    money.writer.change_plan(before.ref, Ref("stripe", "price", receipt.before["price"]), key="plan/2")
    assert of(money) == before


@pytest.mark.parametrize("price", ["price_team_eur", "price_nothing"])
def test_a_plan_that_does_not_fit_is_refused(money: Money, price: str) -> None:
    before = of(money)
    with pytest.raises(Invalid):
        money.writer.change_plan(before.ref, Ref("stripe", "price", price), key="plan/1")

    assert of(money) == before


def test_which_of_several_plans_to_change_is_for_a_person(money: Money) -> None:
    before = of(money)
    raw = money.twin.store.row("subscription", before.ref.id)
    assert raw is not None
    raw[5]["items"]["data"] *= 2
    money.twin.store.put([raw])
    with pytest.raises(Invalid, match="several plans"):
        money.writer.change_plan(before.ref, Ref("stripe", "price", "price_team_usd"), key="plan/1")


def test_a_trial_is_extended(money: Money) -> None:
    before = trial(money)
    assert before.trial_ends_at is not None
    later = before.trial_ends_at + timedelta(days=7)
    receipt = money.writer.extend_trial(before.ref, 7, key="trial/1")

    assert money.ledger.subscription(before.ref).value.trial_ends_at == later
    assert receipt.details["trial_ends"] == day(later)
    assert datetime.fromisoformat(receipt.before["trial_ends_at"]) == before.trial_ends_at


def test_there_is_no_trial_to_extend_when_it_is_over(money: Money) -> None:
    before = of(money)
    with pytest.raises(Invalid, match="not on trial"):
        money.writer.extend_trial(before.ref, 7, key="trial/1")

    assert of(money) == before


def test_what_has_ended_cannot_be_changed(money: Money) -> None:
    ended = of(money, "tomasz.nowak@example.com").ref
    with pytest.raises(Missing):
        money.writer.pause_subscription(ended, days=None, key="pause/1")
    with pytest.raises(Missing):
        money.writer.keep_subscription(ended, key="keep/1")


def test_a_change_is_found_with_what_it_told(money: Money) -> None:
    ref = of(money).ref
    receipt = money.writer.change_plan(ref, Ref("stripe", "price", "price_team_usd"), key="plan/1")
    found = money.writer.find_change(ref, key="plan/1")

    assert found is not None
    assert (found.id, found.details) == (receipt.id, receipt.details)
    assert money.writer.find_change(ref, key="plan/2") is None


def test_each_kind_of_change_is_found_whatever_else_was_changed(money: Money) -> None:
    ref = of(money).ref
    money.writer.change_plan(ref, Ref("stripe", "price", "price_team_usd"), key="plan/1")
    money.writer.pause_subscription(ref, days=14, key="pause/1")
    money.writer.cancel_subscription(ref, key="cancel/1")

    for key in ("plan/1", "pause/1", "cancel/1"):
        assert money.writer.find_change(ref, key=key) is not None
    money.writer.resume_subscription(ref, key="resume/1")
    assert money.writer.find_change(ref, key="pause/1") is None


def test_a_trial_is_extended_once_under_one_key(money: Money) -> None:
    """Also when they have forgotten the key: days are added to what is there, so this is the one that could add up."""
    before = trial(money)
    assert before.trial_ends_at is not None
    money.writer.extend_trial(before.ref, 7, key="trial/1")
    money.twin.store.database.execute("delete from answer")
    again = money.writer.extend_trial(before.ref, 7, key="trial/1")

    assert money.ledger.subscription(before.ref).value.trial_ends_at == before.trial_ends_at + timedelta(days=7)
    assert again.details["trial_ends"] == day(before.trial_ends_at + timedelta(days=7))


def test_a_key_that_came_with_other_days_leaves_doubt(money: Money) -> None:
    """The first request was on its way while we looked: what they refuse now may have been done then."""
    before = of(money)
    money.writer.pause_subscription(before.ref, days=14, key="pause/1")
    with pytest.raises(Unconfirmed):
        money.writer.pause_subscription(before.ref, days=15, key="pause/1")

    assert of(money).resumes_at == SOON
