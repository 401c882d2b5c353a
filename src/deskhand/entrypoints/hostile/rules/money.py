"""Refunds, credits and invoices. Amounts are minor units."""

from deskhand.entrypoints.hostile.rules.known import REFUSED, RUNS, Known, Ruling, at_most, lead_unless

HOUR = 3600 * 10**6
REFUND_ALONE = {"USD": 5000, "EUR": 4500}  # one refund, nobody looks
REFUND_MONTH = {"USD": 10000, "EUR": 9000}  # one customer within 30 days, nobody looks
REFUND_LEAD = {"USD": 50000, "EUR": 45000}  # one refund, a team lead looks
CREDIT_ALONE = {"USD": 1000, "EUR": 900}
CREDIT_MONTH = {"USD": 2000, "EUR": 1800}
CREDIT_LEAD = {"USD": 10000, "EUR": 9000}


def refund(known: Known) -> Ruling:
    """Whole, small, recent duplicates go alone, up to so much a month."""
    asked, paid, back = (known.minor(name) for name in ("refund.amount", "charge.amount", "charge.refunded"))
    if not known.surely("ticket.verified") or not known.same("charge.customer", "ticket.customer"):
        return REFUSED
    if not known.surely_not("charge.disputed") or not known.quiet():
        return REFUSED
    if not known.same("refund.currency", "charge.currency") or not known.among("charge.status", "succeeded"):
        return REFUSED
    if asked is None or paid is None or back is None or not 0 < asked <= paid - back:
        return REFUSED
    credited = known.minor("charge.credited")
    if not at_most(credited, 0) or not at_most(asked, REFUND_LEAD.get(known.currency)):
        return REFUSED
    if not known.among("customer.tier", "enterprise") and not _within_30_days(known):
        return REFUSED
    small = at_most(asked, REFUND_ALONE.get(known.currency)) and asked == paid
    repeats = at_most(known.micros("charge.duplicate_gap"), 72 * HOUR)
    within = at_most(_with_the_month(known, asked), REFUND_MONTH.get(known.currency))
    roles = lead_unless(small and repeats and within)
    if known.perhaps("customer.tier", "enterprise"):
        roles |= {"account_manager"}
    return Ruling(roles=roles)


def credit(known: Known) -> Ruling:
    """A little goes alone, up to so much a month."""
    asked = known.minor("credit.amount")
    if not known.proven_and_own() or not known.quiet() or not known.same("credit.currency", "account.currency"):
        return REFUSED
    if asked is None or asked <= 0 or not at_most(asked, CREDIT_LEAD.get(known.currency)):
        return REFUSED
    small = at_most(asked, CREDIT_ALONE.get(known.currency))
    within = at_most(_with_the_month(known, asked), CREDIT_MONTH.get(known.currency))
    return Ruling(roles=lead_unless(small and within))


def credit_taken_back(known: Known) -> Ruling:
    """Only people take a credit back, and an agent approves it: it is adverse."""
    if not known.surely("action.own") or not known.among("actor", "agent"):
        return REFUSED
    return Ruling(roles=frozenset({"agent"}))


def invoice(known: Known) -> Ruling:
    if not known.surely("ticket.verified") or not known.same("invoice.customer", "ticket.customer"):
        return REFUSED
    return RUNS if known.among("invoice.status", "open", "paid") else REFUSED


def _within_30_days(known: Known) -> bool:
    now, then = known.micros("now"), known.micros("charge.created_at")
    return now is not None and then is not None and now - then <= 30 * 24 * HOUR


def _with_the_month(known: Known, asked: int) -> int | None:
    """What this customer was given without a person within a month, and this besides."""
    given = known.minor("history.alone_month")
    return None if given is None else given + asked
