"""Evidence for each procedure from the journal: what agents made of its suggestions, and what went wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.shares import share
from deskhand.measurement.stretch import TESTS
from deskhand.measurement.tickets_seen import UNWRITTEN
from deskhand.rollout.evidence import Evidence

FINDINGS = frozenset({"effect.alarm", "effect.contested", "refund.failed"})
OPENED, CLOSED, GRADED = "finding.opened", "finding.closed", "quality.graded"
# The journal's lines that tell of it.
KINDS = FINDINGS | {"message.received", "message.ended", "suggestion.settled", OPENED, CLOSED, GRADED}


@dataclass(frozen=True)
class Finding:
    """`id` is what closes it: its own, or "line-<number>" of what the journal tells of a deed."""

    id: str
    kind: str
    ticket: str
    line: int
    at: datetime


@dataclass
class Trust:
    """Of one procedure. `messages`: those about it. `stage` is the one that its last message was handled at,
    `since` when the first of the messages came that were all handled at it; `open` are findings that nobody closed."""

    messages: int = 0
    stage: str = ""
    since: datetime | None = None
    settled: Counter[str] = field(default_factory=Counter)
    open: list[Finding] = field(default_factory=list)
    grades: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def findings(self) -> int:
        return len(self.open)

    @property
    def evidence(self) -> Evidence:
        approved, edited, rejected = (self.settled[state] for state in ("approved", "edited", "rejected"))
        part = share(approved, approved + edited + rejected)
        wrong = sum(verdict == "wrong" for verdict in self.grades.values())
        return Evidence(part.of, approved, edited, rejected, part.low, self.findings, len(self.grades), wrong)


def trust(lines: Iterable[JournalLine], after: Mapping[str, int] | None = None) -> dict[str, Trust]:
    """By procedure, "answers" for what follows none; messages of operators who try a desk out are left out. A message
    about several procedures counts under each, but its stage is that of the least trusted, so it dates none.

    `after`: by procedure, the number of the line behind which decisions and grades count: those before its last step
    back speak for it no more. A finding counts until it is closed.
    """
    found: defaultdict[str, Trust] = defaultdict(Trust)
    counts_from = after or {}
    tests: set[str] = set()
    seen: set[tuple[str, str]] = set()
    of_suggestion: dict[str, list[str]] = {}
    of_message: dict[tuple[str, str], list[str]] = {}
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
                of_message[ticket, str(body["message"])] = names
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
                    if line.seq > counts_from.get(name, 0):
                        found[name].settled[str(body["state"])] += 1
            case "quality.graded":
                message = (ticket or str(body.get("ticket", "")), str(body["message"]))
                for name in of_message.get(message, ()):
                    if line.seq > counts_from.get(name, 0):
                        found[name].grades[message] = str(body["verdict"])
            case "finding.opened":
                one = Finding(str(body["finding"]), str(body.get("kind", "")), ticket, line.seq, line.at)
                found[str(body["procedure"])].open.append(one)
            case "finding.closed":
                for each in found.values():
                    each.open = [one for one in each.open if one.id != str(body["finding"])]
            case kind if kind in FINDINGS:
                for name in of_ticket.get(ticket, ()):
                    found[name].open.append(Finding(f"line-{line.seq}", kind, ticket, line.seq, line.at))
            case _:
                pass
    return dict(found)
