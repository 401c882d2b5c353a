"""Take no money for a subscription for some days; then it goes on by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.execution.catalogue.arguments import days, identifier, only
from deskhand.execution.catalogue.on_subscription import OnSubscription, SubscriptionFacts, back, facts_of, read, the
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Seen, Undo
from deskhand.policy.facts import types_of, values_of

LONGEST = 366


@dataclass(frozen=True)
class AskedDays:
    days: int


@dataclass(frozen=True)
class PauseFacts:
    pause: AskedDays
    subscription: SubscriptionFacts


class PauseSubscription(OnSubscription):
    name = "pause_subscription"
    title = "Pause of a subscription"
    arguments: Mapping[str, type] = {"subscription": str, "days": str}
    receipt: tuple[str, ...] = ("id", "plan", "resumes")
    deeds: tuple[str, ...] = ("paused", "stopped")
    about: Mapping[str, type] = types_of(PauseFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription", "days")
        return {"subscription": identifier(args["subscription"]), "days": days(args["days"], LONGEST)}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"pause/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = read(args, reads)
        return Seen(one, f"Pause the {one.plan} subscription for {args['days']} days from today", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(PauseFacts(AskedDays(int(args["days"])), facts_of(cast(Subscription, seen.world))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.pause_subscription(the(args, writes), days=int(args["days"]), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        only_it = {"subscription": args["subscription"]}
        return back(receipt, {"paused": "no"}, "resume_subscription", only_it, timedelta(days=LONGEST))
