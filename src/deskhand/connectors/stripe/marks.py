"""Where effects of ours leave their keys at Stripe: in the metadata of what they made or changed."""

from collections.abc import Mapping
from typing import Any

MADE = "deskhand_effect"  # on a refund and on a balance transaction: there it stays for ever
UNDOES = "deskhand_undoes"  # on a balance transaction that takes back another

# On a customer and on a subscription, one for each kind of change: two that undo each other share one.
CHANGES = ("deskhand_end", "deskhand_pause", "deskhand_plan", "deskhand_trial", "deskhand_contact", "deskhand_address")
END, PAUSE, PLAN, TRIAL, CONTACT, ADDRESS = CHANGES


def made_by(raw: Mapping[str, Any]) -> str:
    """The key of the effect that made this object; empty when none of ours did."""
    return str((raw.get("metadata") or {}).get(MADE, ""))


def changed_by(raw: Mapping[str, Any]) -> dict[str, str]:
    """The keys of the latest changes to this object, by their place."""
    metadata = raw.get("metadata") or {}
    return {place: str(metadata[place]) for place in CHANGES if metadata.get(place)}
