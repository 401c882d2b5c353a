"""Context retention of a handoff: the share of its fields that tell something."""

from dataclasses import fields

from deskhand.domain.handoff import Handoff


def completeness(handoff: Handoff) -> float:
    """Filled fields / all fields, 0 to 1. "none, because ..." is filled; an empty list of deeds says "none"."""
    listed = ("done", "refused", "pending")
    wanted = [field.name for field in fields(handoff) if field.name not in listed]
    return sum(bool(getattr(handoff, name)) for name in wanted) / len(wanted)
