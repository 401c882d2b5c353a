"""Reading and moving money: our client, the twin and Stripe's document agree."""

from datetime import timedelta

import pytest
from tests.contracts.rigs import NOW, Money

from deskhand.domain.billing import ChargeStatus, InvoiceStatus, SubscriptionStatus
from deskhand.domain.customer import Customer
from deskhand.domain.duplicates import duplicates
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref
from deskhand.ports.reads import BillingLedger, CustomerDirectory
from deskhand.ports.writes import BillingWriter

LONG_AGO = NOW - timedelta(days=365)


def who(money: Money, email: str) -> Customer:
    found = money.customers.by_email(email)
    assert len(found) == 1
    return found[0].value


def double(money: Money, email: str = "maya.chen@example.com") -> Ref:
    """The later of two equal charges."""
    charges = money.ledger.charges(who(money, email).ref, LONG_AGO).value
    return duplicates(charges)[0].later.ref


def test_the_connector_plays_its_three_roles(money: Money) -> None:
    ledger: BillingLedger = money.ledger
    writer: BillingWriter = money.writer
    directory: CustomerDirectory = money.customers

    assert {ledger.system, writer.system, directory.system} == {"stripe"}


def test_an_address_is_found_in_any_letter_case(money: Money) -> None:
    assert who(money, "Maya.Chen@Example.COM") == who(money, "maya.chen@example.com")
    assert who(money, "sofia.marquez@example.com").tier == "enterprise"


def test_nobody_is_an_empty_list(money: Money) -> None:
    assert money.customers.by_email("unknown@example.com") == []


def test_charges_are_newest_first_and_not_older_than_asked(money: Money) -> None:
    maya = who(money, "maya.chen@example.com").ref
    every = money.ledger.charges(maya, LONG_AGO).value
    recent = money.ledger.charges(maya, NOW - timedelta(days=10)).value

    assert [one.created_at for one in every] == sorted((one.created_at for one in every), reverse=True)
    assert recent == tuple(one for one in every if one.created_at >= NOW - timedelta(days=10))
    assert len(every) > len(recent) > 0


def test_a_single_charge_reads_as_in_the_list(money: Money) -> None:
    first = money.ledger.charges(who(money, "lars.holm@example.com").ref, LONG_AGO).value[0]

    assert money.ledger.charge(first.ref).value == first


def test_a_declined_charge_says_why(money: Money) -> None:
    newest = money.ledger.charges(who(money, "priya.natarajan@example.com").ref, LONG_AGO).value[0]

    assert newest.status is ChargeStatus.FAILED
    assert newest.failure


def test_subscriptions_show_ended_ones_too(money: Money) -> None:
    def status(email: str) -> SubscriptionStatus:
        return money.ledger.subscriptions(who(money, email).ref).value[0].status

    assert status("tomasz.nowak@example.com") is SubscriptionStatus.CANCELED
    assert status("priya.natarajan@example.com") is SubscriptionStatus.PAST_DUE
    assert status("lars.holm@example.com") is SubscriptionStatus.ACTIVE


def test_invoices_belong_to_charges(money: Money) -> None:
    lars = who(money, "lars.holm@example.com").ref
    invoice = money.ledger.invoices(lars, LONG_AGO).value[0]

    assert invoice.total == money.ledger.charges(lars, LONG_AGO).value[0].amount
    assert invoice.status is InvoiceStatus.PAID
    assert money.ledger.invoice(invoice.ref).value == invoice


@pytest.mark.parametrize("kind", ["charge", "subscription", "invoice"])
def test_what_is_not_there_is_missing(money: Money, kind: str) -> None:
    with pytest.raises(Missing):
        getattr(money.ledger, kind)(Ref("stripe", kind, "nothing_1"))


def test_a_refund_gives_a_receipt_and_shows_on_the_charge(money: Money) -> None:
    charge = double(money)
    receipt = money.writer.refund(charge, Amount(2900, "USD"), key="refund/1")

    assert receipt.details["amount"] == "29.00 USD"
    assert money.ledger.charge(charge).value.refunded == Amount(2900, "USD")
    assert [one.ref.id for one in money.ledger.refunds(charge).value] == [receipt.id]
    found = money.writer.find_refund(charge, key="refund/1")
    assert found is not None
    assert (found.id, found.details) == (receipt.id, receipt.details)
    assert money.writer.find_refund(charge, key="refund/2") is None


def test_more_than_is_left_is_refused(money: Money) -> None:
    charge = double(money)
    with pytest.raises(Invalid):
        money.writer.refund(charge, Amount(2901, "USD"), key="refund/1")
    money.writer.refund(charge, Amount(2000, "USD"), key="refund/2")
    with pytest.raises(Invalid):
        money.writer.refund(charge, Amount(901, "USD"), key="refund/3")

    assert money.ledger.charge(charge).value.refunded == Amount(2000, "USD")


def test_a_charge_that_was_given_back_cannot_be_given_back_again(money: Money) -> None:
    with pytest.raises(Invalid) as refusal:
        money.writer.refund(double(money, "omar.farouk@example.com"), Amount(2900, "USD"), key="refund/1")

    detail = refusal.value.detail
    assert isinstance(detail, dict)
    assert detail["error"]["code"] == "charge_already_refunded"


def test_a_key_cannot_be_used_for_another_amount(money: Money) -> None:
    charge = double(money)
    money.writer.refund(charge, Amount(100, "USD"), key="refund/1")
    with pytest.raises(Invalid):
        money.writer.refund(charge, Amount(200, "USD"), key="refund/1")

    assert money.ledger.charge(charge).value.refunded == Amount(100, "USD")


def test_a_cancelled_subscription_ends_with_its_period(money: Money) -> None:
    before = money.ledger.subscriptions(who(money, "lars.holm@example.com").ref).value[0]
    receipt = money.writer.cancel_subscription(before.ref, key="cancel/1")
    after = money.ledger.subscription(before.ref).value

    assert after.status is SubscriptionStatus.ACTIVE
    assert after.cancels_at == before.renews_at
    assert before.renews_at is not None
    assert receipt.details["ends"] == f"{before.renews_at.day} {before.renews_at:%B %Y}"


def test_an_invoice_is_sent_under_its_number(money: Money) -> None:
    invoice = money.ledger.invoices(who(money, "lars.holm@example.com").ref, LONG_AGO).value[0]

    assert money.writer.send_invoice(invoice.ref, key="invoice/1").details == {"number": invoice.number}


def test_lists_are_read_to_their_last_page(money: Money) -> None:
    """More refunds than one page holds; the one looked for is the oldest."""
    charge = double(money)
    for number in range(101):
        money.writer.refund(charge, Amount(1, "USD"), key=f"refund/{number}")

    assert len(money.ledger.refunds(charge).value) == 101
    assert money.writer.find_refund(charge, key="refund/0") is not None
