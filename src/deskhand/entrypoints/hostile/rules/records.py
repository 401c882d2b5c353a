"""What is known of a customer: contact, addresses, and who gets into the account."""

from deskhand.entrypoints.hostile.rules.known import REFUSED, RUNS, Known, Ruling, lead_unless


def contact(known: Known) -> Ruling:
    if not known.proven_and_own() or not known.quiet() or not known.surely("contact.new"):
        return REFUSED
    return Ruling(asks=known.customer_silent())


def address(known: Known) -> Ruling:
    """A move to another country changes taxes, so a team lead looks."""
    if not known.proven_and_own() or not known.quiet() or not known.surely("address.new"):
        return REFUSED
    return Ruling(asks=known.customer_silent(), roles=lead_unless(known.surely_not("address.moves")))


def email(known: Known) -> Ruling:
    """Whoever moves this address moves the account: a one-time code has to prove who writes."""
    own = known.same("contact.customer", "ticket.customer") and known.surely_not("contact.same")
    return RUNS if own and known.surely("identity.proven") and known.quiet() else REFUSED


def password_reset(known: Known) -> Ruling:
    """Three a day at most, for an open account with a password."""
    has_one = known.among("account.status", "active") and known.surely_not("account.sso")
    return RUNS if known.proven_and_own() and has_one and known.below("history.times_day", 3) else REFUSED


def account_closed(known: Known) -> Ruling:
    """Always an agent decides."""
    is_open = known.among("account.status", "active") and known.surely_not("account.closing")
    return Ruling(roles=frozenset({"agent"})) if known.proven_and_own() and is_open else REFUSED


def team_told(known: Known) -> Ruling:
    """A note to colleagues, on anything."""
    return RUNS
