"""What the demo company's policies say of its actions, case by case."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.policy.world import (
    CHARGE,
    CUSTOMER,
    DAY,
    HOUR,
    IDENTITY,
    MESSAGE,
    MICRO,
    NOW,
    OFFICE,
    REFUND,
    SIGNAL,
    TAKEOVER,
    TICKET,
    history,
    of_desk,
    usd,
)

from deskhand.domain.money import Money
from deskhand.domain.verdict import Approve, Escalate, Verdict
from deskhand.execution.catalogue.change_email import ContactFacts
from deskhand.execution.catalogue.on_subscription import SubscriptionFacts
from deskhand.execution.catalogue.refund_charge import AskedAmount
from deskhand.execution.catalogue.send_invoice import InvoiceFacts
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    ActionBase,
    ActionFacts,
    CustomerFacts,
    IdentityFacts,
    TakeoverFacts,
    TalkFacts,
    values_of,
)

LUMEN = of_desk(Path(__file__).parents[2] / "examples" / "lumen")
ACTIONS = ["refund_charge", "cancel_subscription", "send_invoice", "turn", "change_email"]


@dataclass(frozen=True)
class CancelFacts(ActionBase):
    subscription: SubscriptionFacts


@dataclass(frozen=True)
class SendInvoiceFacts(ActionBase):
    invoice: InvoiceFacts


@dataclass(frozen=True)
class ChangeEmailFacts(ActionBase):
    contact: ContactFacts


ENTERPRISE = replace(CUSTOMER, tier="enterprise")
NOBODY = CustomerFacts(known=False, tier=None, flagged=None)
SUBSCRIPTION = SubscriptionFacts(TICKET.customer, "active", ends=False, paused=False)
INVOICE = InvoiceFacts(TICKET.customer, "paid")
NEVER = history(usd(0))
BASE = (NOW, "autonomous", "email", "assistant", TICKET, CUSTOMER, IDENTITY, TAKEOVER, OFFICE, NEVER)
CANCEL = CancelFacts(*BASE, ActionFacts(True, own=True), SUBSCRIPTION)
SEND = SendInvoiceFacts(*BASE, ActionFacts(False, own=True), INVOICE)
CONTACT = ContactFacts(TICKET.customer, same=False)
PROVEN = IdentityFacts(attested=True, proven=True)
MOVE = replace(ChangeEmailFacts(*BASE, ActionFacts(False, own=True), CONTACT), identity=PROVEN)
GOOD: dict[str, Any] = dict(zip(ACTIONS, [REFUND, CANCEL, SEND, MESSAGE, MOVE], strict=True))


def verdict(action: str, /, **groups: Any) -> Verdict:
    facts = replace(GOOD[action], **groups)
    currency = facts.refund.currency if action == "refund_charge" else None
    return decide(LUMEN, action, values_of(facts), currency=currency).verdict


def told(action: str, /, **groups: Any) -> str:
    match verdict(action, **groups):
        case Approve(rule, by):
            return f"approve {rule} {' '.join(by)}"
        case Escalate(rule, to):
            return f"escalate {rule} {to}"
        case other:
            return f"{other.effect} {other.rule}"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_ticket_that_a_person_has_is_left_alone_and_a_flagged_customer_goes_to_risk(action: str) -> None:
    assert told(action, ticket=replace(TICKET, owner="ana")) == "deny a-person-has-it"
    assert told(action, customer=replace(CUSTOMER, flagged=True)) == "escalate flagged-customer risk"


@pytest.mark.parametrize("action", ACTIONS[:3])
def test_nothing_is_done_for_somebody_who_is_not_verified(action: str) -> None:
    assert told(action, ticket=replace(TICKET, verified=False)).startswith("deny")
    assert told(action, customer=NOBODY, ticket=replace(TICKET, verified=False)).startswith("deny")


def paid(minor: int, currency: str = "USD", **changes: Any) -> dict[str, Any]:
    """A refund in full of a payment of this amount."""
    amount, nothing = Money(minor, currency), Money(0, currency)
    charge = replace(CHARGE, amount=amount, refunded=nothing, credited=nothing, currency=currency, **changes)
    return {"refund": AskedAmount(amount, currency), "charge": charge, "history": history(nothing)}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (paid(5000), "allow refunds"),
        (paid(5001), "approve refund-alone-only-small-duplicates team_lead"),
        (paid(4500, "EUR"), "allow refunds"),
        (paid(4501, "EUR"), "approve refund-alone-only-small-duplicates team_lead"),
        (paid(4500, "GBP"), "escalate refund-too-large billing"),
        (paid(50000), "approve refund-alone-only-small-duplicates team_lead"),
        (paid(50001), "escalate refund-too-large billing"),
        (paid(4200, duplicate_gap=None), "approve refund-alone-only-small-duplicates team_lead"),
        (paid(4200, duplicate_gap=72 * HOUR), "allow refunds"),
        (paid(4200, duplicate_gap=72 * HOUR + MICRO), "approve refund-alone-only-small-duplicates team_lead"),
        (paid(4200, created_at=NOW - 30 * DAY), "allow refunds"),
        (paid(4200, created_at=NOW - 30 * DAY - MICRO), "deny refund-too-old"),
        (paid(4200, disputed=True), "escalate refund-disputed risk"),
        (paid(4200, status="pending"), "deny refund-paid"),
        (paid(4200, customer="stripe:customer:2"), "deny refund-own-charge"),
        (paid(0), "deny refund-something"),
        ({"charge": replace(CHARGE, currency="EUR")}, "deny refund-same-currency"),
        ({"charge": replace(CHARGE, refunded=usd(1))}, "deny refund-not-more-than-paid"),
        ({"charge": replace(CHARGE, credited=usd(1))}, "escalate refund-credited billing"),
        ({"charge": replace(CHARGE, credited=None)}, "escalate refund-credited billing"),
        ({"refund": AskedAmount(usd(4199), "USD")}, "approve refund-alone-only-small-duplicates team_lead"),
        ({"history": history(usd(5800))}, "allow refunds"),
        ({"history": history(usd(5801))}, "approve refund-month-cap team_lead"),
        ({"customer": ENTERPRISE}, "approve refund-enterprise account_manager"),
        (
            {"customer": ENTERPRISE, **paid(9900, created_at=NOW - 400 * DAY)},
            "approve refund-alone-only-small-duplicates team_lead account_manager",
        ),
    ],
)
def test_refunds(groups: dict[str, Any], expected: str) -> None:
    assert told("refund_charge", **groups) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({}, "allow cancellations"),
        ({"action": ActionFacts(False, own=True)}, "confirm cancel-customer-confirms"),
        ({"subscription": replace(SUBSCRIPTION, status="trialing")}, "allow cancellations"),
        ({"subscription": replace(SUBSCRIPTION, status="past_due")}, "allow cancellations"),
        ({"subscription": replace(SUBSCRIPTION, status="canceled")}, "deny cancel-running"),
        ({"subscription": replace(SUBSCRIPTION, ends=True)}, "deny cancel-running"),
        ({"subscription": replace(SUBSCRIPTION, customer="stripe:customer:2")}, "deny cancel-own"),
        ({"customer": ENTERPRISE, "action": ActionFacts(False, own=True)}, "escalate cancel-enterprise accounts"),
    ],
)
def test_cancellations(groups: dict[str, Any], expected: str) -> None:
    assert told("cancel_subscription", **groups) == expected


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        (INVOICE, "allow invoices"),
        (replace(INVOICE, status="open"), "allow invoices"),
        (replace(INVOICE, status="draft"), "deny invoice-issued"),
        (replace(INVOICE, customer="stripe:customer:2"), "deny invoice-own"),
    ],
)
def test_invoices(invoice: InvoiceFacts, expected: str) -> None:
    assert told("send_invoice", invoice=invoice) == expected


SIGN = {"takeover": TakeoverFacts(["password_changed"])}
UNTOLD = {"takeover": TakeoverFacts(None)}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({}, "allow emails"),
        ({"identity": IdentityFacts(attested=True, proven=False)}, "deny email-proven"),
        ({"identity": IdentityFacts(attested=False, proven=False)}, "deny email-proven"),
        ({"contact": replace(CONTACT, customer="stripe:customer:2")}, "deny email-own"),
        ({"contact": replace(CONTACT, same=True)}, "deny email-another"),
        (SIGN, "escalate taken-over risk"),
        (UNTOLD, "escalate taken-over risk"),
    ],
)
def test_addresses(groups: dict[str, Any], expected: str) -> None:
    assert told("change_email", **groups) == expected


@pytest.mark.parametrize("groups", [SIGN, UNTOLD])
def test_no_money_goes_out_while_an_account_may_be_somebody_elses(groups: dict[str, Any]) -> None:
    assert told("refund_charge", **groups) == "escalate taken-over risk"


def risk(*risks: str, human: bool = False) -> dict[str, Any]:
    return {"signal": replace(SIGNAL, risks=list(risks), wants_human=human)}


ANGRY = {"signal": replace(SIGNAL, sentiment="angry")}
LEAVING = {"signal": replace(SIGNAL, churn_risk=True)}
RISING, REPEATED = replace(SIGNAL, rising=True), replace(SIGNAL, repeated=True)


def talk(turns: int = 1, requests: int = 1, contacts: int = 1, customers: int = 1) -> dict[str, Any]:
    return {"talk": TalkFacts(turns, 0, requests, contacts=contacts, customers=customers)}


def due(**time: float) -> dict[str, Any]:
    return {"talk": TalkFacts(1, 0, 1, has_deadline=True, time_left=timedelta(**time))}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({}, "allow answers"),
        ({"customer": NOBODY, "ticket": replace(TICKET, verified=False)}, "allow answers"),
        (risk(human=True), "escalate wants-a-person support"),
        (risk("legal"), "escalate not-for-a-machine specialist"),
        (risk("press"), "escalate not-for-a-machine specialist"),
        (risk("safety"), "escalate not-for-a-machine specialist"),
        (risk("fraud"), "escalate money-or-privacy-at-risk risk"),
        (risk("privacy"), "escalate money-or-privacy-at-risk risk"),
        (risk("fraud", "self_harm", human=True), "escalate not-for-a-machine specialist"),
        (ANGRY, "allow answers"),
        ({**ANGRY, "customer": NOBODY}, "allow answers"),
        ({**ANGRY, "customer": ENTERPRISE}, "escalate angry-and-important accounts"),
        ({**ANGRY, "customer": replace(CUSTOMER, tier="vip")}, "escalate angry-and-important accounts"),
        ({**LEAVING, "customer": ENTERPRISE}, "escalate angry-and-important accounts"),
        (LEAVING, "allow answers"),
        ({"talk": TalkFacts(turns=11, failed=1, requests=1)}, "allow answers"),
        ({"talk": TalkFacts(turns=12, failed=0, requests=1)}, "escalate going-in-circles support"),
        ({"talk": TalkFacts(turns=2, failed=2, requests=1)}, "escalate going-in-circles support"),
        ({"talk": TalkFacts(turns=4, failed=0, requests=1, repeats=1, questions=3)}, "allow answers"),
        ({"talk": TalkFacts(turns=4, failed=0, requests=1, repeats=2)}, "escalate going-in-circles support"),
        ({"talk": TalkFacts(turns=5, failed=0, requests=1, questions=4)}, "escalate going-in-circles support"),
        ({"signal": replace(SIGNAL, automatic=True)}, "escalate a-machine-writes support"),
        ({"signal": replace(SIGNAL, confidence=19), "customer": ENTERPRISE}, "escalate important-and-unclear accounts"),
        ({"signal": replace(SIGNAL, confidence=20), "customer": ENTERPRISE}, "allow answers"),
        ({"signal": replace(SIGNAL, confidence=0)}, "allow answers"),
        (due(minutes=30), "escalate deadline-near support"),
        (due(minutes=30, seconds=1), "allow answers"),
        (due(days=-1), "escalate deadline-near support"),
        ({**talk(turns=3), "signal": RISING}, "escalate ever-more-upset support"),
        ({**talk(turns=2), "signal": RISING}, "allow answers"),
        ({**talk(contacts=4), "signal": REPEATED}, "escalate again-and-again specialist"),
        ({**talk(contacts=3), "signal": REPEATED}, "allow answers"),
        (talk(contacts=6), "allow answers"),
        (talk(requests=5), "escalate many-things-at-once support"),
        (talk(requests=4), "allow answers"),
        (talk(requests=2, customers=2), "escalate many-things-at-once support"),
        (talk(requests=1, customers=2), "allow answers"),
        (SIGN, "allow answers"),
        ({"takeover": TakeoverFacts(["wrong_codes"])}, "escalate account-at-risk risk"),
        ({"takeover": TakeoverFacts(["several_customers"])}, "escalate account-at-risk risk"),
        (UNTOLD, "escalate account-at-risk risk"),
    ],
)
def test_messages(groups: dict[str, Any], expected: str) -> None:
    assert told("turn", **groups) == expected
