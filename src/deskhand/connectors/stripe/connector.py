"""Stripe as a connector: where charges, refunds and subscriptions are the truth."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.connectors.stripe import ADDRESS, SYSTEM, webhook
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import VERSION, StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.domain.errors import Refused

# What each list says of a key's right to read it: the cheapest question.
LISTS = {
    "Customers": "/v1/customers",
    "Charges and Refunds": "/v1/charges",
    "PaymentIntents": "/v1/payment_intents",
    "Disputes": "/v1/disputes",
    "Invoices": "/v1/invoices",
    "Credit notes": "/v1/credit_notes",
    "Subscriptions": "/v1/subscriptions",
    "Products and Prices": "/v1/prices",
}


def connect(given: Given) -> Roles:
    wire = _wire(given)
    client = StripeClient(wire)
    ledger, secrets = StripeLedger(client, given.clock), given.secret("stripe_webhook_secret").split(",")
    return Roles(
        wire=wire,
        customers=StripeCustomers(client, given.clock),
        billing=ledger,
        billing_writer=None if given.reads_only else StripeWriter(client, given.clock),
        verify_event=lambda headers, body, at: webhook.verify(secrets, headers, body, at),
    )


def check(given: Given) -> Proof:
    """A restricted key answers 403 for what it may not read; nothing tells what it may write without writing."""
    wire = _wire(given)
    try:
        granted = {name: wire.may_read(path, limit=1) for name, path in LISTS.items()}
    finally:
        wire.close()
    if not any(granted.values()):
        raise Refused("GET /v1/customers: the key is not accepted")
    rights = [Right(name, ok, "reading") for name, ok in granted.items()]
    key = given.secret("stripe_key")
    if key.startswith("sk_"):
        rights.append(Right("a secret key, which may do everything: make a restricted key instead", True, ""))
    return Proof("test mode" if "_test_" in key else "live mode", tuple(rights))


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return StripeTwin(str(place / "stripe.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="Stripe",
    plays=frozenset({Role.CUSTOMERS, Role.BILLING}),
    table=Table,
    secrets=(
        Secret("stripe_key", "a restricted key, which begins with rk_"),
        Secret("stripe_webhook_secret", "the signing secret of the endpoint, which begins with whsec_"),
    ),
    steps=(
        "Open Developers > API keys in the Stripe dashboard and click Create restricted key.",
        "Give it Read on: " + ", ".join(LISTS) + ". Leave everything else at None.",
        "When the assistant may act, raise Charges and Refunds, Customers, Subscriptions and Invoices to Write.",
        "Copy the key; it is shown once.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=tuple(f"{name}: read" for name in LISTS),
    writing=("Charges and Refunds: write", "Customers: write", "Subscriptions: write", "Invoices: write"),
    connect=connect,
    check=check,
    twin=twin,
    webhook=(
        "Open Developers > Webhooks in the Stripe dashboard and click Add endpoint.",
        "Enter the address below, and choose the events refund.updated and refund.failed.",
        "Copy the signing secret of the endpoint.",
    ),
    pace=Pace(100, 1.0),
)


def _wire(given: Given) -> Wire:
    headers = {"authorization": f"Bearer {given.secret('stripe_key')}", "stripe-version": VERSION}
    return given.wire(given.table.address or ADDRESS, headers=headers)
