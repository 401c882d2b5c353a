"""Credit on a customer's balance: given once, taken back whole, never after it was spent."""

import pytest
from tests.contracts.rigs import NOW, Money
from tests.contracts.test_billing import who

from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref

TEN = Amount(1000, "USD")


def lars(money: Money) -> Ref:
    return who(money, "lars.holm@example.com").ref


def credit_of(money: Money) -> Amount | None:
    return money.ledger.account(lars(money)).value.credit


def test_a_credit_lowers_what_the_customer_owes(money: Money) -> None:
    receipt = money.writer.credit(lars(money), TEN, key="credit/1")

    assert credit_of(money) == TEN
    assert receipt.details == {"amount": "10.00 USD", "created": f"{NOW.day} {NOW:%B %Y}"}
    assert money.writer.find_credit(lars(money), key="credit/1") == receipt
    assert money.writer.find_credit(lars(money), key="credit/2") is None


def test_credits_add_up(money: Money) -> None:
    for number in range(3):
        money.writer.credit(lars(money), TEN, key=f"credit/{number}")

    assert credit_of(money) == Amount(3000, "USD")


def test_a_credit_in_another_currency_is_refused(money: Money) -> None:
    with pytest.raises(Invalid):
        money.writer.credit(lars(money), Amount(1000, "EUR"), key="credit/1")

    assert credit_of(money) == Amount(0, "USD")


def test_a_credit_is_taken_back_by_its_opposite(money: Money) -> None:
    given = money.writer.credit(lars(money), TEN, key="credit/1")
    money.writer.credit(lars(money), Amount(300, "USD"), key="credit/2")
    taken = money.writer.take_back_credit(lars(money), given.id, key="undo/1")

    assert credit_of(money) == Amount(300, "USD")
    assert taken.details["amount"] == "10.00 USD"
    assert taken.id != given.id
    assert money.writer.find_credit(lars(money), key="undo/1") == taken


def test_taking_back_again_under_the_same_key_tells_of_the_first_time(money: Money) -> None:
    """Also when the key was forgotten at their side: nothing is left to take, and still it is no failure."""
    given = money.writer.credit(lars(money), TEN, key="credit/1")
    taken = money.writer.take_back_credit(lars(money), given.id, key="undo/1")

    assert money.writer.take_back_credit(lars(money), given.id, key="undo/1") == taken
    assert credit_of(money) == Amount(0, "USD")


def test_nothing_is_taken_back_twice(money: Money) -> None:
    given = money.writer.credit(lars(money), TEN, key="credit/1")
    money.writer.credit(lars(money), TEN, key="credit/2")
    money.writer.take_back_credit(lars(money), given.id, key="undo/1")
    with pytest.raises(Invalid, match="already"):
        money.writer.take_back_credit(lars(money), given.id, key="undo/2")

    assert credit_of(money) == TEN


def test_what_was_spent_is_not_taken_back(money: Money) -> None:
    """Else the customer would owe us what they never bought."""
    given = money.writer.credit(lars(money), TEN, key="credit/1")
    money.twin.spend(lars(money).id, 400)
    with pytest.raises(Invalid, match="spent"):
        money.writer.take_back_credit(lars(money), given.id, key="undo/1")

    assert credit_of(money) == Amount(600, "USD")


def test_a_credit_that_is_not_ours_is_not_taken_back(money: Money) -> None:
    money.twin.spend(lars(money).id, -700)  # somebody at the company gave it by hand
    (move,) = money.twin.store.owned("balance_transaction", lars(money).id)
    with pytest.raises(Missing):
        money.writer.take_back_credit(lars(money), move["id"], key="undo/1")
    with pytest.raises(Missing):
        money.writer.take_back_credit(lars(money), "cbtxn_nothing", key="undo/2")

    assert credit_of(money) == Amount(700, "USD")


def test_another_customers_credit_is_not_taken_back(money: Money) -> None:
    given = money.writer.credit(lars(money), TEN, key="credit/1")
    maya = who(money, "maya.chen@example.com").ref
    with pytest.raises(Missing):
        money.writer.take_back_credit(maya, given.id, key="undo/1")

    assert credit_of(money) == TEN
