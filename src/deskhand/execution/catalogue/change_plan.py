"""Move a subscription to another plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Plan, Subscription
from deskhand.domain.errors import Missing
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.catalogue.on_subscription import UNTOLD, OnSubscription, SubscriptionFacts, facts_of, read, the
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Seen, Undo
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class PriceFacts:
    """`price` is for all seats and one `interval`. `new`: another plan than the subscription has."""

    price: Money
    currency: str
    interval: str
    new: bool


@dataclass(frozen=True)
class PaidFacts(SubscriptionFacts):
    price: Money
    currency: str
    interval: str


@dataclass(frozen=True)
class ChangePlanFacts:
    plan: PriceFacts
    subscription: PaidFacts


class ChangePlan(OnSubscription):
    name = "change_plan"
    title = "Change of plan"
    arguments: Mapping[str, type] = {"subscription": str, "plan": str}
    receipt: tuple[str, ...] = ("id", "plan", "price", "interval")
    deeds: tuple[str, ...] = ("changed", "switched", "moved", "upgraded", "downgraded")
    about: Mapping[str, type] = types_of(ChangePlanFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription", "plan")
        return {name: identifier(args[name]) for name in ("subscription", "plan")}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"plan/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        """The subscription and the plan, which has to be on offer."""
        one = read(args, reads)
        plan = next((plan for plan in reads.billing.plans().value if plan.ref.id == args["plan"]), None)
        if plan is None:
            raise Missing(f"there is no plan {args['plan']}")
        old, new = f"{one.price} a {one.interval}", f"{_whole(plan, one)} a {plan.interval}"
        told = f"Change the plan from {one.plan} ({old}) to {plan.name} ({new}), settled by days on the next invoice"
        return Seen((one, plan), told, one.customer, one.price.currency)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        one, plan = cast(tuple[Subscription, Plan], seen.world)
        about = facts_of(one)
        paid = PaidFacts(
            about.customer, about.status, about.ends, about.paused, one.price, one.price.currency, one.interval
        )
        price = PriceFacts(_whole(plan, one), plan.price.currency, plan.interval, one.plan_id != plan.ref.id)
        return values_of(ChangePlanFacts(price, paid))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        plan = Ref(writes.billing.system, "price", args["plan"])
        return writes.billing.change_plan(the(args, writes), plan, key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        """While the invoice that settles it is not due as a rule."""
        if "price" not in receipt.before:
            return UNTOLD
        before = {"subscription": args["subscription"], "plan": receipt.before["price"]}
        return Undo(Action(self.name, before), timedelta(days=7))


def _whole(plan: Plan, one: Subscription) -> Money:
    return Money(plan.price.minor * one.seats, plan.price.currency)
