"""Let a subscription end with the period that is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class SubscriptionFacts:
    customer: str
    status: str
    ends: bool


@dataclass(frozen=True)
class CancelFacts:
    subscription: SubscriptionFacts


class CancelSubscription:
    name = "cancel_subscription"
    title = "Cancellation of a subscription"
    nature = Nature.NEUTRAL
    recovery = Recovery.REPEAT  # setting the end again is harmless
    arguments: Mapping[str, type] = {"subscription": str}
    receipt: tuple[str, ...] = ("id", "ends")
    deeds: tuple[str, ...] = ("cancelled", "canceled", "ended", "stopped")
    about: Mapping[str, type] = types_of(CancelFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription")
        return {"subscription": identifier(args["subscription"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"cancel/{ticket}/{args['subscription']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"subscription:{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ledger = reads.billing
        one = ledger.subscription(Ref(ledger.system, "subscription", args["subscription"])).value
        end = f" on {one.renews_at:%Y-%m-%d}" if one.renews_at else " with the paid period"
        return Seen(one, f"Cancel the {one.plan} subscription; it ends{end}", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        one = cast(Subscription, seen.world)
        about = SubscriptionFacts(str(one.customer), str(one.status), one.cancels_at is not None)
        return values_of(CancelFacts(about))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        writer = writes.billing
        return writer.cancel_subscription(Ref(writer.system, "subscription", args["subscription"]), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Nothing here takes a cancellation back yet: renew the subscription in the billing system.")
