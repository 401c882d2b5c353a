"""In which of five states a closed ticket is, by published rules. Definitions: docs/outcomes.md."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class TicketOutcome(StrEnum):
    CONFIRMED = "confirmed"
    VERIFIED = "verified"
    CONTAINED = "contained"
    ABANDONED = "abandoned"
    RECONTACTED = "recontacted"


class Handler(StrEnum):
    """Who did the work, decided when the ticket closes."""

    ASSISTANT = "assistant"
    ASSISTED = "assisted"
    HUMAN = "human"


@dataclass(frozen=True)
class TicketFacts:
    """What is known of a ticket at one moment. `owed`: at closing we still owed the customer something; `answered`:
    they got a meaningful response; `recognisable`: they would be known again if they came back. `confirmed_at`: when
    they first said "solved" and took nothing back; `recontacted_at`: when they first came back on the same issue."""

    closed_at: datetime | None
    owed: bool = False
    answered: bool = False
    recognisable: bool = False
    confirmed_at: datetime | None = None
    recontacted_at: datetime | None = None


def outcome(facts: TicketFacts, now: datetime, window: timedelta) -> TicketOutcome | None:
    """None while it is open."""
    if facts.closed_at is None:
        return None
    ends = facts.closed_at + window
    if facts.recontacted_at is not None and facts.recontacted_at < ends:
        return TicketOutcome.RECONTACTED
    if facts.answered and facts.confirmed_at is not None and facts.confirmed_at < ends:
        return TicketOutcome.CONFIRMED
    if facts.owed or not facts.answered:
        return TicketOutcome.ABANDONED
    if facts.recognisable and now >= ends:
        return TicketOutcome.VERIFIED
    return TicketOutcome.CONTAINED
