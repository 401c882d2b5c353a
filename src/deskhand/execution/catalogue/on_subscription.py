"""What all actions on one subscription have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Subscription
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Undo

UNTOLD = NoUndo("What it was before is not on its receipt, since its answer was lost: set it in the billing system.")


@dataclass(frozen=True)
class SubscriptionFacts:
    """`ends`: it is set to end already. `paused`: no money is taken meanwhile."""

    customer: str
    status: str
    ends: bool
    paused: bool


class OnSubscription:
    """Each sets what is there, carries its key on the subscription, and is asked for by the customer whose it is."""

    nature = Nature.NEUTRAL
    recovery = Recovery.KEYED
    sets = True
    arguments: Mapping[str, type] = {"subscription": str}

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "subscription")
        return {"subscription": identifier(args["subscription"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def subject(self, args: Mapping[str, str]) -> str:
        return f"subscription:{args['subscription']}"

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.billing.find_change(the(args, writes), key=key)


def the(args: Mapping[str, str], at: Reads | Writes) -> Ref:
    return Ref(at.billing.system, "subscription", args["subscription"])


def read(args: Mapping[str, str], reads: Reads) -> Subscription:
    return reads.billing.subscription(the(args, reads)).value


def facts_of(one: Subscription) -> SubscriptionFacts:
    return SubscriptionFacts(str(one.customer), str(one.status), one.cancels_at is not None, one.paused)


def back(
    receipt: Receipt, was: Mapping[str, str], name: str, args: Mapping[str, str], within: timedelta
) -> Undo | NoUndo:
    """The action of this name, if it was before as `was` says."""
    if not receipt.before:
        return UNTOLD
    if any(receipt.before.get(what) != value for what, value in was.items()):
        return NoUndo("It was so before already: there is nothing to take back.")
    return Undo(Action(name, dict(args)), within)
