"""Ending, keeping, pausing and changing a subscription."""

from deskhand.entrypoints.hostile.rules.known import REFUSED, Known, Ruling, lead_unless

RUNNING = ("active", "trialing", "past_due")


def cancelled(known: Known) -> Ruling:
    """Whoever asks for it: the customer confirms."""
    if not known.surely("ticket.verified") or not known.same("subscription.customer", "ticket.customer"):
        return REFUSED
    if not known.among("subscription.status", *RUNNING) or not known.surely_not("subscription.ends"):
        return REFUSED
    if known.perhaps("customer.tier", "enterprise"):
        return REFUSED
    return Ruling(asks=not known.surely("action.confirmed"))


def kept(known: Known) -> Ruling:
    ending = known.among("subscription.status", *RUNNING) and known.surely("subscription.ends")
    return Ruling(refused=not _may_change(known) or not ending, asks=known.customer_silent())


def paused(known: Known) -> Ruling:
    """Up to 92 days, once a month; else a team lead looks."""
    running = known.among("subscription.status", "active")
    goes_on = known.surely_not("subscription.paused", "subscription.ends")
    return Ruling(
        refused=not _may_change(known) or not running or not goes_on,
        asks=known.customer_silent(),
        roles=lead_unless(known.below("pause.days", 93) and known.below("history.times_month", 1)),
    )


def resumed(known: Known) -> Ruling:
    return Ruling(
        refused=not _may_change(known) or not known.surely("subscription.paused"), asks=known.customer_silent()
    )


def plan_changed(known: Known) -> Ruling:
    """To another plan in the same currency; for another length of time a team lead looks."""
    running = known.among("subscription.status", "active", "trialing")
    goes_on = known.surely_not("subscription.paused", "subscription.ends")
    sold = known.surely("plan.new") and known.same("plan.currency", "subscription.currency")
    return Ruling(
        refused=not _may_change(known) or not running or not goes_on or not sold,
        asks=known.customer_silent(),
        roles=lead_unless(known.same("plan.interval", "subscription.interval")),
    )


def trial_extended(known: Known) -> Ruling:
    """Up to 14 days, once a month, while it runs; else a team lead looks. Nobody is asked for a yes."""
    now, end = known.micros("now"), known.micros("trial.ends_at")
    running = known.among("subscription.status", "trialing") and now is not None and end is not None and end > now
    return Ruling(
        refused=not _may_change(known) or not running,
        roles=lead_unless(known.below("trial.days", 15) and known.below("history.times_month", 1)),
    )


def _may_change(known: Known) -> bool:
    """Account managers look after enterprise customers."""
    return known.proven_and_own() and not known.perhaps("customer.tier", "enterprise")
