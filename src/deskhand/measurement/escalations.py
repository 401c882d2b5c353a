"""Tickets that went to people, by the reason that the packet names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deskhand.domain.journal_line import JournalLine


@dataclass(frozen=True)
class Escalations:
    """`tickets`: those with a message that has ended; `handed_off`: those of them that were, each under the reason of
    its first handoff, "taken" when people had it already."""

    tickets: int
    handed_off: int
    reasons: Mapping[str, int]


def escalations(lines: Iterable[JournalLine]) -> Escalations:
    """In one pass, in the order of the journal."""
    tickets: set[str] = set()
    reasons: dict[str, str] = {}
    for line in lines:
        if line.kind == "message.ended":
            tickets.add(line.ticket)
            if line.body["outcome"] == "handed_off":
                reasons.setdefault(line.ticket, line.body.get("handoff", {}).get("reason", "taken"))
    return Escalations(len(tickets), len(reasons), dict(Counter(reasons.values()).most_common()))
