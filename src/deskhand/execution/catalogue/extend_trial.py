"""Let a free trial run longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.execution.catalogue.arguments import days, identifier, only
from deskhand.execution.catalogue.on_subscription import OnSubscription, SubscriptionFacts, facts_of, read, the
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Seen
from deskhand.policy.facts import types_of, values_of

LONGEST = 90


@dataclass(frozen=True)
class TrialFacts:
    """`days` more than it has; `ends_at`: when it ends now, unknown when there is no trial."""

    days: int
    ends_at: datetime | None


@dataclass(frozen=True)
class ExtendTrialFacts:
    trial: TrialFacts
    subscription: SubscriptionFacts


class ExtendTrial(OnSubscription):
    name = "extend_trial"
    title = "Longer trial"
    nature = Nature.BENEFICIAL
    sets = False  # days are added to what is there
    arguments: Mapping[str, type] = {"subscription": str, "days": str}
    receipt: tuple[str, ...] = ("id", "plan", "trial_ends")
    deeds: tuple[str, ...] = ("extended", "moved")
    about: Mapping[str, type] = types_of(ExtendTrialFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription", "days")
        return {"subscription": identifier(args["subscription"]), "days": days(args["days"], LONGEST)}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"trial/{ticket}/{args['subscription']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = read(args, reads)
        told = f"Extend the trial of {one.plan} by {args['days']} days"
        if one.trial_ends_at:
            told += f", to {one.trial_ends_at + timedelta(days=int(args['days'])):%Y-%m-%d}"
        return Seen(one, told, one.customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        one = cast(Subscription, seen.world)
        return values_of(ExtendTrialFacts(TrialFacts(int(args["days"]), one.trial_ends_at), facts_of(one)))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.extend_trial(the(args, writes), int(args["days"]), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("A trial that was promised is not cut short. If it must be, do it in the billing system.")
