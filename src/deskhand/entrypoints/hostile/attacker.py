"""What an attacker can do: propose, commit, get or forge a yes, have a plan reviewed, and write letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from deskhand.domain.action import Action, Proposal, Receipt
from deskhand.domain.billing import Charge, ChargeStatus
from deskhand.domain.customer import Customer
from deskhand.domain.dossier import Dossier
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import Resolution
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Allow, Approve
from deskhand.entrypoints.hostile.bank import MOODS
from deskhand.entrypoints.hostile.planner import Liar, Lie, Nothing, honest
from deskhand.entrypoints.hostile.witness import Agreement, Object
from deskhand.entrypoints.hostile.world import Turn, World
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.executor import Approval
from deskhand.execution.results import Done
from deskhand.planning.plan import Earned, Standards, plan
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief
from deskhand.rollout.release import Door, door
from deskhand.workflows.dress import fill

ROLES = ("team_lead", "account_manager", "agent")
STANDARDS = Standards({name: Earned(kind.deeds, kind.receipt) for name, kind in ACTIONS.items()})
NOTHING = Nothing()
Given = tuple[Approval, Agreement | None]


class Attacker:
    """Its words for how an attempt ended are those of `execution/results.py`, and three of its own."""

    def __init__(self, world: World):
        self.world, self.dice = world, world.dice
        self.letters = 0

    # -- what to propose ----------------------------------------------------------------------------

    def refund_of(self, charge: Charge, amount: Money | None = None) -> Action:
        return Action("refund_charge", {"charge": charge.ref.id, "amount": str(amount or charge.amount)})

    def own_refund(self, turn: Turn) -> Action:
        return self.refund_of(self.dice.choice(self.world.own(turn.customer)))

    def credit_to(self, customer: Customer, minor: int, currency: str) -> Action:
        return Action("credit_customer", {"customer": customer.ref.id, "amount": str(Money(minor, currency))})

    def any_action(self, turn: Turn) -> Action:
        own = self.own_refund(turn)
        letter = turn.customer.ref.id.removeprefix("cus_")[0]
        end = Action("cancel_subscription", {"subscription": f"sub_{letter}_{self.world.name}"})
        return self.dice.choice([own, own, end])

    # -- ways to get it done ------------------------------------------------------------------------

    def attempt(self, action: Action, turn: Turn) -> str:
        """By whatever way: alone, with people's yes, or as a plan."""
        way = self.dice.random()
        if way < 0.3:
            return self.plan(action, turn)
        return self.commit(action, turn, self.approval(action, turn) if way < 0.5 else None)

    def commit(self, action: Action, turn: Turn, given: Given | None = None) -> str:
        approval, agreed = given or (None, None)
        case = self.world.case(turn)
        with self.world.acting(case, asked=given is not None, agreed=agreed):
            return self.world.executor.commit(action, case, approval).is_

    def approval(self, action: Action, turn: Turn) -> Given:
        """People approve what they were shown; some of the roles are missing."""
        shown = self.world.gate.propose(action, self.world.case(turn))
        roles = frozenset(role for role in ROLES if self.dice.random() < 0.7)
        return self.yes(shown, turn, roles)

    def yes(self, shown: Proposal, turn: Turn, roles: frozenset[str]) -> Given:
        """People of these roles agree to what they were shown."""
        bank, args = self.world.bank, shown.action.args
        objects: dict[str, Object] = {**bank.charges_, **bank.subscriptions_, **bank.invoices_, **bank.accounts_}
        seen = next((objects[value] for value in args.values() if value in objects), None)
        approval = Approval(shown.digest, tuple(sorted(roles)), "ana")
        if seen is None or not shown.digest:
            return approval, None
        amount = Money.parse(args["amount"]) if "amount" in args else None
        agreed = Agreement(turn.ticket, shown.action.name, seen, amount, roles, self.world.policy.digest)
        self.world.given.append((approval, agreed))
        return approval, agreed

    def plan(self, action: Action, turn: Turn, lie: Lie = honest, letter: str = "All is well.", times: int = 1) -> str:
        """The whole way: plan, review, door, deeds, letter."""
        case = self.world.case(turn)
        procedures = self.world.company.procedures
        procedure = procedures.get(action.name) or procedures["refund_charge"]
        bench = Workbench(
            None, lambda one: self.world.gate.propose(one, case), NOTHING, frozenset(procedure.may_propose)
        )
        request = Request("please", Kind.PROCEDURE, procedure.id, 1.0)
        heard = Understanding("en", (request,), Sentiment.CALM, Urgency.NORMAL, (), False)
        brief = Brief("please", heard, Dossier(case.identity, (), ()), (procedure,), {})
        draft = plan(brief, Liar(action, lie, letter, procedure.id, times), bench, STANDARDS, NOTHING)
        if not isinstance(draft, Resolution):
            return "reviewed away"
        if lie is not honest and any(one not in bench.proposals for one in draft.proposals):
            self.world.witness.twice(f"a forged plan passed the review: {draft.proposals[0]}")
        opened = door([one.verdict for one in draft.proposals], case.stage)
        if opened is Door.AGENT and self.dice.random() < 0.4:
            return "waits for an agent"
        return self._carry_out(draft, turn, asked=opened is Door.AGENT)

    def say(self, text: str, turn: Turn, number: int | None = None) -> str:
        """A letter under a key of its own, or under that of an earlier one."""
        self.letters += 1
        key = f"reply/{turn.ticket}/{self.letters + 10 if number is None else number}"
        case = self.world.case(turn)
        with self.world.acting(case):
            ticket = Ref.parse(turn.ticket)
            said = self.world.executor.say(ticket, text, public=True, key=key, customer=str(case.customer or ""))
        return "answered" if isinstance(said, Done) else said.is_

    # -- what happens meanwhile -----------------------------------------------------------------------

    @contextmanager
    def happening(self, charge: Charge, turn: Turn) -> Iterator[None]:
        """Something without us: at the provider, to the customer's file, or to the ticket."""
        letter = next(name for name, one in self.world.customers.items() if one.ref == turn.customer.ref)
        customer = self.world.customers[letter]
        match self.dice.randrange(6):
            case 0:
                self.world.change(charge, disputed=True)
            case 1:
                half = Money(charge.amount.minor // 2, charge.amount.currency)
                self.world.change(charge, refunded=half)
            case 2:
                self.world.change(charge, status=ChargeStatus.FAILED)
            case 3:
                for one in self.world.own(customer):
                    if one.amount == charge.amount and one.ref != charge.ref:
                        self.world.change(one, refunded=one.amount)
            case 4:
                self.world.customers[letter] = replace(customer, flagged=True)
            case _:
                self.world.take(turn.ticket)
        yield
        self.world.customers[letter] = customer
        self.world.give_back(turn.ticket)

    def elsewhere(self, charge: Charge, turn: Turn) -> None:
        """The same customer's other ticket gets there first, alone or with a team lead's yes."""
        other = replace(turn, ticket=f"{turn.ticket}x", known=True, verified=True)
        action = self.refund_of(charge)
        shown = self.world.gate.propose(action, self.world.case(other))
        self.commit(action, other, self.yes(shown, other, frozenset(ROLES)) if self.dice.random() < 0.6 else None)

    def spoil_the_line(self) -> None:
        if self.dice.random() < 0.2:
            self.world.bank.mood = self.dice.choice(MOODS)

    # -- inside -------------------------------------------------------------------------------------

    def _carry_out(self, draft: Resolution, turn: Turn, *, asked: bool) -> str:
        """As `workflows/carry_out.py` does: every deed, then the letter, filled from the receipts."""
        receipts: dict[int, Receipt] = {}
        ended = "answered"
        for place, one in enumerate(draft.proposals):
            if not isinstance(one.verdict, Allow | Approve):
                continue
            given = self.yes(one, turn, frozenset(ROLES)) if asked else None
            case = self.world.case(turn)
            approval, agreed = given or (None, None)
            with self.world.acting(case, asked=asked, agreed=agreed):
                result = self.world.executor.commit(one.action, case, approval)
            if not isinstance(result, Done):
                return result.is_
            receipts[place], ended = result.receipt, "done"
        try:
            letter = fill(draft.reply, receipts)
        except KeyError:
            self.world.witness.twice(f"a letter that no receipt can fill passed the review: {draft.reply}")
            return ended
        said = self.say(letter, turn)
        return ended if said == "answered" else said
