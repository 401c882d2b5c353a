"""Payment intents, disputes and credit notes in Stripe's shapes, as the twin keeps them."""

from typing import Any

Json = dict[str, Any]
DAY = 86400
CODES = {  # of the made-up company's reasons
    "Your card has insufficient funds.": ("card_declined", "insufficient_funds"),
    "Your card has expired.": ("expired_card", None),
    "Your card was declined.": ("card_declined", "generic_decline"),
}


def intent_of(charge: Json) -> Json:
    """The one that made this charge."""
    failure, paid = charge["failure_message"], charge["status"] == "succeeded"
    made = intent(charge["id"][3:], charge["customer"], charge["amount"], charge["currency"], charge["created"])
    made |= {"description": charge["description"], "latest_charge": charge["id"]}
    made["status"] = "succeeded" if paid else "requires_payment_method"
    code, decline = CODES.get(failure, ("card_declined", "generic_decline"))
    return made | ({"last_payment_error": error(code, decline, failure)} if failure else {})


def intent(name: str, customer: str, amount: int, currency: str, created: int) -> Json:
    return {
        "id": f"pi_{name}",
        "object": "payment_intent",
        "amount": amount,
        "cancellation_reason": None,
        "created": created,
        "currency": currency,
        "customer": customer,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "status": "requires_payment_method",
    }


def error(code: str, decline: str | None, message: str) -> Json:
    told = {"type": "card_error", "code": code, "message": message}
    return told | ({"decline_code": decline} if decline else {})


def dispute_of(charge: Json, status: str, created: int) -> Json:
    """Evidence is taken for ten days."""
    return {
        "id": f"dp_{charge['id'][3:]}",
        "object": "dispute",
        "amount": charge["amount"],
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "evidence_details": {
            "due_by": created + 10 * DAY,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": status.startswith("warning"),
        "livemode": False,
        "metadata": {},
        "payment_intent": charge.get("payment_intent"),
        "reason": "fraudulent",
        "status": status,
    }


def credit_note_of(invoice: Json, amount: int, created: int, place: int, refund: str) -> Json:
    """On a paid invoice: through this refund, or to the customer's balance when there is none."""
    back = [{"amount_refunded": amount, "refund": refund, "type": "refund"}] if refund else []
    return {
        "id": f"cn_{place:08d}",
        "object": "credit_note",
        "amount": amount,
        "created": created,
        "currency": invoice["currency"],
        "customer": invoice["customer"],
        "customer_balance_transaction": None if refund else f"cbtxn_of_cn_{place:08d}",
        "invoice": invoice["id"],
        "livemode": False,
        "metadata": {},
        "number": f"{invoice['number']}-CN-{place + 1:02d}",
        "post_payment_amount": amount,
        "pre_payment_amount": 0,
        "reason": "order_change",
        "refunds": back,
        "status": "issued",
        "type": "post_payment",
    }


def invoice_payment_of(invoice: Json, intent: str) -> Json:
    return {
        "id": f"inpay_{invoice['id'][3:]}",
        "object": "invoice_payment",
        "amount_paid": invoice["total"],
        "amount_requested": invoice["total"],
        "created": invoice["created"],
        "currency": invoice["currency"],
        "invoice": invoice["id"],
        "is_default": True,
        "livemode": False,
        "payment": {"payment_intent": intent, "type": "payment_intent"},
        "status": "paid",
    }


def charge_of(customer: Json, minor: int, what: str, created: int, id: str, failure: str) -> Json:
    """One attempt to take money, which went well unless `failure` says why not."""
    return {
        "id": f"ch_{id}",
        "object": "charge",
        "amount": minor,
        "amount_refunded": 0,
        "captured": not failure,
        "created": created,
        "currency": customer["currency"],
        "customer": customer["id"],
        "description": what,
        "disputed": False,
        "failure_message": failure or None,
        "livemode": False,
        "metadata": {},
        "paid": not failure,
        "payment_intent": f"pi_{id}",
        "refunded": False,
        "status": "failed" if failure else "succeeded",
    }
