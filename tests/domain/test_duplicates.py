"""What counts as a double charge."""

from datetime import UTC, datetime, timedelta

from deskhand.domain.billing import Charge, ChargeStatus
from deskhand.domain.duplicates import duplicates
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref

START = datetime(2026, 11, 1, tzinfo=UTC)


def charge(
    id: str,
    hours: float = 0,
    minor: int = 2900,
    *,
    what: str = "Starter, November",
    refunded: int = 0,
    status: ChargeStatus = ChargeStatus.SUCCEEDED,
    customer: str = "cus_1",
) -> Charge:
    at = START + timedelta(hours=hours)
    whose = Ref("stripe", "customer", customer)
    return Charge(
        Ref("stripe", "charge", id), whose, Money(minor, "USD"), Money(refunded, "USD"), status, False, at, what
    )


def later(*charges: Charge) -> list[str]:
    return [pair.later.ref.id for pair in duplicates(charges)]


def test_the_same_money_for_the_same_thing_within_three_days_is_a_duplicate() -> None:
    assert later(charge("ch_1"), charge("ch_2", 5)) == ["ch_2"]
    assert later(charge("ch_2", 72), charge("ch_1")) == ["ch_2"]


def test_anything_else_is_not() -> None:
    assert later(charge("ch_1"), charge("ch_2", 73)) == []
    assert later(charge("ch_1"), charge("ch_2", 5, 2901)) == []
    assert later(charge("ch_1"), charge("ch_2", 5, what="Starter, October")) == []
    assert later(charge("ch_1"), charge("ch_2", 5, status=ChargeStatus.FAILED)) == []
    assert later(charge("ch_1", status=ChargeStatus.FAILED), charge("ch_2", 5)) == []
    assert later(charge("ch_1"), charge("ch_2", 5, customer="cus_2")) == []


def test_a_charge_that_was_given_back_is_nobodys_original() -> None:
    assert later(charge("ch_1", refunded=2900), charge("ch_2", 5)) == []


def test_a_duplicate_that_was_given_back_is_still_told() -> None:
    assert later(charge("ch_1"), charge("ch_2", 5, refunded=2900)) == ["ch_2"]


def test_three_charges_are_two_duplicates_of_the_first() -> None:
    assert later(charge("ch_1"), charge("ch_2", 5), charge("ch_3", 9)) == ["ch_2", "ch_3"]
