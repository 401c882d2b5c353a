"""Changing what billing knows of a customer: set whole, told and undone."""

import pytest
from tests.contracts.rigs import Money
from tests.contracts.test_billing import who

from deskhand.domain.billing import Account, Address
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref

HOME = Address("Rua Nova 7", "2.º dto", "Coimbra", "3000-000", "", "PT")


def lars(money: Money) -> Account:
    return money.ledger.account(Ref("stripe", "customer", who(money, "lars.holm@example.com").ref.id)).value


def test_an_account_is_read_with_address_and_credit(money: Money) -> None:
    account = lars(money)

    assert (account.name, account.email, account.phone) == ("Lars Holm", "lars.holm@example.com", "")
    assert account.address.country
    assert account.credit == Amount(0, "USD")


def test_an_account_that_is_not_there_is_missing(money: Money) -> None:
    with pytest.raises(Missing):
        money.ledger.account(Ref("stripe", "customer", "cus_nothing"))


def test_only_what_is_given_changes(money: Money) -> None:
    before = lars(money)
    receipt = money.writer.update_contact(before.ref, phone="+45 12 34 56 78", key="contact/1")

    assert lars(money).phone == "+45 12 34 56 78"
    assert (lars(money).name, lars(money).email) == (before.name, before.email)
    assert receipt.details["phone"] == "+45 12 34 56 78"
    assert receipt.before == {"phone": ""}
    money.writer.update_contact(before.ref, key="contact/2", **receipt.before)
    assert lars(money) == before


def test_a_customer_is_found_under_the_new_address(money: Money) -> None:
    ref = lars(money).ref
    money.writer.update_contact(ref, email="lars@new.example", name="Lars Holm-Berg", key="contact/1")

    assert who(money, "lars@new.example").ref == ref
    assert money.customers.by_email("lars.holm@example.com") == []
    assert who(money, "lars@new.example").name == "Lars Holm-Berg"


def test_what_is_no_address_is_refused(money: Money) -> None:
    before = lars(money)
    with pytest.raises(Invalid):
        money.writer.update_contact(before.ref, email="lars at home", name="L", key="contact/1")

    assert lars(money) == before


def test_an_address_is_replaced_whole_and_put_back(money: Money) -> None:
    before = lars(money)
    receipt = money.writer.update_address(before.ref, HOME, key="address/1")

    assert lars(money).address == HOME
    assert receipt.details == {"address": "Rua Nova 7, 2.º dto, Coimbra, 3000-000, PT"}
    assert Address(**receipt.before) == before.address
    money.writer.update_address(before.ref, Address(**receipt.before), key="address/2")
    assert lars(money) == before


def test_changes_are_found_by_their_kind(money: Money) -> None:
    ref = lars(money).ref
    address = money.writer.update_address(ref, HOME, key="address/1")
    contact = money.writer.update_contact(ref, name="Lars", key="contact/1")

    for receipt in (address, contact):
        found = money.writer.find_change(ref, key=receipt.key)
        assert found is not None
        assert (found.id, found.details) == (receipt.id, receipt.details)


def test_a_receipt_keeps_personal_values_out_of_its_text(money: Money) -> None:
    """Whatever prints a receipt, into a log say, prints neither the new address nor the old one."""
    receipt = money.writer.update_address(lars(money).ref, HOME, key="address/1")

    assert "Rua Nova" not in repr(receipt)
    assert receipt.before["line1"] not in repr(receipt)
