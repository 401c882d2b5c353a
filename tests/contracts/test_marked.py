"""What carries a key of ours: a ledger is reconciled against it."""

from datetime import timedelta

from tests.contracts.rigs import NOW, Money
from tests.contracts.test_billing import double, who

from deskhand.domain.billing import Address, Marked
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref

YESTERDAY = NOW - timedelta(days=1)
FIVE = Amount(500, "USD")


def keys(found: tuple[Marked, ...]) -> set[str]:
    return {one.key for one in found}


def test_refunds_are_seen_whoever_got_them(money: Money) -> None:
    receipt = money.writer.refund(double(money), FIVE, key="refund/1")

    (seen,) = money.ledger.marked(YESTERDAY, ()).value
    assert seen == Marked("refund/1", Ref("stripe", "refund", receipt.id), NOW, FIVE)


def test_what_others_did_is_not_seen(money: Money) -> None:
    """The made-up company has refunds that nobody of ours made."""
    long_ago = NOW - timedelta(days=4000)
    assert money.twin.store.every("refund")
    customers = [Ref("stripe", "customer", one["id"]) for one in money.twin.store.every("customer")]

    assert money.ledger.marked(long_ago, customers).value == ()


def test_every_kind_of_effect_on_a_customer_is_seen(money: Money) -> None:
    lars = who(money, "lars.holm@example.com").ref
    subscription = money.ledger.subscriptions(lars).value[0].ref
    money.writer.credit(lars, FIVE, key="credit/1")
    money.writer.update_contact(lars, name="L", key="contact/1")
    money.writer.update_address(lars, Address("Here"), key="address/1")
    money.writer.pause_subscription(subscription, days=None, key="pause/1")
    money.writer.change_plan(subscription, Ref("stripe", "price", "price_team_usd"), key="plan/1")
    money.writer.cancel_subscription(subscription, key="cancel/1")

    found = money.ledger.marked(YESTERDAY, [lars]).value
    assert keys(found) == {"credit/1", "contact/1", "address/1", "pause/1", "plan/1", "cancel/1"}
    assert {one.key for one in found if not one.latest} == {"credit/1"}
    assert keys(money.ledger.marked(YESTERDAY, ()).value) == set()


def test_what_was_made_before_is_left_out(money: Money) -> None:
    lars = who(money, "lars.holm@example.com").ref
    money.writer.refund(double(money), FIVE, key="refund/1")
    money.writer.credit(lars, FIVE, key="credit/1")

    assert money.ledger.marked(NOW + timedelta(seconds=1), [lars]).value == ()
