"""Let a subscription end with the period that is paid."""

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
class CancelFacts:
    subscription: SubscriptionFacts


class CancelSubscription(OnSubscription):
    name = "cancel_subscription"
    title = "Cancellation of a subscription"
    receipt: tuple[str, ...] = ("id", "ends")
    deeds: tuple[str, ...] = ("cancelled", "canceled", "ended", "stopped")
    about: Mapping[str, type] = types_of(CancelFacts)

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"cancel/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = read(args, reads)
        end = f" on {one.renews_at:%Y-%m-%d}" if one.renews_at else " with the paid period"
        return Seen(one, f"Cancel the {one.plan} subscription; it ends{end}", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(CancelFacts(facts_of(cast(Subscription, seen.world))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.cancel_subscription(the(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        """What has ended by then is declined by the billing system."""
        return back(receipt, {"cancels": "no"}, "keep_subscription", args, timedelta(days=30))
