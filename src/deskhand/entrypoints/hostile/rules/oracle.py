"""Who may have something done, as the company's English has it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from deskhand.entrypoints.hostile.rules import desk, money, records, subscriptions
from deskhand.entrypoints.hostile.rules.known import Known, Ruling

NOBODY, CUSTOMER, RUNS = "nobody may", "the customer has to say yes", "it runs"
RULES: Mapping[str, Callable[[Known], Ruling]] = {
    "refund_charge": money.refund,
    "credit_customer": money.credit,
    "take_back_credit": money.credit_taken_back,
    "send_invoice": money.invoice,
    "cancel_subscription": subscriptions.cancelled,
    "keep_subscription": subscriptions.kept,
    "pause_subscription": subscriptions.paused,
    "resume_subscription": subscriptions.resumed,
    "change_plan": subscriptions.plan_changed,
    "extend_trial": subscriptions.trial_extended,
    "update_contact": records.contact,
    "update_address": records.address,
    "change_email": records.email,
    "send_password_reset": records.password_reset,
    "close_account": records.account_closed,
    "notify_team": records.team_told,
    "create_ticket": desk.ticket_opened,
    "update_ticket": desk.ticket_updated,
    "tag_ticket": desk.tagged,
    "untag_ticket": desk.tagged,
    "merge_tickets": desk.merged,
    "send_email": desk.letter,
    "contact_customer": desk.written_first,
    "turn": desk.answered,
}


def answer(action: str, facts: Mapping[str, Any], currency: str | None, approved: Collection[str], own: str) -> str:
    """`approved`: the roles that have approved; `own`: that of a person who asked for it, whose click counts as one."""
    rule = RULES.get(action)
    if rule is None:
        return NOBODY
    known = Known(facts, currency or "")
    ruling = rule(known)
    if ruling.refused or _in_other_hands(known) or _flagged(known):
        return NOBODY
    if ruling.asks:
        return CUSTOMER
    given = Counter(approved)
    missing = [role for role in sorted(ruling.roles) if not given[role] and own != role]
    return wanted(missing) if missing else RUNS


def wanted(roles: Collection[str]) -> str:
    return f"wanted: {', '.join(sorted(roles))}"


def _in_other_hands(known: Known) -> bool:
    """The assistant does nothing on a ticket that a person has; an agent may, whoever has it."""
    return known.perhaps("actor", "assistant") and not known.among("ticket.owner", "assistant")


def _flagged(known: Known) -> bool:
    """Customers that our people marked are theirs to look after."""
    return not known.surely_not("customer.known") and not known.surely_not("customer.flagged")
