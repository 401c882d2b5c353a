"""Take money again for a subscription that is paused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.execution.catalogue.on_subscription import OnSubscription, SubscriptionFacts, facts_of, read, the
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class ResumeFacts:
    subscription: SubscriptionFacts


class ResumeSubscription(OnSubscription):
    name = "resume_subscription"
    title = "Pause of a subscription ended"
    receipt: tuple[str, ...] = ("id", "plan", "price", "interval")
    deeds: tuple[str, ...] = ("resumed", "reactivated", "restored")
    about: Mapping[str, type] = types_of(ResumeFacts)

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """That of a pause: both set the same thing."""
        return f"pause/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = read(args, reads)
        return Seen(one, f"Resume the {one.plan} subscription at {one.price} a {one.interval}", one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(ResumeFacts(facts_of(cast(Subscription, seen.world))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.resume_subscription(the(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Pause it again, for as many days as the customer agrees to.")
