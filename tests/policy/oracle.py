"""The test policy in plain Python, written from its prose; it shares no code with the policy engine."""

from datetime import timedelta

from tests.policy.world import RefundFacts

from deskhand.policy.facts import TurnFacts

ALONE = {"USD": 5000, "EUR": 4500}
MONTH = {"USD": 10000, "EUR": 9000}
LEAD = {"USD": 50000, "EUR": 45000}

Runs = frozenset[str] | None  # the roles that must approve, or None: it does not run now


def may_refund(facts: RefundFacts) -> Runs:
    asked, currency, charge, customer = facts.refund.amount.minor, facts.refund.currency, facts.charge, facts.customer
    if facts.ticket.owner != "assistant" or facts.stage not in ("assisted", "autonomous"):
        return None
    if not facts.ticket.verified or charge.customer != facts.ticket.customer:
        return None
    if charge.disputed or customer.flagged is not False:
        return None
    if currency != charge.currency or charge.status != "succeeded":
        return None
    if asked <= 0 or asked + charge.refunded.minor > charge.amount.minor or asked > LEAD.get(currency, -1):
        return None
    if customer.tier != "enterprise" and facts.now - charge.created_at > timedelta(days=30):
        return None
    return _roles(facts) if facts.action.confirmed else None


def _roles(facts: RefundFacts) -> frozenset[str]:
    asked, currency, gap = facts.refund.amount.minor, facts.refund.currency, facts.charge.duplicate_gap
    roles = set()
    if gap is None or gap > timedelta(hours=72) or asked != facts.charge.amount.minor or asked > ALONE[currency]:
        roles.add("team_lead")
    given = facts.history.alone_month
    assert given is not None
    if given.minor + asked > MONTH[currency]:
        roles.add("team_lead")
    if facts.customer.tier == "enterprise":
        roles.add("account_manager")
    return frozenset(roles)


def may_answer(facts: TurnFacts) -> Runs:
    said, talk, customer = facts.signal, facts.talk, facts.customer
    if facts.ticket.owner != "assistant" or facts.stage not in ("assisted", "autonomous"):
        return None
    if said.wants_human or "legal" in said.risks or "press" in said.risks:
        return None
    if said.sentiment == "angry" and customer.known and customer.tier in ("enterprise", "vip"):
        return None
    if talk.failed >= 2 or talk.turns >= 12:
        return None
    return frozenset()
