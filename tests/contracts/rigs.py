"""A twin behind faults and the vendor's document, with our real clients in front of it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import httpx2
from tests.contracts.contract import Checked, Contract

from deskhand.connectors.http.faulty import Faulty
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.stripe import twin as stripe
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.world import World, make_world, read_recipe
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.guide import ZendeskGuide
from deskhand.connectors.zendesk.resolved import ResolvedTickets
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.domain.ticket import Requester

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "tests" / "specs"
RECIPE = ROOT / "examples" / "lumen" / "twins.toml"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SERVER = "https://twin.example"
# Not in the document, which is an extract of Zendesk Support's.
UNJUDGED = r"/api/v2/help_center/.*|/api/v2/search|/api/v2/incremental/.*|/oauth/tokens|/attachments?/.*"
FIELDS = {"order": 360001, "region": 360002}  # of a company's own at Zendesk
SENDING = r"/v1/invoices/[^/]+/send|/v1/invoice_payments"  # what Stripe's old document lacks


def clock() -> datetime:
    return NOW


@cache
def contract(name: str, server: str = SERVER) -> Contract:
    return Contract(SPECS / name, server)


@cache
def small_world() -> World:
    """The people of the recipe who always exist, and some made-up ones."""
    recipe = read_recipe(RECIPE.read_text("utf-8"), "twins.toml")
    return make_world(replace(recipe, customers=60), NOW)


@dataclass(frozen=True)
class Money:
    """Stripe: `ledger`, `writer` and `customers` are ours; `faults` strike their requests in order."""

    twin: stripe.StripeTwin
    faults: deque[str]
    ledger: StripeLedger
    writer: StripeWriter
    customers: StripeCustomers


@dataclass(frozen=True)
class Desk:
    """Zendesk, likewise."""

    twin: zendesk.ZendeskTwin
    faults: deque[str]
    tickets: ZendeskTickets
    writer: ZendeskWriter
    guide: ZendeskGuide
    resolved: ResolvedTickets


def money(wrap: Callable[[httpx2.BaseTransport], httpx2.BaseTransport] = lambda inner: inner) -> Money:
    """`wrap` stands between the document and the twin."""
    twin, faults = stripe.StripeTwin(":memory:", clock), deque[str]()
    twin.seed(small_world())
    checked = Checked(wrap(InProcess(twin.app)), contract("stripe-2022-04.json"), answers=False, unjudged=SENDING)
    headers = {"Authorization": f"Bearer {stripe.KEY}"}
    client = StripeClient(Wire(SERVER, headers=headers, transport=Faulty(checked, faults), deadline=0.2))
    return Money(twin, faults, StripeLedger(client, clock), StripeWriter(client, clock), StripeCustomers(client, clock))


def desk(wrap: Callable[[httpx2.BaseTransport], httpx2.BaseTransport] = lambda inner: inner) -> Desk:
    """`wrap` stands between the document and the twin."""
    twin, faults = zendesk.ZendeskTwin(":memory:", clock), deque[str]()
    twin.seed(small_world())
    checked = Checked(wrap(InProcess(twin.app)), contract("zendesk-support.json"), answers=True, unjudged=UNJUDGED)
    headers = {"Authorization": f"Bearer {zendesk.TOKEN}"}
    wire = Wire(SERVER, headers=headers, transport=Faulty(checked, faults), deadline=0.2)
    tickets, writer = ZendeskTickets(wire, str(zendesk.OWN_USER), clock, FIELDS), ZendeskWriter(wire, clock, FIELDS)
    return Desk(twin, faults, tickets, writer, ZendeskGuide(wire), ResolvedTickets(wire, tickets, _hushed))


def _hushed(text: str, requester: Requester) -> str:
    return text.replace(requester.name, "[name]")
