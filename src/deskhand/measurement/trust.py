"""Evidence for each procedure from the journal: what agents made of its suggestions, and what went wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.shares import share
from deskhand.measurement.stretch import TESTS
from deskhand.measurement.tickets_seen import UNWRITTEN
from deskhand.rollout.evidence import Evidence

FINDINGS = frozenset({"effect.alarm", "effect.contested", "refund.failed"})
# The journal's lines that tell of it.
KINDS = FINDINGS | {"message.received", "message.ended", "suggestion.settled"}


@dataclass
class Trust:
    """Of one procedure. `messages`: those about it. `stage` is the one that its last message was handled at,
    `since` when the first of the messages came that were all handled at it."""

    messages: int = 0
    stage: str = ""
    since: datetime | None = None
    settled: Counter[str] = field(default_factory=Counter)
    findings: int = 0

    @property
    def evidence(self) -> Evidence:
        approved, edited, rejected = (self.settled[state] for state in ("approved", "edited", "rejected"))
        part = share(approved, approved + edited + rejected)
        return Evidence(part.of, approved, edited, rejected, part.low, self.findings)


def trust(lines: Iterable[JournalLine]) -> dict[str, Trust]:
    """By procedure, "answers" for what follows none; messages of operators who try a desk out are left out. A message
    about several procedures counts under each, but its stage is that of the least trusted, so it dates none."""
    found: defaultdict[str, Trust] = defaultdict(Trust)
    tests: set[str] = set()
    seen: set[tuple[str, str]] = set()
    of_suggestion: dict[str, list[str]] = {}
    of_ticket: dict[str, set[str]] = {}
    for line in lines:
        body, ticket = line.body, line.ticket
        match line.kind:
            case "message.received" if body.get("channel") in TESTS:
                tests.add(ticket)
            case _ if ticket in tests:
                pass
            case "message.ended":
                names = list(body["procedures"]) or [UNWRITTEN]
                of_ticket.setdefault(ticket, set()).update(names)
                if "suggestion" in body:
                    of_suggestion[str(body["suggestion"])] = names
                again = (ticket, str(body["message"])) in seen
                seen.add((ticket, str(body["message"])))
                for name in names if not again else ():
                    found[name].messages += 1
                    if len(names) == 1 and found[name].stage != body["stage"]:
                        found[name].stage, found[name].since = str(body["stage"]), line.at
            case "suggestion.settled":
                for name in of_suggestion.get(str(body["suggestion"]), ()):
                    found[name].settled[str(body["state"])] += 1
            case kind if kind in FINDINGS:
                for name in of_ticket.get(ticket, ()):
                    found[name].findings += 1
            case _:
                pass
    return dict(found)
