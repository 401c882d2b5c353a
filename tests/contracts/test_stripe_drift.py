"""Stripe's answers as they may be tomorrow: words and fields that are new to us, and fields that hold nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.rigs import NOW, Money

from deskhand.domain.billing import ChargeStatus, InvoiceStatus, SubscriptionStatus
from deskhand.domain.errors import Busy, Down, Refused
from deskhand.testing.weather import EXPIRED, STORM, Weather, changed

LONG_AGO = NOW - timedelta(days=365)
NULLABLE = ("description", "failure_message", "nickname", "due_date", "number", "phone", "cancel_at", "trial_end")
Stripe = tuple[Money, Weather]


@pytest.fixture
def stripe() -> Iterator[Stripe]:
    weather: list[Weather] = []

    def wrap(inner: httpx2.BaseTransport) -> httpx2.BaseTransport:
        weather.append(Weather(inner))
        return weather[0]

    money = rigs.money(wrap)
    yield money, weather[0]
    money.twin.store.close()


def read(money: Money) -> tuple[Any, ...]:
    """Lars's money, all of it."""
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    charges, invoices = money.ledger.charges(lars, LONG_AGO).value, money.ledger.invoices(lars, LONG_AGO).value
    return charges, invoices, money.ledger.subscriptions(lars).value, money.ledger.account(lars).value


def put(name: str, value: Any) -> Callable[[Any], Any]:
    return lambda answer: changed(answer, instead=lambda field, was: value if field == name else was)


def test_a_word_that_is_new_to_us_breaks_nothing(stripe: Stripe) -> None:
    money, weather = stripe
    before = read(money)
    weather.drift = put("status", "sleeping")
    charges, invoices, subscriptions, account = read(money)

    assert {one.status for one in charges} == {ChargeStatus.OTHER}
    assert {one.status for one in invoices} == {InvoiceStatus.OTHER}
    assert {one.status for one in subscriptions} == {SubscriptionStatus.OTHER}
    assert account == before[3]
    assert [one.amount for one in charges] == [one.amount for one in before[0]]


@pytest.mark.parametrize("name", NULLABLE)
def test_what_may_be_null_breaks_nothing(stripe: Stripe, name: str) -> None:
    money, weather = stripe
    before = read(money)
    weather.drift = put(name, None)
    after = read(money)

    assert [one.ref for one in after[0]] == [one.ref for one in before[0]]
    assert [one.total for one in after[1]] == [one.total for one in before[1]]
    assert [one.price for one in after[2]] == [one.price for one in before[2]]


def test_a_field_that_nobody_knows_changes_nothing(stripe: Stripe) -> None:
    money, weather = stripe
    before = read(money)
    weather.drift = lambda answer: changed(answer, instead=lambda name, value: value, more=True)

    assert read(money) == before


def test_a_page_that_repeats_is_an_error_and_no_endless_story(stripe: Stripe) -> None:
    money, weather = stripe
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    first: list[Any] = []

    def again(answer: Any) -> Any:
        if answer.get("object") == "list":
            first.append(answer | {"has_more": True})
            return first[0]
        return answer

    weather.drift, before = again, weather.requests
    with pytest.raises(Down):
        money.ledger.charges(lars, LONG_AGO)
    assert weather.requests - before < 20


def test_a_storm_of_429_is_told_and_over_when_it_is_over(stripe: Stripe) -> None:
    money, _ = stripe
    before = read(money)
    money.faults.extend(STORM)
    with pytest.raises(Busy):
        read(money)
    money.faults.clear()

    assert read(money) == before


@pytest.mark.parametrize("place", range(5))
def test_a_key_that_ends_in_the_middle_of_a_read_tells_everything_or_nothing(stripe: Stripe, place: int) -> None:
    money, _ = stripe
    money.faults.extend([""] * place + list(EXPIRED))
    with pytest.raises(Refused):
        read(money)
