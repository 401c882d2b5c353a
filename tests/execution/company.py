"""A whole company of twins at work: what an action does to it, and how it is taken back."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.contracts.rigs import RECIPE, SERVER
from tests.policy.world import load

from deskhand.connectors.http.faulty import Faulty
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.relations import HubspotRelations
from deskhand.connectors.hubspot.relations_writer import HubspotWriter
from deskhand.connectors.hubspot.twin import HubspotTwin
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.connectors.stripe import twin as stripe
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.world import make_world, read_recipe
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Account, Subscription
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Matched, Strength
from deskhand.domain.outreach import Permission
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Ticket
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Approval, Executor
from deskhand.execution.gate import Gate
from deskhand.execution.kind import Undo
from deskhand.execution.results import Done, Result
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.policy.policy import Policy

LARS = "lars.holm@example.com"
RULES = "".join(f"  - {{id: all-{place}, on: {name}, effect: allow}}\n" for place, name in enumerate(ACTIONS))
EVERYTHING = load({"all.yaml": f"rules:\n{RULES}"})  # what policy says of each is tested with the policies


@dataclass(frozen=True)
class Agreed:
    """Everybody has agreed to hear of failed payments, at the address that billing has now."""

    billing: StripeLedger

    def of(self, family: str, customer: Ref, event: str) -> Permission:
        return Permission("payment_failed", self.billing.customer(customer).value.email, service=False, consent=True)


@dataclass(frozen=True)
class Company:
    store: SqlStore
    clock: Callable[[], datetime]
    money: stripe.StripeTwin
    desk: zendesk.ZendeskTwin
    mail: SmtpTwin
    bad_line: deque[str]
    bad_desk: deque[str]
    crm: HubspotTwin
    bad_crm: deque[str]
    gate: Gate
    executor: Executor
    reads: Reads
    writes: Writes
    customers: StripeCustomers
    met: dict[str, Customer] = field(default_factory=dict)

    def customer(self, email: str = LARS) -> Customer:
        """As they were when they were met first: an address may change meanwhile."""
        if email not in self.met:
            (found,) = self.customers.by_email(email)
            self.met[email] = found.value
        return self.met[email]

    def account(self, email: str = LARS) -> Account:
        return self.reads.billing.account(self.customer(email).ref).value

    def subscription(self, email: str = LARS) -> Subscription:
        return self.reads.billing.subscriptions(self.customer(email).ref).value[0]

    def on_trial(self) -> str:
        """The address of somebody who is."""
        one = next(one for one in self.money.store.every("subscription") if one["status"] == "trialing")
        found = self.money.store.get("customer", one["customer"])
        assert found is not None
        return str(found["email"])

    def ticket(self, number: int = 1) -> Ticket:
        return self.reads.tickets["zendesk"].ticket(Ref("zendesk", "ticket", str(number))).value

    def tags(self) -> set[str]:
        return {one for one in self.ticket().tags if not one.startswith("dh_")}

    def contact(self, email: str = LARS) -> Ref:
        """Theirs in the CRM."""
        (raw,) = self.crm.store.named("contacts", email)
        return Ref("hubspot", "contact", raw["id"])

    def title(self) -> str:
        """What the CRM says that Lars does for a living."""
        assert self.reads.relations is not None
        return self.reads.relations.profile(self.contact()).value.fields["title"]

    def line(self, at: str) -> deque[str]:
        """The faults on the way to one of the systems."""
        return {"stripe": self.bad_line, "zendesk": self.bad_desk, "crm": self.bad_crm}[at]

    def things(self) -> int:
        """What was made at the twins so far."""
        made = sum(self.money.store.count(kind) for kind in ("refund", "balance_transaction"))
        made += sum(self.crm.store.count(kind) for kind in ("notes", "tasks"))
        return made + sum(self.desk.store.count(kind) for kind in ("ticket", "comment"))

    def case(self, email: str = LARS, ticket: str = "zendesk:ticket:1", agent: str = "") -> Case:
        known = Matched(self.customer(email), Strength.ATTESTED, "email")
        return Case(ticket, "email", known, Stage.AUTONOMOUS, self.clock(), agent=agent)

    def commit(self, name: str, who: str = LARS, by: str = "", /, **args: str) -> Result:
        """With a colleague's yes where one is wanted."""
        action, case = Action(name, args), self.case(who, agent=by)
        proposal = self.gate.propose(action, case)
        approval = None
        if proposal.verdict.effect == "approve":
            approval = Approval(proposal.digest, proposal.verdict.by, "tom")
        return self.executor.commit(action, case, approval)

    def done(self, name: str, who: str = LARS, by: str = "", /, **args: str) -> Receipt:
        result = self.commit(name, who, by, **args)
        assert isinstance(result, Done), result
        return result.receipt

    def undo(self, name: str, receipt: Receipt, /, **args: str) -> Receipt:
        """As a colleague does with a click."""
        kind = ACTIONS[name]
        way = kind.undo(kind.canonical(args), receipt)
        assert isinstance(way, Undo), way
        return self.done(way.action.name, LARS, "tom", **way.action.args)

    def effects(self) -> list[str]:
        with self.store.begin() as tx:
            return [one.key for one in tx.ledger.of_ticket("zendesk:ticket:1")]


@contextmanager
def company(
    store: SqlStore, clock: Callable[[], datetime], policy: Policy = EVERYTHING, *, mail: bool = True, crm: bool = True
) -> Iterator[Company]:
    """Lars has written ticket 1, and many others have accounts."""
    recipe = read_recipe(RECIPE.read_text("utf-8"), "twins.toml")
    world = make_world(replace(recipe, customers=60), clock())
    money, desk = stripe.StripeTwin(":memory:", clock), zendesk.ZendeskTwin(":memory:", clock)
    post = SmtpTwin(":memory:", clock)
    money.seed(world)
    desk.seed(world)
    desk.receive(LARS, "Please help.")
    relations = HubspotTwin(":memory:", clock)
    relations.seed(world)
    bad_line, bad_desk, bad_crm = deque[str](), deque[str](), deque[str]()
    line = Faulty(InProcess(money.app), bad_line)
    client = StripeClient(Wire(SERVER, headers={"Authorization": f"Bearer {stripe.KEY}"}, transport=line, deadline=0.2))
    wire = Wire(
        SERVER,
        headers={"Authorization": f"Bearer {zendesk.TOKEN}"},
        transport=Faulty(InProcess(desk.app), bad_desk),
        deadline=0.2,
    )
    key = {"authorization": f"Bearer {relations.secrets['hubspot_key']}"}
    to_crm = Wire(relations.server, headers=key, transport=Faulty(InProcess(relations.app), bad_crm), deadline=0.2)
    hubspot, fields = HubspotClient(to_crm), Fields(writable={"title": "jobtitle"})
    ledger = StripeLedger(client, clock)
    reads = Reads(
        ledger,
        {"zendesk": ZendeskTickets(wire, str(zendesk.OWN_USER), clock)},
        relations=HubspotRelations(hubspot, fields, clock) if crm else None,
        permissions=Agreed(ledger),
    )
    sender = "Lumen Support <support@lumen.example>"
    letters = SmtpMailer(lambda: Server("127.0.0.1", post.start(), Guard.NONE), sender, clock, patience=1)
    writes = Writes(
        StripeWriter(client, clock),
        {"zendesk": ZendeskWriter(wire, clock)},
        letters if mail else None,
        "zendesk",
        relations=HubspotWriter(hubspot, fields, clock) if crm else None,
    )
    gate = Gate(policy, reads, store, ACTIONS)
    executor = Executor(gate, store, writes, ACTIONS, clock)
    customers = StripeCustomers(client, clock)
    yield Company(
        store,
        clock,
        money,
        desk,
        post,
        bad_line,
        bad_desk,
        relations,
        bad_crm,
        gate,
        executor,
        reads,
        writes,
        customers,
    )
    for twin in (money, desk, relations):
        twin.store.close()
    post.stop()
