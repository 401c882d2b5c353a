"""What else changed where a signal did: versions, articles, reasons and systems, with tickets to look at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.drift.observed import KINDS as OBSERVED
from deskhand.measurement.drift.observed import Observation, Tickets
from deskhand.measurement.drift.signals import DESK, SIGNALS, Kind
from deskhand.measurement.tickets_seen import UNWRITTEN

KINDS = OBSERVED | {"effect.declined", "effect.unconfirmed", "model.called"}
SHOWN = 5
NEARLY = 100  # lines: where a change began is known only so well
RISEN = 0.02  # of the messages, the least rise of a reason that is told


@dataclass(frozen=True)
class Fresh:
    """Something that was not seen before the change: `what` it is (a policy, a procedure's text, a model, a prompt, an
    article), `name` which one, and when it was first seen."""

    what: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Risen:
    """Of the messages, the share before and since: `what` is a reason of a handoff, a fault of a draft, a system that
    did not answer, or a topic."""

    what: str
    name: str
    before: float
    since: float


@dataclass(frozen=True)
class Hints:
    """`tickets`: some on which it shows, the newest first."""

    fresh: tuple[Fresh, ...]
    risen: tuple[Risen, ...]
    tickets: tuple[str, ...]


def hints(lines: Iterable[JournalLine], procedure: str, signal: str, seq: int, category: str = "") -> Hints:
    """Of lines before and since the number `seq`, in order. No hint is a proof: it says what changed at that time."""
    every = list(lines)
    nearly = seq - max(NEARLY, every[-1].seq - seq if every else 0)
    seen: dict[tuple[str, str], tuple[bool, datetime]] = {}
    counts = {True: Counter[tuple[str, str]](), False: Counter[tuple[str, str]]()}
    messages = {True: 0, False: 0}
    tickets, shown = Tickets(), list[Observation]()
    about: dict[str, bool] = {}
    for line in every:
        since = line.seq >= seq
        shown += [one for one in tickets.observe(line) if since and (one.procedure, one.signal) == (procedure, signal)]
        if not _concerns(line, procedure, about):
            continue
        messages[since] += line.kind == "message.ended"
        for version in _versions(line, procedure):
            seen.setdefault(version, (line.seq >= nearly, line.at))
        counts[since].update(_told(line))
    fresh = [Fresh(what, name, at) for (what, name), (since, at) in seen.items() if since and messages[False]]
    old = {what for (what, _), (since, _) in seen.items() if not since}
    return Hints(
        fresh=tuple(one for one in fresh if one.what in old)[: 2 * SHOWN],
        risen=tuple(_risen(counts, messages))[:SHOWN],
        tickets=_tickets(shown, signal, category),
    )


def _concerns(line: JournalLine, procedure: str, about: dict[str, bool]) -> bool:
    """Whether a line is of the procedure: what says no procedure is of the one that its ticket is about."""
    if procedure == DESK:
        return True
    names: set[str] | None = None
    if line.kind == "message.ended":
        names = set(line.body["procedures"]) or {UNWRITTEN}
    elif line.kind == "message.considered":
        names = {one["procedure"] for one in line.body["requests"] if one["procedure"]} or {UNWRITTEN}
    if names is not None:
        about[line.ticket] = procedure in names
    return about.get(line.ticket, False)


def _versions(line: JournalLine, procedure: str) -> Iterator[tuple[str, str]]:
    body = line.body
    match line.kind:
        case "message.considered":
            if policy := body.get("turn", {}).get("policy"):
                yield "policy", str(policy)
            if text := body.get("texts", {}).get(procedure):
                yield "procedure", str(text)
        case "message.ended":
            # Of each article its own: "what" holds its name, so that a new one is told from one that changed.
            for one in body.get("cited", ()):
                yield f"article {one['source']}", str(one["article"])
        case "model.called":
            yield "model", str(body.get("model", ""))
            yield f"prompt of {body.get('purpose', '')}", str(body.get("prompt", ""))
        case _:
            pass


def _told(line: JournalLine) -> Iterator[tuple[str, str]]:
    body: Mapping[str, Any] = line.body
    match line.kind:
        case "message.considered":
            yield from {("system", str(one)) for one in body.get("missing", ())}
            yield from {("fault", str(kind)) for draft in body.get("refused", ()) for kind in draft}
        case "message.ended":
            if reason := body.get("handoff", {}).get("reason"):
                yield "handoff", str(reason)
            yield from {("topic", str(one)) for one in body["procedures"]}
        case "suggestion.settled" if body.get("reason"):
            yield "rejection", str(body["reason"])
        case "effect.declined" | "effect.unconfirmed":
            yield "action", str(body.get("action", ""))
        case _:
            pass


def _risen(counts: Mapping[bool, Counter[tuple[str, str]]], messages: Mapping[bool, int]) -> list[Risen]:
    found = [
        Risen(*one, counts[False][one] / max(1, messages[False]), many / max(1, messages[True]))
        for one, many in counts[True].items()
    ]
    grown = [one for one in found if messages[False] and one.since - one.before >= RISEN]
    return sorted(grown, key=lambda one: (one.before - one.since, one.what, one.name))


def _tickets(shown: list[Observation], signal: str, category: str) -> tuple[str, ...]:
    what = SIGNALS[signal]
    match what.kind:
        case Kind.RATE:
            wrong = [one for one in reversed(shown) if one.value]
        case Kind.LEVEL:
            wrong = sorted(shown, key=lambda one: what.worse * float(one.value), reverse=True)
        case Kind.MIX:
            exact = [one for one in reversed(shown) if one.value == category]
            rare = Counter(str(one.value) for one in shown)
            wrong = exact or sorted(shown, key=lambda one: (-rare[str(one.value)], -one.seq))
    return tuple(dict.fromkeys(one.ticket for one in wrong))[:SHOWN]
