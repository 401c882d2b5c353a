"""Tickets, tags and letters, and whether a message may be answered at all."""

from datetime import timedelta

from deskhand.entrypoints.hostile.rules.known import REFUSED, RUNS, Known, Ruling, lead_unless

TAGS = {"billing", "bug", "feature_request", "outage"}
DANGERS = {"legal", "safety", "self_harm", "press", "fraud", "privacy"}
FOREIGN_HANDS = {"wrong_codes", "several_customers"}
TOO_MUCH = {"talk.failed": 2, "talk.repeats": 2, "talk.questions": 4, "talk.turns": 12}


def ticket_opened(known: Known) -> Ruling:
    return RUNS if known.proven_and_own() else REFUSED


def ticket_updated(known: Known) -> Ruling:
    """The priority, short of urgent; a team lead looks at all else."""
    harmless = known.among("update.field", "priority") and not known.perhaps("update.wanted", "urgent")
    return Ruling(refused=not known.proven_and_own(), roles=lead_unless(harmless))


def tagged(known: Known) -> Ruling:
    """Set or taken off; who writes need not be proven."""
    names = known.words("tags.names")
    return Ruling(refused=not known.surely("action.own"), roles=lead_unless(names is not None and names <= TAGS))


def merged(known: Known) -> Ruling:
    """For whoever is proven, or when a person asks; a team lead looks at long ones."""
    wanted = known.surely("ticket.verified") or known.among("actor", "agent")
    short = known.below("merge.messages", 6)
    return Ruling(refused=not (known.surely("action.own") and wanted), roles=lead_unless(short))


def letter(known: Known) -> Ruling:
    """A person reads it first."""
    return Ruling(refused=not known.proven_and_own(), roles=lead_unless(False))


def written_first(known: Known) -> Ruling:
    """With consent or about their own money; from the fifth in a month on a team lead reads it."""
    wanted = known.surely("contact.service") or known.surely("contact.consent")
    seldom = known.below("history.times_month", 4)
    return Ruling(refused=not (known.proven_and_own() and wanted), roles=lead_unless(seldom))


def answered(known: Known) -> Ruling:
    """No danger, nobody who wants a person or is a machine, no important customer in anger or unclear; time enough;
    not likely to end with people anyway, not ever more upset, not again and again, not many things at once, and not
    in circles."""
    risks, signs = known.words("signal.risks"), known.words("takeover.signals")
    if risks is None or risks & DANGERS or signs is None or signs & FOREIGN_HANDS:
        return REFUSED
    if not known.surely_not("signal.wants_human", "signal.automatic"):
        return REFUSED
    upset = known.perhaps("signal.sentiment", "angry") or not known.surely_not("signal.churn_risk")
    important = known.perhaps("customer.tier", "enterprise", "vip") and not known.surely_not("customer.known")
    if (upset or not known.at_least("signal.confidence", 20)) and important:
        return REFUSED
    if not known.surely_not("talk.has_deadline") and not known.longer("talk.time_left", timedelta(minutes=30)):
        return REFUSED
    if not known.surely_not("predicted.learned") and not known.below("predicted.percent", 90):
        return REFUSED
    if not known.surely_not("signal.rising") and not known.below("talk.turns", 3):
        return REFUSED
    if not known.surely_not("signal.repeated") and not known.below("talk.contacts", 4):
        return REFUSED
    if not known.below("talk.requests", 5 if known.below("talk.customers", 2) else 2):
        return REFUSED
    return RUNS if all(known.below(name, bound) for name, bound in TOO_MUCH.items()) else REFUSED
