"""Folds the journal's lines into entries: a ticket's own lines alone tell all but its customer's returns."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.entry import NOBODY_WROTE, Entry
from deskhand.measurement.ledger_of_outcomes import KINDS as OF_OUTCOMES
from deskhand.measurement.ledger_of_outcomes import Ledger
from deskhand.measurement.returns import Places, Returns
from deskhand.measurement.stretch import Stretch

# The journal's lines that entries are made of.
KINDS = OF_OUTCOMES | {
    "agent.replied",
    "agent.wrote",
    "csat.given",
    "effect.done",
    "guidance.given",
    "handoff.corrected",
    "model.called",
    "person.asked",
    "policy.decided",
    "quality.graded",
    "suggestion.approved_as",
}
# Effects that policy's rules on the message govern, not rules on an action.
WORDS = frozenset({"assign", "code", "letter", "note", "reply", "transcript"})
GAPS = frozenset({"no_source", "conflict", "expired"})
TAKEN, FAILED = "taken over", "failure"
LONGEST = 600.0  # seconds: whoever has a suggestion on the screen for longer was not reading it all the time
NANO = 1_000_000_000  # of a dollar: sums of prices are exact in whole numbers
GOOD = 9_000  # of 10,000 parts of the required fields
NOT_PERSONS = frozenset({"", "assistant", "timer", "an agent's message"})
Open = Callable[[datetime, datetime], timedelta]  # how long the office was open between two moments


@dataclass
class Account:
    """What happened beside how it ended, of one stretch. `allowed`: keys of effects, of the whole conversation."""

    allowed: set[str]
    counts: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    tier: str = ""
    arm: str = ""
    came_at: datetime | None = None
    asked_at: datetime | None = None
    waited_s: float = 0.0
    escalated: str = ""
    scores: list[int] = field(default_factory=list)
    agent_days: set[str] = field(default_factory=set)
    ended: dict[str, Any] = field(default_factory=dict)  # the last line of each message
    own_ms: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, bool] = field(default_factory=dict)  # by message: whether one was thrown away for a claim
    wants: set[str] = field(default_factory=set)  # messages that ask for a person
    grades: dict[str, Any] = field(default_factory=dict)  # the newest of each message
    done: Counter[str] = field(default_factory=Counter)
    bare: set[str] = field(default_factory=set)  # effects that were done without an allow before
    asked_again: bool | None = None
    corrections: set[str] = field(default_factory=set)

    def absorb(self, other: "Account") -> None:
        """What came with nothing but thanks belongs to the ticket before."""
        self.counts.update(other.counts)
        self.agent_days |= other.agent_days
        self.own_ms |= other.own_ms
        self.scores += other.scores


class Fold:
    """Of one ticket's lines, in order."""

    def __init__(self, ticket: str) -> None:
        self.ticket = ticket
        self.ledger = Ledger()
        self._allowed: set[str] = set()
        self._before: Account | None = None  # what happened while nobody had written
        self._accounts: list[Account] = []
        self._first: datetime | None = None

    def take(self, line: JournalLine) -> None:
        self._first = self._first or line.at
        self.ledger.take(line)
        known = self.ledger.tickets.get(self.ticket, [])
        while len(self._accounts) < len(known):
            self._accounts.append(Account(allowed=self._allowed))
        account = self._account(line, known)
        _note(account, line)
        while len(self._accounts) > len(known):  # it was thanks and nothing else
            gone = self._accounts.pop()
            (self._accounts[-1] if self._accounts else self._early()).absorb(gone)

    def _account(self, line: JournalLine, known: Sequence[Stretch]) -> Account:
        """That of the stretch that the line's message came in, else the newest."""
        message = line.body.get("message")
        for place in range(len(known) - 1, -1, -1):
            if message in known[place].came:
                return self._accounts[place]
        return self._accounts[-1] if self._accounts else self._early()

    def _early(self) -> Account:
        self._before = self._before or Account(allowed=self._allowed)
        return self._before

    def entries(self, open_between: Open | None = None) -> list[Entry]:
        """Without returns."""
        known = self.ledger.tickets.get(self.ticket, [])
        found = [
            _entry(stretch, account, open_between)
            for stretch, account in zip(known, self._accounts, strict=True)
            if stretch.real
        ]
        before = _counts(self._before) if self._before else {}
        if before and self._first:
            found.append(Entry(self.ticket, 0, self._first, NOBODY_WROTE, counts=before))
        return found


def fold(lines: Iterable[JournalLine], now: datetime | None = None) -> dict[str, Fold]:
    """By ticket; lines after `now` are left out, as are those of no ticket."""
    found: dict[str, Fold] = {}
    for line in lines:
        if line.ticket and line.kind in KINDS and (now is None or line.at <= now):
            found.setdefault(line.ticket, Fold(line.ticket)).take(line)
    return found


def entries(
    lines: Iterable[JournalLine],
    window: timedelta,
    now: datetime | None = None,
    open_between: Open | None = None,
) -> list[Entry]:
    """Of the whole journal, in one pass; how lines of several tickets are mixed does not matter."""
    folds = fold(lines, now)
    places = Places(contact for one in folds.values() for contact in one.ledger.contacts)
    return [with_returns(entry, places, window) for one in folds.values() for entry in one.entries(open_between)]


def with_returns(entry: Entry, places: Places, window: timedelta) -> Entry:
    """The entry itself where nothing is new."""
    again = places.returns(entry, window)
    if again == Returns(entry.recontacted_at, entry.wrote_at, entry.back_at):
        return entry
    return replace(entry, recontacted_at=again.recontacted_at, wrote_at=again.wrote_at, back_at=again.back_at)


def _note(account: Account, line: JournalLine) -> None:
    body, counts = line.body, account.counts
    account.arm = account.arm or str(body.get("arm") or "")
    match line.kind:
        case "message.received":
            came = datetime.fromisoformat(body["received_at"]) if "received_at" in body else line.at
            account.came_at = min(account.came_at or came, came)
            if account.asked_at:
                account.waited_s += max(0.0, (line.at - account.asked_at).total_seconds())
                account.asked_at = None
        case "message.considered":
            account.tier = str(body.get("tier") or account.tier)
            refused = [kind for draft in body.get("refused", ()) for kind in draft if kind != "other"]
            if refused or body.get("way") in ("suggest", "await", "commit"):
                message = str(body["message"])
                account.drafts[message] = bool(refused) or account.drafts.get(message, False)
            if body.get("signals", {}).get("person", 0.0) >= 0.5:
                account.wants.add(str(body["message"]))
        case "person.asked":
            account.wants.add(str(body["message"]))
        case "message.ended":
            _ended(account, line)
        case "run.failed":
            account.escalated = account.escalated or FAILED
        case "ticket.given":
            by = str(body.get("by", ""))
            if body["to"] != "assistant" and by not in ("", "assistant"):
                account.escalated = account.escalated or TAKEN
            _act(account, by, line.at)
        case "policy.decided" if body["effect"] == "allow":
            account.allowed.add(str(body["key"]))
        case "effect.done" if body["action"] not in WORDS:
            key = str(body["key"])
            account.done[key] += 1
            if key not in account.allowed:
                account.bare.add(key)
        case "suggestion.settled":
            _settled(account, line)
        case "suggestion.approved_as":
            _reviewed(account, line)
        case "agent.replied":
            counts["agent_replied"] += bool(body["public"])
            counts["untimed"] += 1
            _act(account, str(body["by"]), line.at)
        case "agent.answered":
            counts["agent_answered"] += 1
        case "agent.wrote":
            account.asked_again = bool(account.asked_again or body["again"])
        case "guidance.given":
            _act(account, str(body["by"]), line.at)
        case "handoff.corrected":
            account.corrections.add(str(body["correction"]))
        case "csat.given":
            account.scores.append(int(body["score"]))
        case "quality.graded":
            account.grades[str(body["message"])] = body
            _act(account, str(body["by"]), line.at)
        case "model.called":
            counts["model_calls"] += 1
            if body["dollars"] is None:
                counts["unpriced"] += 1
            else:
                counts["model_nano"] += round(body["dollars"] * NANO)
        case _:
            pass


def _ended(account: Account, line: JournalLine) -> None:
    """Told again after a crash or a decision: the last line of a message is how it ended."""
    body = line.body
    message, told = str(body["message"]), str(body["outcome"])
    account.ended[message] = body
    account.languages |= {str(body["language"])} if body.get("language") else set()
    if "timings_ms" in body:
        own = body["timings_ms"]["total"] - body["timings_ms"].get("model", 0.0)
        account.own_ms[message] = round(own)
    if told == "asked":
        account.asked_at = line.at
    elif told in ("resolved", "answered"):
        account.asked_at = None
    if told == "handed_off" and "handoff" in body and body["stage"] != "read-only":
        account.escalated = account.escalated or str(body["handoff"]["reason"])


def _settled(account: Account, line: JournalLine) -> None:
    state = str(line.body["state"])
    account.counts[f"suggestion {state}"] += 1
    if state in ("approved", "edited") and "drafted" in line.body:
        account.counts["drafted"] += int(line.body["drafted"])
        account.counts["changed"] += int(line.body["changed"])
    if state in ("approved", "edited", "rejected"):
        _reviewed(account, line)


def _reviewed(account: Account, line: JournalLine) -> None:
    seconds = line.body.get("review_seconds")
    if seconds is None:
        account.counts["untimed"] += 1
    else:
        account.counts["timed"] += 1
        account.counts["agent_ms"] += round(1000 * min(float(seconds), LONGEST))
    _act(account, str(line.body.get("by", "")), line.at)


def _act(account: Account, by: str, at: datetime) -> None:
    if by not in NOT_PERSONS:
        account.agent_days.add(f"{at.date()} {by}")


def _counts(one: Account) -> dict[str, int]:
    """What is told of its messages, with all that was counted on the way."""
    found = Counter(one.counts)
    last = list(one.ended.values())
    spoke = [body for body in last if body["stage"] != "read-only"]
    packets = [body["handoff"] for body in last if "handoff" in body]
    found["messages"] = len(last)
    found["turns"] = sum(body["outcome"] != "handed_off" or "handoff" in body for body in spoke)
    found["replies"] = sum(body["outcome"] in ("resolved", "answered", "asked") for body in spoke)
    found["alone"] = bool(last) and not _with_people(one)
    found["handoffs"] = len(packets)
    found["context"] = sum(round(10_000 * one["completeness"]) for one in packets)
    found["context_90"] = sum(round(10_000 * one["completeness"]) >= GOOD for one in packets)
    found["gap"] = any(str(one["reason"]) in GAPS for one in packets)
    found["drafts"] = len(one.drafts)
    found["caught"] = sum(one.drafts.values())
    found["effects"] = sum(one.done.values())
    found["compliant"] = sum(times == 1 and key not in one.bare for key, times in one.done.items())
    found["wants"] = len(one.wants & one.ended.keys())
    refusing = ("resolved", "answered", "asked")
    found["person_refused"] = sum(one.ended[message]["outcome"] in refusing for message in one.wants & one.ended.keys())
    found["graded"] = len(one.grades)
    found["right"] = sum(body["verdict"] == "right" for body in one.grades.values())
    audited = [body for body in one.grades.values() if "hallucinated" in body]
    found["audited"] = len(audited)
    found["hallucinated"] = sum(bool(body["hallucinated"]) for body in audited)
    found["agents_seen"] = one.asked_again is not None
    found["asked_again"] = bool(one.asked_again)
    found["corrections"] = len(one.corrections)
    found["untimed"] += max(0, found["agent_answered"] - found["agent_replied"])
    return {name: int(value) for name, value in sorted(found.items()) if value}


def _with_people(one: Account) -> bool:
    """Whether a message of it was not resolved or answered, or a person had a hand in it."""
    decided = any(name.startswith("suggestion ") for name in one.counts)
    spoke = one.counts["agent_answered"] or one.counts["agent_replied"]
    by_itself = all(body["outcome"] in ("resolved", "answered") for body in one.ended.values())
    return bool(not by_itself or decided or spoke or one.escalated or one.agent_days)


def _entry(stretch: Stretch, one: Account, open_between: Open | None) -> Entry:
    came = min(one.came_at or stretch.opened_at, stretch.opened_at)
    ended = open_between if stretch.closed_at else None
    return Entry(
        ticket=stretch.ticket,
        number=stretch.number,
        came_at=came,
        left_out=stretch.no_ticket,
        channel=stretch.channel,
        languages=tuple(sorted(one.languages)),
        procedures=tuple(sorted(stretch.procedures)),
        tier=one.tier,
        arm=one.arm,
        customers=tuple(sorted(stretch.customers)),
        objects=tuple(sorted(stretch.objects)),
        closed_at=stretch.closed_at,
        closed_by=stretch.closed_by,
        handler=str(stretch.handler or ""),
        owed=stretch.owed,
        answered=stretch.answered,
        recognisable=stretch.verified,
        asked=stretch.asked,
        refused=stretch.refused,
        confirmed_at=stretch.said_solved,
        came_back_at=stretch.came_back_at,
        followed_up_at=stretch.followed_up_at,
        response_at=stretch.response_at,
        last_response_at=stretch.last_response_at,
        open_s=_open_s(open_between, came, stretch.response_at),
        open_resolution_s=_open_s(ended, came, stretch.last_response_at),
        waited_s=round(one.waited_s),
        escalated=one.escalated,
        scores=tuple(one.scores),
        counts=_counts(one),
        own_ms=tuple(sorted(one.own_ms.values())),
        agent_days=tuple(sorted(one.agent_days)),
    )


def _open_s(open_between: Open | None, since: datetime, until: datetime | None) -> int | None:
    if open_between is None or until is None:
        return None
    return round(open_between(since, max(since, until)).total_seconds())
