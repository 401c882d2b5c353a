"""Context retention of a handoff: the share of its required fields that tell something."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from deskhand.domain.handoff import Handoff

# Identity and its strength, the request in their words, intents, facts with source and time, deeds with receipts, what
# was refused, pending and tried, the open question, reason, urgency and tone, promises, next step, language, deadline;
# and what this product adds: channel, verdicts, attachments, the customer's summary.
REQUIRED = (
    "queue",
    "reason",
    "because",
    "identity",
    "who",
    "requests",
    "procedures",
    "facts",
    "stated",
    "deeds",
    "tried",
    "policy",
    "refused",
    "pending",
    "promised",
    "promises",
    "open_question",
    "next_step",
    "sentiment",
    "urgency",
    "trend",
    "language",
    "channel",
    "deadline",
    "attachments",
    "summary",
)
OPTIONAL = frozenset({"customer", "proven_at"})  # of whom nobody knows, or who proved nothing


def completeness(handoff: Handoff) -> float:
    """Filled required fields / required fields, 0 to 1. "none, because ..." is filled, blank is not."""
    return 1 - len(blanks(handoff)) / len(REQUIRED)


def blanks(handoff: Handoff) -> tuple[str, ...]:
    """The required fields that tell nothing: no words, an empty list, or a list with something blank in it."""
    return tuple(name for name in REQUIRED if _blank(getattr(handoff, name)))


def _blank(value: Any) -> bool:
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case int() | float() | datetime():
            return False
        case Sequence():
            return not value or any(map(_blank, value))
        case _ if is_dataclass(value):
            return any(_blank(getattr(value, one.name)) for one in fields(value) if one.name not in OPTIONAL)
        case _:
            return False
