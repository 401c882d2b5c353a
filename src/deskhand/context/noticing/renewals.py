"""Subscriptions that renew soon while their customer had reason to complain, as we remember it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskhand.domain.finding import Value
from deskhand.domain.outreach import Noticed
from deskhand.domain.ref import Ref
from deskhand.ports.reads import BillingLedger
from deskhand.ports.store import Store

KIND = "renewal_with_complaints"
LATELY = timedelta(days=90)
UPSET = 0.5  # how strongly it has to show, of 1
MOST = 20  # tickets of one customer


def noticed(store: Store, ledger: BillingLedger, window: timedelta, now: datetime) -> Iterator[Noticed]:
    """Billing is asked only about those who were upset."""
    with store.begin() as tx:
        customers = [Ref.parse(one) for one in tx.contacts.heard_from(now - LATELY)]
    for customer in customers:
        if customer.system == ledger.system:
            yield from of(customer, store, ledger, window, now)


def of(customer: Ref, store: Store, ledger: BillingLedger, window: timedelta, now: datetime) -> Iterator[Noticed]:
    """Of this customer."""
    with store.begin() as tx:
        told = tx.results.former(str(customer), but="", since=now - LATELY, tickets=MOST)
    upset = {ticket for ticket, _, _, standing in told if standing.frustration >= UPSET}
    for one in ledger.subscriptions(customer).value if upset else ():
        if one.renews_at and now < one.renews_at <= now + window and not one.paused:
            facts: dict[str, Value] = {
                "subscription.plan": one.plan,
                "subscription.price": one.price,
                "subscription.renews_at": one.renews_at,
                "complaints.tickets": len(upset),
            }
            yield Noticed(KIND, f"{one.ref.id}:{one.renews_at:%Y-%m-%d}", now, facts, str(customer))
