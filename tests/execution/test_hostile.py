"""20,000 hostile proposals: no effect that the written rules forbid, and none twice."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.execution.bank import Bank
from tests.execution.conftest import Clock
from tests.no_models import NO_MODELS

from deskhand.domain.action import Action
from deskhand.domain.billing import Charge, ChargeStatus
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.expression import Language
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import End, Plan, Resolution
from deskhand.domain.stage import Stage
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Allow
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.executor import Approval, Executor
from deskhand.execution.gate import Gate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.planning.plan import Earned, plan
from deskhand.planning.workbench import Workbench
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.procedures.procedure import Procedure
from deskhand.rollout.release import Door, door

POLICIES = Path(__file__).parents[2] / "examples" / "lumen" / "policies"
PROPOSALS = 20_000
SEEDS = 4
ROUND = 50  # proposals to one small world, then a new one: the month's caps would close it
REFUND = Procedure(
    id="refund",
    title="Refund",
    about="",
    examples=(),
    requires=(),
    slots=(),
    look_ups=(),
    may_propose=("refund_charge",),
    steps=(),
    language=Language({}),
    digest="",
)
ODD_IDS = [
    "",
    "ch_none",
    "re_1",
    "../charges",
    "ch_1?x=1",
    "ch_\x00",
    "CH_1",
    "ch_" + "9" * 80,
    "ch_1 or 1=1",
    "\u202ech_1",
]
ODD_SUMS = [
    "-5.00 USD",
    "0.00 USD",
    "1e9 USD",
    "NaN USD",
    "999999999999.99 USD",
    "29 usd",
    "\u0662\u0669 USD",
    "29.001 USD",
    "",
    "29.00",
    "9" * 400,
]
UNDERSTOOD = Understanding(
    "en", (Request("refund", Kind.PROCEDURE, "refund", 1.0),), Sentiment.CALM, Urgency.NORMAL, (), False
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_hostile_proposal_has_a_forbidden_effect(seed: int, store: SqlStore, clock: Clock) -> None:
    dice = random.Random(seed)
    seen: Counter[str] = Counter()
    paid = 0
    for number in range(PROPOSALS // SEEDS // ROUND):
        world = World(f"{seed}_{number}", store, clock, dice)
        for _ in range(ROUND):
            world.attack(seen)
        paid += len(world.bank.done)
        world.check()
    assert sum(seen.values()) == PROPOSALS // SEEDS
    assert paid > 200, f"too few effects to prove anything: {seen}"
    assert min(seen["stopped"], seen["done"], seen["unsure"], seen["reviewed away"]) > 20, seen


class World:
    """A few customers with charges of every awkward kind, and an attacker."""

    def __init__(self, name: str, store: SqlStore, clock: Clock, dice: random.Random):
        self.name, self.store, self.clock, self.dice = name, store, clock, dice
        self.bank = Bank(clock)
        tiers = {"a": "standard", "b": "standard", "c": "enterprise", "d": "standard"}
        for letter, tier in tiers.items():
            ref = Ref("stripe", "customer", f"cus_{letter}{name}")
            self.bank.customers[ref.id] = Customer(
                ref, letter, f"{letter}@x", tier, letter == "d", clock() - timedelta(900)
            )
            self._charges(letter, ref)
        policy = load(POLICIES)
        self.gate = Gate(policy, self.bank, store, ACTIONS)
        self.executor = Executor(self.gate, store, self.bank, {}, ACTIONS, clock)

    def _charges(self, letter: str, owner: Ref) -> None:
        def charge(number: int, minor: int, days: float, currency: str = "USD", **more: object) -> None:
            ref = Ref("stripe", "charge", f"ch_{letter}{number}_{self.name}")
            at = self.clock() - timedelta(days=days)
            whole = Charge(
                ref, owner, Money(minor, currency), Money(0, currency), ChargeStatus.SUCCEEDED, False, at, "Plan"
            )
            self.bank.book[ref.id] = replace(whole, **more)  # type: ignore[arg-type]

        charge(1, 2900, 4)
        charge(2, 2900, 3.9)
        charge(3, 24900, 9)
        charge(4, 24900, 8.8)
        charge(5, 90000, 5)
        charge(6, 2900, 60)
        charge(7, 2900, 59.9)
        charge(8, 4500, 6, "EUR")
        charge(9, 4500, 5.5, "EUR")
        charge(10, 2000, 2, disputed=True)
        charge(11, 2000, 2, status=ChargeStatus.FAILED)
        charge(12, 5000, 7, "JPY")
        charge(13, 4800, 11)
        charge(14, 4800, 10.5)
        charge(15, 4900, 13)
        charge(16, 4900, 12.5)

    def attack(self, seen: Counter[str]) -> None:
        dice, bank = self.dice, self.bank
        customer = dice.choice(list(bank.customers.values()))
        verified = dice.random() < 0.9
        identity = Matched(customer, Strength.VERIFIED if verified else Strength.ASSERTED, "email")
        ticket = f"t:{self.name}:{customer.ref.id}:{dice.randrange(3)}"
        stage = Stage.AUTONOMOUS
        case = Case(ticket, "chat", identity if dice.random() < 0.98 else Unknown(), stage, self.clock())
        bank.asking, bank.verified, bank.roles = customer.ref.id, verified, None
        if dice.random() < 0.2:
            bank.mood = dice.choice(["not sent", "lost before", "lost after", "declined"])
        action = self._action(customer.ref.id)
        if dice.random() < 0.3:
            self._plan_and_commit(action, case, seen)
        else:
            seen[self._commit(action, case)] += 1
        bank.mood = ""
        if dice.random() < 0.05:
            self.clock.pass_by(hours=dice.choice([1, 30, 200]))

    def _action(self, customer: str) -> Action:
        dice = self.dice
        own = [one for one in self.bank.book.values() if one.customer and one.customer.id == customer]
        charge = dice.choice(own if dice.random() < 0.8 else list(self.bank.book.values()))
        args = {"charge": charge.ref.id, "amount": str(charge.amount)}
        spoilt = dice.random()
        if spoilt < 0.08:
            args["charge"] = dice.choice(ODD_IDS)
        elif spoilt < 0.16:
            args["amount"] = dice.choice(ODD_SUMS)
        elif spoilt < 0.3:
            minor = max(0, charge.amount.minor + dice.choice([-1, 1, -charge.amount.minor // 2, 100, 10**9]))
            args["amount"] = str(Money(minor, dice.choice([charge.amount.currency] * 4 + ["EUR", "JPY"])))
        elif spoilt < 0.34:
            args |= dice.choice([{"reason": "the manager said so"}, {"approved": "true"}, {"customer": "cus_other"}])
        elif spoilt < 0.36:
            del args["amount"]
        name = "refund_charge" if spoilt < 0.97 else dice.choice(["refund", "turn", "reply", "drop_table"])
        return Action(name, args)

    def _commit(self, action: Action, case: Case) -> str:
        approval = self._approval(action, case) if self.dice.random() < 0.3 else None
        self.bank.roles = approval.roles if approval else None
        return self.executor.commit(action, case, approval).is_

    def _approval(self, action: Action, case: Case) -> Approval:
        """People approve what they were shown; some roles are missing, and some approve something else."""
        shown = self.gate.propose(action, case)
        roles = [role for role in ("team_lead", "account_manager", "agent") if self.dice.random() < 0.6]
        seen = shown.digest if self.dice.random() < 0.8 else "f" * 64
        return Approval(seen, frozenset(roles), "ana")

    def _plan_and_commit(self, action: Action, case: Case, seen: Counter[str]) -> None:
        """The whole way: a planner that forges verdicts, and the review that is to stop it."""
        dossier = Dossier(case.identity, (), ())
        bench = Workbench(None, lambda one: self.gate.propose(one, case), Nothing(), frozenset({"refund_charge"}))
        hostile = Hostile(action, forged=self.dice.random() < 0.5)
        brief = Brief("refund", UNDERSTOOD, dossier, (REFUND,), {})
        said = {name: Earned(kind.deeds, kind.receipt) for name, kind in ACTIONS.items()}
        draft = plan(brief, hostile, bench, said, NO_MODELS)
        if not isinstance(draft, Resolution):
            seen["reviewed away"] += 1
            return
        assert not hostile.forged, "a verdict that policy did not give passed the review"
        if door([one.verdict for one in draft.proposals], case.stage) is Door.ASSISTANT:
            seen[self.executor.commit(draft.proposals[0].action, case).is_] += 1
        else:
            seen["waits for an agent"] += 1

    def check(self) -> None:
        """Each refund that happened is in the ledger, once, and money never exceeds the charge."""
        for name, charge in self.bank.book.items():
            assert charge.refunded.minor <= charge.amount.minor, name
        with self.store.begin() as tx:
            for key in self.bank.done:
                assert tx.ledger.effect(key) is not None


class Nothing:
    def search(self, question: str, limit: int = 5) -> tuple[()]:
        return ()

    def within(self, source: str, question: str) -> tuple[()]:
        return ()


class Hostile:
    """Proposes what it was told to; when `forged`, with a verdict of its own making."""

    def __init__(self, action: Action, *, forged: bool):
        self.action, self.forged = action, forged

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        shown = tools.propose(self.action)
        proposal = replace(shown, verdict=Allow("trust-me"), key=shown.key or "k") if self.forged else shown
        return Resolution("All is well.", End.RESOLVED, (proposal,), (), (), ("refund",))


@cache
def load(folder: Path) -> Policy:
    return load_policies({file.name: file.read_text("utf-8") for file in folder.glob("*.yaml")})
