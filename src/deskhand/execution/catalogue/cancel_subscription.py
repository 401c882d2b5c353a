"""Let a subscription end with the period that is paid."""

from collections.abc import Mapping
from typing import cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.kind import Seen
from deskhand.policy.facts import ActionFacts, Base, CancelFacts, HistoryFacts, SubscriptionFacts
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter


class CancelSubscription:
    name = "cancel_subscription"
    arguments: Mapping[str, type] = {"subscription": str}
    receipt: tuple[str, ...] = ("id", "ends")
    deeds: tuple[str, ...] = ("cancelled", "canceled", "ended", "stopped")

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription")
        return {"subscription": identifier(args["subscription"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"cancel/{ticket}/{args['subscription']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"subscription:{args['subscription']}"

    def look(self, args: Mapping[str, str], ledger: BillingLedger) -> Seen:
        one = ledger.subscription(Ref(ledger.system, "subscription", args["subscription"])).value
        end = f" on {one.renews_at:%Y-%m-%d}" if one.renews_at else " with the paid period"
        return Seen(one, f"Cancel the {one.plan} subscription; it ends{end}", one.customer)

    def facts(
        self, base: Base, args: Mapping[str, str], seen: Seen, history: HistoryFacts, action: ActionFacts
    ) -> Base:
        one = cast(Subscription, seen.world)
        return CancelFacts(
            now=base.now,
            stage=base.stage,
            channel=base.channel,
            ticket=base.ticket,
            customer=base.customer,
            subscription=SubscriptionFacts(str(one.customer), str(one.status), one.cancels_at is not None),
            action=action,
        )

    def act(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt:
        return writer.cancel_subscription(Ref(writer.system, "subscription", args["subscription"]), key=key)

    def find(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt | None:
        return None  # setting the end again is harmless
