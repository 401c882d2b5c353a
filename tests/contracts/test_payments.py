"""What became of payments: intents, disputes and credit notes, by our client, the twin and Stripe's own samples."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts import rigs
from tests.contracts.rigs import NOW, SPECS, Money
from tests.contracts.test_billing import LONG_AGO, double, who

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.manifest import Given, Table
from deskhand.connectors.stripe import parsing
from deskhand.connectors.stripe.connector import CONNECTOR
from deskhand.connectors.stripe.parsing_payments import credit_note, dispute, paid_invoice, payment_intent
from deskhand.connectors.stripe.twin import KEY, SECRET, StripeTwin
from deskhand.connectors.stripe.twin_changes import Refusal
from deskhand.domain.credit_note import CreditNoteStatus
from deskhand.domain.dispute import Dispute, DisputeStatus
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import DIGITS
from deskhand.domain.money import Money as Amount
from deskhand.domain.payment_intent import REASONS, Cause, PaymentIntent, PaymentStatus
from deskhand.domain.ref import Ref

SAMPLES: dict[str, dict[str, Any]] = json.loads((SPECS / "stripe-samples-2026-08.json").read_text("utf-8"))
MAYA, LARS, PRIYA = (f"{name}@example.com" for name in ("maya.chen", "lars.holm", "priya.natarajan"))
PARSERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "payment_intent": payment_intent,
    "dispute": dispute,
    "credit_note": credit_note,
    "invoice_payment": paid_invoice,
}
FIELDS = sorted({"of_next_year", *(name for sample in SAMPLES.values() for name in sample)})
VALUES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([]) | st.just({})
)


def intents(money: Money, email: str) -> tuple[PaymentIntent, ...]:
    return money.ledger.payment_intents(who(money, email).ref, LONG_AGO).value


def paid(money: Money, email: str = LARS) -> Ref:
    """The newest charge of this customer, who has one paid invoice for each."""
    return money.ledger.charges(who(money, email).ref, LONG_AGO).value[0].ref


def invoice_of(charge: Ref) -> str:
    """At the twin a charge and its invoice have one name."""
    return f"in_{charge.id[3:]}"


def disputed(money: Money, charge: Ref) -> tuple[Dispute, ...]:
    return money.ledger.disputes(charge).value


# -- payment intents ----------------------------------------------------------------------------------


def test_each_payment_that_went_through_is_one_newest_first(money: Money) -> None:
    found, charges = intents(money, MAYA), money.ledger.charges(who(money, MAYA).ref, LONG_AGO).value

    assert [(one.amount, one.created_at, one.status, one.cause) for one in found] == [
        (one.amount, one.created_at, PaymentStatus.SUCCEEDED, None) for one in charges
    ]
    assert {one.customer for one in found} == {who(money, MAYA).ref}


def test_those_that_are_older_than_asked_are_left_out(money: Money) -> None:
    since = NOW - timedelta(days=40)
    found = money.ledger.payment_intents(who(money, MAYA).ref, since).value

    assert found == tuple(one for one in intents(money, MAYA) if one.created_at >= since)
    assert 0 < len(found) < len(intents(money, MAYA))


def test_a_payment_that_failed_tells_why_in_words_of_ours(money: Money) -> None:
    newest = intents(money, PRIYA)[0]
    told = money.ledger.charges(who(money, PRIYA).ref, LONG_AGO).value[0].failure

    assert newest.status is PaymentStatus.REQUIRES_PAYMENT_METHOD
    assert newest.cause in (Cause.INSUFFICIENT_FUNDS, Cause.EXPIRED_CARD, Cause.DECLINED)
    assert told
    assert told not in REASONS[newest.cause]


@pytest.mark.parametrize("status", ["requires_action", "processing", "canceled", "requires_confirmation"])
def test_a_payment_without_a_charge_is_told_as_it_stands(money: Money, status: str) -> None:
    money.twin.begin(who(money, LARS).ref.id, 4900, status)

    assert (intents(money, LARS)[0].status, intents(money, LARS)[0].cause) == (PaymentStatus(status), None)


@pytest.mark.parametrize(
    ("code", "decline", "cause"),
    [
        ("card_declined", "insufficient_funds", Cause.INSUFFICIENT_FUNDS),
        ("card_declined", "expired_card", Cause.EXPIRED_CARD),
        ("expired_card", None, Cause.EXPIRED_CARD),
        ("incorrect_cvc", "incorrect_cvc", Cause.WRONG_DETAILS),
        ("authentication_required", "authentication_required", Cause.NOT_CONFIRMED),
        ("payment_intent_authentication_failure", None, Cause.NOT_CONFIRMED),
        ("card_declined", "card_velocity_exceeded", Cause.LIMIT_REACHED),
        ("card_declined", "currency_not_supported", Cause.NOT_SUPPORTED),
        ("processing_error", "processing_error", Cause.TRY_AGAIN),
        ("card_declined", "do_not_honor", Cause.DECLINED),
        ("card_declined", "a_word_of_next_year", Cause.DECLINED),
        ("a_word_of_next_year", None, Cause.DECLINED),
        # Whoever holds the card may be its thief: these are told as any other refusal.
        ("card_declined", "stolen_card", Cause.DECLINED),
        ("card_declined", "lost_card", Cause.DECLINED),
        ("card_declined", "pickup_card", Cause.DECLINED),
        ("card_declined", "fraudulent", Cause.DECLINED),
        ("card_declined", "merchant_blacklist", Cause.DECLINED),
    ],
)
def test_their_words_for_a_refusal_are_few_of_ours(money: Money, code: str, decline: str | None, cause: Cause) -> None:
    money.twin.begin(who(money, LARS).ref.id, 4900, "requires_payment_method", code, decline)

    assert intents(money, LARS)[0].cause is cause


def test_what_is_no_refusal_of_a_card_is_not_called_one() -> None:
    raw = SAMPLES["payment_intent"] | {"last_payment_error": {"type": "api_error"}}

    assert payment_intent(raw).cause is Cause.OTHER


def test_an_earlier_failure_of_a_payment_that_went_through_is_not_told() -> None:
    raw = SAMPLES["payment_intent"] | {"last_payment_error": {"type": "card_error", "code": "expired_card"}}

    assert payment_intent(raw | {"status": "succeeded"}).cause is None
    assert payment_intent(raw | {"status": "canceled"}).cause is Cause.EXPIRED_CARD


def test_every_cause_has_words() -> None:
    assert set(REASONS) == set(Cause)


# -- disputes -----------------------------------------------------------------------------------------


def test_a_charge_that_nobody_disputes_has_none(money: Money) -> None:
    assert disputed(money, paid(money)) == ()


def test_a_dispute_tells_its_amount_its_reason_and_until_when_evidence_is_taken(money: Money) -> None:
    charge = paid(money)
    money.twin.dispute(charge.id)
    (found,) = disputed(money, charge)

    assert (found.charge, found.amount) == (charge, money.ledger.charge(charge).value.amount)
    assert (found.status, found.reason, found.stands) == (DisputeStatus.NEEDS_RESPONSE, "fraudulent", True)
    assert found.due_at == NOW + timedelta(days=10)
    assert money.ledger.charge(charge).value.disputed


@pytest.mark.parametrize("status", list(DisputeStatus))
def test_only_what_was_decided_for_us_does_not_stand(money: Money, status: DisputeStatus) -> None:
    money.twin.dispute(paid(money).id, "a word of next year" if status is DisputeStatus.OTHER else str(status))
    (found,) = disputed(money, paid(money))

    assert found.status is status
    assert found.stands is (status not in (DisputeStatus.WON, DisputeStatus.WARNING_CLOSED))


def test_a_dispute_without_a_last_day_is_read() -> None:
    assert dispute(SAMPLES["dispute"] | {"evidence_details": {"due_by": None}}).due_at is None
    assert dispute(SAMPLES["dispute"] | {"evidence_details": None}).due_at is None


# -- credit notes -------------------------------------------------------------------------------------


def test_a_credit_note_tells_its_number_its_amount_and_where_it_went(money: Money) -> None:
    charge = paid(money)
    to_balance = money.twin.write_credit_note(invoice_of(charge), 500)
    refunded = money.twin.write_credit_note(invoice_of(charge), 300, refund="re_1")
    found = {one.ref.id: one for one in money.ledger.credit_notes(who(money, LARS).ref, LONG_AGO).value}

    currency = money.ledger.charge(charge).value.amount.currency
    balance, back = found[to_balance], found[refunded]
    assert (balance.amount.minor, balance.credited.minor, balance.refunded.minor) == (500, 500, 0)
    assert (back.amount.minor, back.credited.minor, back.refunded.minor) == (300, 0, 300)
    assert balance.amount.currency == currency
    assert balance.number.endswith("-CN-01")
    assert (balance.status, balance.reason) == (CreditNoteStatus.ISSUED, "order_change")
    assert balance.invoice == Ref("stripe", "invoice", invoice_of(charge))


def test_credit_notes_older_than_asked_are_left_out(money: Money) -> None:
    money.twin.write_credit_note(invoice_of(paid(money)), 500)

    assert len(money.ledger.credit_notes(who(money, LARS).ref, NOW).value) == 1
    assert money.ledger.credit_notes(who(money, LARS).ref, NOW + timedelta(seconds=1)).value == ()


def test_nothing_is_credited_where_there_is_no_credit_note(money: Money) -> None:
    found = money.ledger.credited(double(money)).value

    assert found == Amount(0, "USD")


def test_what_went_to_the_balance_is_credited_and_what_was_refunded_is_not(money: Money) -> None:
    charge = paid(money)
    currency = money.ledger.charge(charge).value.amount.currency
    money.twin.write_credit_note(invoice_of(charge), 500)
    money.twin.write_credit_note(invoice_of(charge), 200)
    money.twin.write_credit_note(invoice_of(charge), 300, refund="re_1")

    assert money.ledger.credited(charge).value == Amount(700, currency)


def test_a_credit_note_on_another_invoice_says_nothing_of_this_charge(money: Money) -> None:
    every = money.ledger.charges(who(money, MAYA).ref, LONG_AGO).value
    money.twin.write_credit_note(invoice_of(every[1].ref), 500)

    assert money.ledger.credited(every[0].ref).value == Amount(0, every[0].amount.currency)
    assert money.ledger.credited(every[1].ref).value == Amount(500, every[1].amount.currency)


def test_a_void_credit_note_gave_nothing(money: Money) -> None:
    charge = paid(money)
    money.twin.void_credit_note(money.twin.write_credit_note(invoice_of(charge), 500))

    assert money.ledger.credited(charge).value == Amount(0, money.ledger.charge(charge).value.amount.currency)
    (note,) = money.ledger.credit_notes(who(money, LARS).ref, LONG_AGO).value
    assert note.status is CreditNoteStatus.VOID


@pytest.mark.parametrize("field", ["payment_intent", "customer"])
def test_nobody_knows_what_was_credited_for_a_charge_that_names_no_payment(money: Money, field: str) -> None:
    """Not nothing: unknown, which allows nothing."""
    charge = paid(money)
    raw = money.twin.store.row("charge", charge.id)
    assert raw is not None
    money.twin.write_credit_note(invoice_of(charge), 500)
    money.twin.store.put([(*raw[:5], raw[5] | {field: None})])

    assert money.ledger.credited(charge).value is None


def test_what_was_credited_in_another_currency_is_unknown(money: Money) -> None:
    charge = paid(money)
    row = money.twin.store.row("credit_note", money.twin.write_credit_note(invoice_of(charge), 500))
    assert row is not None
    money.twin.store.put([(*row[:5], row[5] | {"currency": "jpy"})])

    assert money.ledger.credited(charge).value is None


def test_of_a_charge_that_is_not_there_nothing_is_said(money: Money) -> None:
    with pytest.raises(Missing):
        money.ledger.credited(Ref("stripe", "charge", "ch_nothing"))


def test_what_lowered_an_invoice_before_it_was_paid_gave_nothing_back() -> None:
    raw = SAMPLES["credit_note"] | {"amount": 900, "post_payment_amount": 0, "pre_payment_amount": 900, "refunds": []}

    assert (credit_note(raw).amount.minor, credit_note(raw).credited.minor) == (900, 0)


def test_a_refund_beside_stripe_is_credited_since_no_charge_shows_it() -> None:
    beside = {"amount_refunded": 400, "refund": None, "type": "payment_record_refund"}
    raw = SAMPLES["credit_note"] | {"amount": 900, "post_payment_amount": 900, "refunds": [beside]}

    assert (credit_note(raw).credited.minor, credit_note(raw).refunded.minor) == (900, 0)


def test_a_credit_note_that_does_not_tell_its_parts_counts_whole() -> None:
    raw = {
        name: value for name, value in SAMPLES["credit_note"].items() if name not in ("post_payment_amount", "refunds")
    }

    assert credit_note(raw).credited == credit_note(raw).amount


# -- held to Stripe's samples, and to what may come -----------------------------------------------------


@pytest.mark.parametrize("kind", PARSERS)
def test_stripes_own_sample_is_read(kind: str) -> None:
    assert parsing.parsed(PARSERS[kind], SAMPLES[kind])


def test_the_twin_answers_with_no_field_that_stripes_samples_lack(money: Money) -> None:
    charge = paid(money)
    money.twin.dispute(charge.id)
    money.twin.write_credit_note(invoice_of(charge), 500, refund="re_1")
    asked = {
        "payment_intents": {"customer": who(money, LARS).ref.id},
        "disputes": {"charge": charge.id},
        "credit_notes": {"customer": who(money, LARS).ref.id},
        "invoice_payments": {"payment[type]": "payment_intent", "payment[payment_intent]": f"pi_{charge.id[3:]}"},
    }
    for name, params in asked.items():
        (one, *_) = money.ledger._client.each(f"/v1/{name}", **params)
        sample = SAMPLES[one["object"]]
        assert set(one) <= set(sample), name
        odd = {field for field in one if sample[field] is not None and type(one[field]) is not type(sample[field])}
        assert odd <= {"last_payment_error", "next_action", "latest_charge"}, name


@pytest.mark.parametrize("kind", PARSERS)
@given(
    changes=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
    gone=st.sets(st.sampled_from(FIELDS), max_size=2),
)
def test_whatever_a_field_holds_there_is_a_value_or_invalid(kind: str, changes: dict[str, Any], gone: set[str]) -> None:
    raw = {name: value for name, value in (SAMPLES[kind] | changes).items() if name not in gone}
    try:
        first = parsing.parsed(PARSERS[kind], raw)
    except Invalid:
        return
    assert parsing.parsed(PARSERS[kind], raw | {"of_next_year": {"x": [1]}}) == first


@pytest.mark.parametrize("kind", PARSERS)
@given(raw=VALUES | st.dictionaries(st.text(), VALUES, max_size=3))
def test_what_is_no_such_object_is_invalid(kind: str, raw: Any) -> None:
    with pytest.raises(Invalid):
        parsing.parsed(PARSERS[kind], raw)


@pytest.mark.parametrize("kind", ["payment_intent", "dispute", "credit_note"])
@given(currency=st.sampled_from(sorted(DIGITS)), minor=st.integers(0, 10**9))
def test_an_amount_is_in_the_smallest_unit_of_its_currency(kind: str, currency: str, minor: int) -> None:
    """1099 is 1099 JPY and 1.099 KWD."""
    found: Any = PARSERS[kind](SAMPLES[kind] | {"amount": minor, "currency": currency.lower()})

    assert found.amount == Amount(minor, currency)
    assert str(found.amount).partition(" ")[0].replace(".", "").lstrip("0") == str(minor).lstrip("0")
    assert len(str(found.amount).partition(" ")[0].partition(".")[2]) == DIGITS[currency]


@pytest.mark.parametrize("kind", ["payment_intent", "dispute", "credit_note"])
def test_an_amount_in_a_currency_that_we_do_not_know_is_no_amount(kind: str) -> None:
    with pytest.raises(Invalid):
        parsing.parsed(PARSERS[kind], SAMPLES[kind] | {"currency": "xau"})


# -- rights -------------------------------------------------------------------------------------------


class Restricted(StripeTwin):
    """Its key may read no disputes."""

    def _asked(self, request: Any) -> dict[str, str]:
        if request.url.path == "/v1/disputes":
            raise Refusal(403, "", "The provided key does not have the required permissions.")
        return super()._asked(request)


@pytest.mark.parametrize(("twin", "lacking"), [(StripeTwin, set()), (Restricted, {"Disputes"})])
def test_a_key_that_may_not_read_disputes_is_told_so(twin: type[StripeTwin], lacking: set[str]) -> None:
    made = twin(":memory:", rigs.clock)
    secrets = {"stripe_key": KEY, "stripe_webhook_secret": SECRET}
    proof = CONNECTOR.check(Given(Table(), lambda name: secrets[name], rigs.clock, InProcess(made.app)))
    made.store.close()

    assert {"PaymentIntents", "Disputes", "Credit notes"} < {one.name for one in proof.rights}
    assert {one.name for one in proof.rights if not one.granted} == lacking
    assert [f"{one.name}: read" for one in proof.rights] == list(CONNECTOR.reading)
