"""Let a subscription go on that was set to end: a cancellation that is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.execution.catalogue.on_subscription import OnSubscription, SubscriptionFacts, back, facts_of, read, the
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Seen, Undo
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class KeepFacts:
    subscription: SubscriptionFacts


class KeepSubscription(OnSubscription):
    name = "keep_subscription"
    title = "Cancellation taken back"
    receipt: tuple[str, ...] = ("id", "plan", "price", "interval", "renews")
    deeds: tuple[str, ...] = ("renewed", "reactivated", "restored", "reinstated")
    about: Mapping[str, type] = types_of(KeepFacts)

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """That of a cancellation: both set the same thing."""
        return f"cancel/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = read(args, reads)
        end = f", which would end on {one.cancels_at:%Y-%m-%d}" if one.cancels_at else ""
        return Seen(one, f"Keep the {one.plan} subscription{end}", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(KeepFacts(facts_of(cast(Subscription, seen.world))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.keep_subscription(the(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        return back(receipt, {"cancels": "yes"}, "cancel_subscription", args, timedelta(days=30))
