"""Stripe's payment intents, disputes and credit notes as our values; see `parsing`."""

from collections.abc import Mapping
from typing import Any

from deskhand.connectors.stripe.parsing import known, moment, money, ref
from deskhand.domain.credit_note import CreditNote, CreditNoteStatus
from deskhand.domain.dispute import Dispute, DisputeStatus
from deskhand.domain.money import Money
from deskhand.domain.payment_intent import Cause, PaymentIntent, PaymentStatus

# Their words for why a card was refused. What is not here is plainly declined: Stripe asks that nobody is told of a
# card that is suspected, watched, lost or stolen.
CAUSES: Mapping[str, Cause] = {
    "insufficient_funds": Cause.INSUFFICIENT_FUNDS,
    "expired_card": Cause.EXPIRED_CARD,
    "card_declined": Cause.DECLINED,
    **dict.fromkeys(
        (
            "incorrect_number",
            "incorrect_cvc",
            "incorrect_zip",
            "incorrect_address",
            "invalid_number",
            "invalid_cvc",
            "invalid_expiry_month",
            "invalid_expiry_year",
        ),
        Cause.WRONG_DETAILS,
    ),
    **dict.fromkeys(
        (
            "authentication_required",
            "authentication_not_handled",
            "payment_intent_authentication_failure",
            "offline_pin_required",
            "online_or_offline_pin_required",
        ),
        Cause.NOT_CONFIRMED,
    ),
    **dict.fromkeys(("card_velocity_exceeded", "withdrawal_count_limit_exceeded"), Cause.LIMIT_REACHED),
    **dict.fromkeys(("card_not_supported", "currency_not_supported", "transaction_not_allowed"), Cause.NOT_SUPPORTED),
    **dict.fromkeys(
        ("processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id"),
        Cause.TRY_AGAIN,
    ),
}


def payment_intent(raw: dict[str, Any]) -> PaymentIntent:
    status = known(PaymentStatus, raw["status"])
    error = raw.get("last_payment_error")
    return PaymentIntent(
        ref=ref("payment_intent", raw["id"]),
        customer=ref("customer", raw["customer"]) if raw.get("customer") else None,
        amount=money(raw["amount"], raw["currency"]),
        status=status,
        created_at=moment(raw["created"]),
        description=str(raw.get("description") or ""),
        # An earlier try may have failed: of a payment that went through nothing is left to tell.
        cause=_cause(error) if error and status is not PaymentStatus.SUCCEEDED else None,
    )


def _cause(error: Mapping[str, Any]) -> Cause:
    for word in (error.get("decline_code"), error.get("code")):
        if isinstance(word, str) and word in CAUSES:
            return CAUSES[word]
    return Cause.DECLINED if error.get("type") == "card_error" else Cause.OTHER


def dispute(raw: dict[str, Any]) -> Dispute:
    due = (raw.get("evidence_details") or {}).get("due_by")
    return Dispute(
        ref=ref("dispute", raw["id"]),
        charge=ref("charge", raw["charge"]),
        amount=money(raw["amount"], raw["currency"]),
        status=known(DisputeStatus, raw["status"]),
        reason=str(raw.get("reason") or ""),
        created_at=moment(raw["created"]),
        due_at=moment(due) if due else None,
    )


def credit_note(raw: dict[str, Any]) -> CreditNote:
    currency = raw["currency"]
    paid = raw.get("post_payment_amount")
    after = money(raw["amount"] if paid is None else paid, currency)  # what is not told apart counts as given
    refunded = money(sum(_refunded(one) for one in raw.get("refunds") or ()), currency)
    return CreditNote(
        ref=ref("credit_note", raw["id"]),
        customer=ref("customer", raw["customer"]),
        invoice=ref("invoice", raw["invoice"]),
        number=str(raw.get("number") or ""),
        amount=money(raw["amount"], currency),
        refunded=refunded,
        credited=Money(max(0, after.minor - refunded.minor), after.currency),
        status=known(CreditNoteStatus, raw["status"]),
        reason=str(raw.get("reason") or ""),
        created_at=moment(raw["created"]),
    )


def _refunded(one: Mapping[str, Any]) -> int:
    """One without a refund's id went another way than through Stripe: no charge shows it."""
    minor: int = one["amount_refunded"] if one.get("refund") else 0
    return minor


def paid_invoice(raw: dict[str, Any]) -> str:
    """The id of the invoice that an invoice payment is for."""
    return ref("invoice", raw["invoice"]).id
