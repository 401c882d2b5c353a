"""Changing subscriptions at Stripe: each request says how it is to be, so that a second copy changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient, used_otherwise
from deskhand.connectors.stripe.marks import END, PAUSE, PLAN, TRIAL, changed_by
from deskhand.connectors.stripe.receipts import account_details, doubted, subscription_details
from deskhand.domain.action import Receipt
from deskhand.domain.billing import Subscription
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref

DAY = 86_400  # seconds


class StripeSubscriptions:
    """See `ports.writes.SubscriptionWriter`."""

    system = SYSTEM

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        return self._change(subscription, END, key, self._now(subscription), cancel_at_period_end=True)

    def keep_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        return self._change(subscription, END, key, self._now(subscription), cancel_at_period_end=False)

    def pause_subscription(self, subscription: Ref, *, days: int | None, key: str) -> Receipt:
        """Invoices that would fall due meanwhile are void: they are not owed later. A day is one in UTC."""
        today = self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        end = {"resumes_at": int((today + timedelta(days=days)).timestamp())} if days is not None else {}
        pause = {"behavior": "void", **end}
        return self._change(subscription, PAUSE, key, self._now(subscription), pause_collection=pause)

    def resume_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        return self._change(subscription, PAUSE, key, self._now(subscription), pause_collection=None)

    def change_plan(self, subscription: Ref, plan: Ref, *, key: str) -> Receipt:
        now = self._now(subscription)
        items = now["items"]["data"]
        if len(items) != 1 or now["items"].get("has_more"):
            raise Invalid(f"{subscription.id} holds several plans: which one to change is for a person to say")
        change = {"items": [{"id": items[0]["id"], "price": plan.id}], "proration_behavior": "create_prorations"}
        return self._change(subscription, PLAN, key, now, **change)

    def extend_trial(self, subscription: Ref, days: int, *, key: str) -> Receipt:
        now = self._now(subscription)
        if changed_by(now).get(TRIAL) == key:  # days are added to what is there: once
            return Receipt(key, SYSTEM, subscription.id, self._clock(), subscription_details(now))
        if now["status"] != "trialing" or not now.get("trial_end"):
            raise Invalid(f"{subscription.id} is not on trial: it is {now['status']}")
        change = {"trial_end": now["trial_end"] + days * DAY, "proration_behavior": "none"}
        return self._change(subscription, TRIAL, key, now, **change)

    def find_change(self, changed: Ref, *, key: str) -> Receipt | None:
        raw = self._client.get(f"/v1/{changed.kind}s/{changed.id}")
        place = next((place for place, by in changed_by(raw).items() if by == key), None)
        if place is None:
            return None
        details = subscription_details(raw) if changed.kind == "subscription" else account_details(place, raw)
        return Receipt(key, SYSTEM, raw["id"], self._clock(), details)

    def _now(self, subscription: Ref) -> dict[str, Any]:
        raw = self._client.get(f"/v1/subscriptions/{subscription.id}")
        parsing.parsed(parsing.subscription, raw)
        return raw

    def _change(self, subscription: Ref, place: str, key: str, now: dict[str, Any], **change: Any) -> Receipt:
        fields = {**change, "metadata": {place: key}}
        try:
            done = self._client.post(f"/v1/subscriptions/{subscription.id}", key=key, **fields)
        except Invalid as error:
            if used_otherwise(error):  # by a request of ours that was on its way: it may well have been done
                raise Unconfirmed(key, str(error)) from error
            raise
        with doubted(key):
            details = subscription_details(done)
        before = _before(parsing.parsed(parsing.subscription, now))
        return Receipt(key, SYSTEM, subscription.id, self._clock(), details, before)


def _before(one: Subscription) -> dict[str, str]:
    return {
        "price": one.plan_id,
        "paused": "yes" if one.paused else "no",
        "resumes_at": one.resumes_at.isoformat() if one.resumes_at else "",
        "cancels": "yes" if one.cancels_at else "no",
        "trial_ends_at": one.trial_ends_at.isoformat() if one.trial_ends_at else "",
    }
