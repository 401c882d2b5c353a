"""Look-ups over what became of payments, and what whoever takes over is told of disputes."""

from datetime import timedelta

import pytest
from tests.contracts.rigs import NOW, Money, clock, money
from tests.contracts.test_billing import who
from tests.contracts.test_payments import LARS, MAYA, PRIYA, invoice_of, paid

from deskhand.context.disputed import disputed
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.customer import Identity, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import Fact, Finding
from deskhand.domain.money import Money as Amount


@pytest.fixture
def bank() -> Money:
    return money()


def look_up(bank: Money, name: str, email: str = LARS, days: int = 400) -> Finding:
    return LookUps(bank.ledger, None, clock).of(who(bank, email))(name, {"days": days})


def told(bank: Money, identity: Identity | None = None) -> tuple[Fact, ...]:
    known = identity or Matched(who(bank, LARS), Strength.ATTESTED, "email")
    return disputed(Dossier(known, (), ()), LookUps(bank.ledger, None, clock), NOW)


@pytest.mark.parametrize("name", ["billing.payment_intents", "billing.disputes", "billing.credit_notes"])
def test_a_finding_holds_what_its_spec_says_and_no_more(bank: Money, name: str) -> None:
    charge = paid(bank)
    bank.twin.dispute(charge.id)
    bank.twin.write_credit_note(invoice_of(charge), 500)
    bank.twin.begin(who(bank, LARS).ref.id, 4900, "requires_payment_method", "expired_card")
    found, spec = look_up(bank, name), LookUps(bank.ledger, None, clock).specs[name]

    assert set(found.fields) == set(spec.fields)
    assert set(found.rows[0]) == set(spec.rows)
    assert all(isinstance(found.rows[0][column], kind) for column, kind in spec.rows.items())
    assert (found.source, found.read_at) == ("stripe", NOW)


def test_where_nothing_failed_the_reason_is_unknown_and_not_empty(bank: Money) -> None:
    found = look_up(bank, "billing.payment_intents", MAYA)

    assert found.fields["latest.status"] == "succeeded"
    assert "latest.reason" not in found.fields
    assert all("cause" not in row for row in found.rows)


def test_a_failed_payment_gives_its_cause_and_its_reason(bank: Money) -> None:
    latest = look_up(bank, "billing.payment_intents", PRIYA).fields

    assert latest["latest.status"] == "requires_payment_method"
    assert str(latest["latest.reason"]).startswith(
        ("there was not enough", "the card has expired", "the bank declined")
    )


def test_a_charge_marked_as_disputed_is_told_although_no_dispute_is_shown(bank: Money) -> None:
    row = bank.twin.store.row("charge", paid(bank).id)
    assert row is not None
    bank.twin.store.put([(*row[:5], row[5] | {"disputed": True})])
    (found,) = look_up(bank, "billing.disputes").rows

    assert (found["charge"], found["status"], found["stands"]) == (paid(bank).id, "other", True)
    assert "due" not in found


def test_disputes_are_those_of_payments_of_these_days(bank: Money) -> None:
    older = bank.ledger.charges(who(bank, MAYA).ref, NOW - timedelta(days=400)).value[-1]
    bank.twin.dispute(older.ref.id)
    age = (NOW - older.created_at).days + 1

    assert [row["charge"] for row in look_up(bank, "billing.disputes", MAYA, age).rows] == [older.ref.id]
    assert look_up(bank, "billing.disputes", MAYA, age - 2).rows == ()


def test_whoever_takes_over_reads_what_is_disputed_and_until_when_evidence_is_taken(bank: Money) -> None:
    charge = bank.ledger.charge(paid(bank)).value
    bank.twin.dispute(charge.ref.id)
    (fact,) = told(bank)

    assert fact.name == f"billing.disputes.{charge.ref.id}"
    assert fact.value == (
        f"{charge.amount} of {charge.created_at:%Y-%m-%d} is disputed, status needs_response, reason fraudulent, "
        "evidence due 2026-12-04 09:00 UTC"
    )
    assert (fact.source, fact.read_at) == ("stripe", NOW)


def test_nothing_is_told_where_nothing_is_disputed_or_nobody_fits(bank: Money) -> None:
    assert told(bank) == ()
    bank.twin.dispute(paid(bank).id)
    assert told(bank, Unknown()) == ()
    assert disputed(Dossier(Unknown(), (), ()), LookUps(None, None, clock), NOW) == ()


def test_a_silent_billing_is_told_as_unknown_and_not_as_nothing(bank: Money) -> None:
    known = Matched(who(bank, LARS), Strength.ATTESTED, "email")
    bank.faults.extend(["401"] * 8)
    (fact,) = told(bank, known)

    assert fact.value == "unknown, because billing did not answer"


def test_of_a_credit_note_what_was_credited_is_told_apart_from_what_was_refunded(bank: Money) -> None:
    bank.twin.write_credit_note(invoice_of(paid(bank)), 500, refund="re_1")
    found = look_up(bank, "billing.credit_notes").fields
    currency = bank.ledger.charge(paid(bank)).value.amount.currency

    assert (found["latest.refunded"], found["latest.credited"]) == (Amount(500, currency), Amount(0, currency))
