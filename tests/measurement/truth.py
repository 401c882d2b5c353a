"""Tickets with known truth: what happened is planned first, in plain words, and written down as the stories do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from deskhand.domain.journal_line import JournalLine

START = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 40
PROCEDURES = ("refund", "invoice", "address", "cancel")
Event = tuple[datetime, str, str, dict[str, Any]]


@dataclass
class Truth:
    """One ticket as it was meant. Times in seconds since it came; None: it never happened."""

    name: str
    came: datetime
    channel: str
    language: str
    tier: str
    procedure: str  # "" for an answer from an article
    customer: str
    known: bool
    arm: str
    left_out: str = ""
    handler: str = "assistant"
    reason: str = ""  # of its handoff, or take-over
    response: float | None = None
    last: float | None = None
    asked: bool = False  # something was asked and never answered
    waited: int = 0
    closed: datetime | None = None
    by: str = "timer"
    solved: bool = False
    refused: bool = False
    back: list[tuple[datetime, bool]] = field(default_factory=list)  # when they wrote again, and on the same matter
    context: float | None = None
    asked_again: bool | None = None
    corrections: int = 0
    score: int | None = None
    grade: str = ""
    invented: bool = False
    effects: list[bool] = field(default_factory=list)  # whether policy had allowed each
    decision: str = ""
    drafted: int = 0
    changed: int = 0
    review: float | None = None
    agent: str = ""
    acted: datetime | None = None
    calls: list[float | None] = field(default_factory=list)
    caught: bool = False
    wants: bool = False
    own: int = 20
    messages: int = 1
    turns: int = 1
    replies: int = 0
    drafts: int = 0


def planned(random: Random, number: int) -> tuple[Truth, list[Event]]:
    """A ticket and its lines, in order."""
    one = Truth(
        name=f"zendesk:ticket:{number}",
        came=START + timedelta(seconds=random.randrange(DAYS * 86_400)),
        channel=random.choice(("email", "widget", "zendesk")),
        language=random.choice(("en", "de")),
        tier=random.choice(("free", "pro", "")),
        procedure=random.choice((*PROCEDURES, "")),
        customer=f"crm:customer:{number}",
        known=random.random() < 0.8,
        arm="hold-out" if random.random() < 0.05 else "assistant",
        caught=random.random() < 0.05,
        wants=random.random() < 0.1,
        own=random.randrange(5, 60),
        calls=[random.choice((0.01, 0.0025, 0.0125)) for _ in range(random.randrange(3))],
    )
    return one, list(_lines(random, one))


def _lines(random: Random, one: Truth) -> Iterator[Event]:
    fate = random.choices(
        ("test", "machine", "alone", "alone late", "asked", "nothing", "handed", "unanswered", "approved", "edited",
         "rejected", "taken", "suggested"),
        (1, 1, 14, 6, 3, 1, 4, 1, 3, 2, 1, 1, 1),
    )[0]  # fmt: skip
    if fate == "test":
        one.left_out, one.channel = "test", "bench"
    if fate == "machine":
        one.left_out = "automatic"
    at = one.came
    yield _received(one, at, "1")
    if one.wants:
        yield at, "person.asked", one.name, {"message": "1"}
    at += timedelta(seconds=random.choice((1, 2.5, 7.25, 31, 90, 400, 5000)))
    for dollars in one.calls:
        yield at, "model.called", one.name, {"message": "1", "dollars": dollars, "failed": ""}
    way = {"approved": "await", "edited": "await", "rejected": "await", "handed": "hand_off", "unanswered": "hand_off"}
    one.drafts = int(one.caught or way.get(fate) != "hand_off")
    considered = {"message": "1", "tier": one.tier, "refused": [["amount"]] if one.caught else []}
    yield at, "message.considered", one.name, {**considered, "way": way.get(fate, "commit"), "proposals": []}
    yield from _end(random, one, fate, at)


def _received(one: Truth, at: datetime, message: str) -> Event:
    told = {"message": message, "channel": one.channel, "received_at": at.isoformat(), "turn": "1", "arm": one.arm}
    return at, "message.received", one.name, told


def _ended(one: Truth, at: datetime, outcome: str, message: str = "1", **more: Any) -> Event:
    body: dict[str, Any] = {"message": message, "outcome": outcome, "stage": "autonomous", "language": one.language}
    body |= {"procedures": [one.procedure] if one.procedure else [], "customer": one.customer, "verified": one.known}
    body |= {"thanks": False, "automatic": False, "unknown": not one.procedure, "actions": [], "citations": 1}
    body |= {"timings_ms": {"total": one.own + 100.0, "model": 100.0}, "model": {"calls": 0, "cost": 0.0}}
    return at, "message.ended", one.name, body | more


def _responded(one: Truth, at: datetime) -> None:
    seconds = (at - one.came).total_seconds()
    one.response = seconds if one.response is None else one.response
    one.last = seconds


def _end(random: Random, one: Truth, fate: str, at: datetime) -> Iterator[Event]:
    match fate:
        case "test" | "alone" | "alone late" | "machine":
            if fate == "alone late":
                _responded(one, at)
                one.messages, one.turns, one.replies = 2, 2, 1
                yield _ended(one, at, "asked")
                one.waited = random.randrange(60, 5000)
                at += timedelta(seconds=one.waited)
                yield _received(one, at, "2")
                at += timedelta(seconds=3)
            yield from _deed(random, one, at)
            one.refused = random.random() < 0.1
            refusal = [{"name": "refund", "effect": "deny", "done": False}] if one.refused else []
            _responded(one, at)
            one.replies += 1
            message = "2" if fate == "alone late" else "1"
            yield _ended(one, at, "resolved", message, actions=refusal, automatic=fate == "machine")
            if random.random() < 0.2 and not one.left_out:
                one.grade, one.invented = random.choice(("right", "right", "right", "wrong")), random.random() < 0.1
                grade = {"message": message, "verdict": one.grade, "by": "quinn", "hallucinated": one.invented}
                one.agent, one.acted = "quinn", at
                yield at, "quality.graded", one.name, {"ticket": one.name, **grade}
        case "asked":
            _responded(one, at)
            one.asked, one.replies = True, 1
            yield _ended(one, at, "asked")
        case "nothing":
            one.replies, one.procedure = 1, ""
            yield _ended(one, at, "answered", procedures=[], citations=0)
        case "handed" | "unanswered":
            one.reason = random.choice(("asked", "rule", "no_source"))
            one.context, one.handler = random.choice((1.0, 0.9, 0.85)), "human"
            one.response = (at - one.came).total_seconds()
            packet = {"queue": "q", "reason": one.reason, "completeness": one.context, "blank": []}
            yield _ended(one, at, "handed_off", handoff=packet)
            if random.random() < 0.2:
                one.corrections = 1
                yield at, "handoff.corrected", one.name, {"correction": f"{one.name}/1"}
            if fate == "handed":
                at += timedelta(seconds=random.randrange(60, 90_000))
                sent = {"message": "a1", "sent_at": at.isoformat()}
                one.last = (at - one.came).total_seconds()
                yield at, "agent.answered", one.name, {**sent, "meaningful": True}
                one.asked_again = random.random() < 0.1
                again = ["email"] if one.asked_again else []
                yield at, "agent.wrote", one.name, {**sent, "asks": again, "again": again}
        case "approved" | "edited" | "rejected":
            yield _ended(one, at, "awaiting_approval", suggestion=f"s{one.name}")
            at += timedelta(seconds=random.randrange(20, 2000))
            one.decision, one.agent, one.review = fate, random.choice(("ana", "bo")), random.choice((4.5, 700.0, None))
            one.acted = at
            told: dict[str, Any] = {"suggestion": f"s{one.name}", "state": fate, "by": one.agent}
            if fate != "rejected":
                one.drafted, one.changed = 200, random.randrange(1, 90) if fate == "edited" else 0
                told |= {"drafted": one.drafted, "changed": one.changed}
            yield at, "suggestion.settled", one.name, {**told, "review_seconds": one.review}
            if fate == "rejected":
                one.reason, one.context, one.handler = "human", 1.0, "human"
                one.response = (at - one.came).total_seconds()
                packet = {"queue": "q", "reason": "human", "completeness": 1.0, "blank": []}
                yield _ended(one, at, "handed_off", handoff=packet)
            else:
                one.handler, one.replies = "assisted", 1
                yield from _deed(random, one, at)
                _responded(one, at)
                yield _ended(one, at, "resolved")
        case "taken":
            _responded(one, at)
            one.reason, one.agent, one.acted, one.handler, one.replies = "taken over", "ana", at, "human", 1
            yield _ended(one, at, "resolved")
            yield at, "ticket.given", one.name, {"to": "ana", "by": "ana", "from": "assistant"}
        case _:
            one.handler, one.turns = "human", 0
            yield _ended(one, at, "suggested", stage="read-only")
    yield from _close(random, one, fate, at)


def _deed(random: Random, one: Truth, at: datetime) -> Iterator[Event]:
    if random.random() < 0.4:
        allowed = random.random() < 0.97
        one.effects.append(allowed)
        key = f"refund/{one.name}/ch_1"
        yield at, "policy.decided", one.name, {"key": key, "effect": "allow" if allowed else "approve", "by": "x"}
        yield at, "effect.done", one.name, {"key": key, "action": "refund_charge"}
    yield at, "effect.done", one.name, {"key": f"reply/{one.name}", "action": "reply"}


def _close(random: Random, one: Truth, fate: str, at: datetime) -> Iterator[Event]:
    said_well = fate in ("test", "alone", "alone late", "approved", "edited")
    if random.random() < 0.08:
        return
    at += timedelta(hours=random.randrange(1, 80))
    if said_well and random.random() < 0.3:
        one.solved, one.by = True, "customer"
        yield at, "solved.said", one.name, {"solved": True, "how": "button"}
    one.closed = at
    yield at, "ticket.closed", one.name, {"by": one.by, "why": "", "waiting": False}
    if random.random() < 0.3:
        one.score = random.randrange(1, 6)
        yield at + timedelta(minutes=5), "csat.given", one.name, {"score": one.score, "owner": "x", "words": False}
    if not one.left_out and random.random() < 0.15:
        when = at + timedelta(days=random.choice((1, 3, 6, 8)), seconds=1)
        same = random.random() < 0.5
        elsewhere = Truth(
            f"{one.name}-again", when, one.channel, one.language, one.tier, "", one.customer, one.known, ""
        )
        about = [one.procedure or "refund"] if same else ["export"]
        one.back.append((when + timedelta(seconds=1), same or not one.procedure))
        yield when, "message.received", elsewhere.name, {"message": "1", "channel": "bench2", "arm": one.arm}
        body = _ended(elsewhere, when, "resolved", procedures=about, unknown=False)[3]
        yield when + timedelta(seconds=1), "message.ended", elsewhere.name, body


def history(tickets: int, seed: int = 7) -> tuple[list[Truth], list[JournalLine]]:
    """The truth, and the journal in the order in which it would have been written."""
    random = Random(seed)
    made = [planned(random, number) for number in range(tickets)]
    events = sorted((event for _, lines in made for event in lines), key=lambda event: event[0])
    lines = [JournalLine(place, *event, "") for place, event in enumerate(events, 1)]
    return [truth for truth, _ in made], lines
