"""Two tickets about one charge: whoever decides on facts that are old by then does nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.policy.world import of_desk

from deskhand.domain.action import Action
from deskhand.domain.billing import Charge, ChargeStatus
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Matched, Strength
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.entrypoints.hostile.bank import Bank
from deskhand.entrypoints.hostile.witness import Agreement, Standing, Witness
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Approval, Executor
from deskhand.execution.gate import Gate
from deskhand.execution.results import Done, Result, Unsure
from deskhand.infrastructure.storage.store import SqlStore

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
PART = Action("refund_charge", {"charge": "ch_1", "amount": "100.00 USD"})
LEAD = frozenset({"team_lead"})


class Shop:
    """One customer with one charge of 249.00 USD."""

    def __init__(self, store: SqlStore, clock: Clock):
        owner = Ref("stripe", "customer", "cus_1")
        price, nothing = Money(24900, "USD"), Money(0, "USD")
        at = clock() - timedelta(days=3)
        self.customer = Customer(owner, "Grace", "grace@example.com", "standard", False, at)
        ref = Ref("stripe", "charge", "ch_1")
        charge = Charge(ref, owner, price, nothing, ChargeStatus.SUCCEEDED, False, at, "Plan")
        self.witness = Witness()
        nobody = Standing("", None, verified=False, now=at)
        self.bank = Bank(clock, self.witness, nobody, charges_={"ch_1": charge}, owned={owner: ["ch_1"]})
        policy = of_desk(LUMEN)
        self.gate = Gate(policy, Reads(self.bank), store, ACTIONS)
        self.executor = Executor(self.gate, store, Writes(self.bank, {}), ACTIONS, clock)
        self.clock = clock

    def twice(self, minor: int) -> tuple[Charge, Charge]:
        """Two more charges, the second a duplicate of the first."""
        price, owner, at = Money(minor, "USD"), self.customer.ref, self.clock() - timedelta(days=2)
        for number in (2, 3):
            ref, when = Ref("stripe", "charge", f"ch_{number}"), at + timedelta(hours=number)
            none = Money(0, "USD")
            self.bank.charges_[ref.id] = Charge(ref, owner, price, none, ChargeStatus.SUCCEEDED, False, when, "Seats")
            self.bank.owned[owner].append(ref.id)
        return self.bank.charges_["ch_2"], self.bank.charges_["ch_3"]

    def refund(self, charge: Charge, ticket: str, *, asked: bool) -> Result:
        """The whole of it, alone or with a team lead's yes to what it is now."""
        action, case = (
            Action("refund_charge", {"charge": charge.ref.id, "amount": str(charge.amount)}),
            self.case(ticket),
        )
        seen = self.bank.charges_[charge.ref.id]
        approval = Approval(self.gate.propose(action, case).digest, tuple(LEAD), "tom") if asked else None
        agreed = Agreement(ticket, action.name, seen, charge.amount, LEAD) if asked else None
        before, self.bank.standing = (
            self.bank.standing,
            Standing(ticket, self.customer, verified=True, now=case.now, asked=asked, agreed=agreed),
        )
        result = self.executor.commit(action, case, approval)
        self.bank.standing = before
        return result

    def case(self, ticket: str) -> Case:
        known = Matched(self.customer, Strength.ATTESTED, "email")
        return Case(ticket, "email", known, Stage.AUTONOMOUS, self.clock())

    def approved(self, ticket: str) -> Approval:
        return Approval(self.gate.propose(PART, self.case(ticket)).digest, tuple(LEAD), "tom")

    def commit(self, ticket: str, approval: Approval) -> Result:
        case, seen = self.case(ticket), self.bank.charges_["ch_1"]
        agreed = Agreement(ticket, PART.name, seen, Money(10000, "USD"), LEAD)
        self.bank.standing = Standing(ticket, self.customer, verified=True, now=case.now, asked=True, agreed=agreed)
        return self.executor.commit(PART, case, approval)


def test_a_refund_made_while_the_facts_were_read_stops_the_second_one(store: SqlStore, clock: Clock) -> None:
    shop = Shop(store, clock)
    first, second = shop.approved("t:1"), shop.approved("t:2")
    shop.bank.meanwhile = lambda: shop.commit("t:2", second)

    late = shop.commit("t:1", first)

    assert isinstance(late, Unsure)
    assert shop.bank.charges_["ch_1"].refunded == Money(10000, "USD")
    assert list(shop.bank.done) == ["refund/t:2/ch_1"]
    assert shop.witness.forbidden == []


def test_asked_again_the_late_one_is_judged_on_what_is_true_now(store: SqlStore, clock: Clock) -> None:
    shop = Shop(store, clock)
    first, second = shop.approved("t:1"), shop.approved("t:2")
    assert isinstance(shop.commit("t:2", second), Done)

    again = shop.commit("t:1", first)

    assert again.is_ == "changed", "the approval was for a charge of which nothing was given back"
    assert len(shop.bank.done) == 1


def test_a_duplicate_is_none_any_more_when_its_original_is_given_back_while_the_facts_are_read(
    store: SqlStore, clock: Clock
) -> None:
    shop = Shop(store, clock)
    first, again = shop.twice(2900)
    shop.bank.reads_before = 1
    shop.bank.meanwhile = lambda: shop.refund(first, "t:2", asked=True)

    late = shop.refund(again, "t:1", asked=False)

    assert isinstance(late, Unsure)
    assert list(shop.bank.done) == [f"refund/t:2/{first.ref.id}"]
    assert shop.witness.forbidden == []


@pytest.mark.parametrize("mood", ["lost before", "not sent"])
def test_while_one_refund_of_a_customer_is_open_no_other_is_judged(store: SqlStore, clock: Clock, mood: str) -> None:
    shop = Shop(store, clock)
    first, again = shop.twice(2900)
    shop.bank.mood = mood
    assert isinstance(shop.refund(first, "t:2", asked=True), Unsure)

    assert isinstance(shop.refund(again, "t:1", asked=False), Unsure)
    assert isinstance(shop.refund(first, "t:2", asked=True), Done)
    assert shop.refund(again, "t:1", asked=False).is_ == "stopped", "the original is gone, so it is no duplicate"
    assert shop.witness.forbidden == []


def test_a_yes_to_a_refund_on_one_ticket_is_none_on_another(store: SqlStore, clock: Clock) -> None:
    shop = Shop(store, clock)
    given = shop.approved("t:1")

    elsewhere = shop.commit("t:2", given)

    assert elsewhere.is_ == "changed"
    assert list(shop.bank.done) == []
