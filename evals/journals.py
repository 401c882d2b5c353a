"""A made-up desk's journal, of which it is known how likely each ticket was to end with a person.

The world: a ticket is bound for a person or not (`bound`), and each of its messages shows signs that depend on nothing
but that and the time. So what the best possible reader could know is Bayes' rule over all messages so far, in closed
form (`Known.truth`), while the product sees the last message and counts of those before.

- Drift: the share of bound tickets rises from 6 % to 12 %; halfway, one procedure turns from harmless to troublesome.
- Noise: of 3 % of all tickets, if not said otherwise, the end is the other one, whatever they showed.
- Requests for a person are left out: they need no prediction, policy hands them over.
"""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.journal_line import JournalLine

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
SPAN = timedelta(days=180)
NOISE = 0.03
SHARE = (0.06, 0.12)  # of bound tickets, at the start and at the end
GOES_ON = (0.45, 0.30)  # after each message, of bound tickets and of others
LONGEST = 9
AT_ONCE = 0.6  # of the tickets that people get: considering the last message gave it away

# (of messages on bound tickets, of others), each apart from the others.
SEEN: Mapping[str, tuple[float, float]] = {
    "urgent": (0.35, 0.20),
    "churn": (0.15, 0.03),
    "repeated": (0.30, 0.10),
    "person": (0.08, 0.01),
    "missing": (0.10, 0.03),
    "closed": (0.40, 0.35),
}
# One of each row.
CHOICES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "sentiment": {"angry": (0.30, 0.06), "frustrated": (0.25, 0.15), "calm": (0.45, 0.79)},
    "kind": {"procedure": (0.45, 0.70), "question": (0.15, 0.20), "unsure": (0.20, 0.07), "unforeseen": (0.20, 0.03)},
    "confidence": {"0.95": (0.40, 0.70), "0.7": (0.30, 0.20), "0.5": (0.30, 0.10)},
    "asks": {"1": (0.60, 0.80), "2": (0.25, 0.16), "3": (0.15, 0.04)},
}
TIERS: Mapping[str, tuple[float, float]] = {"enterprise": (0.22, 0.08), "pro": (0.38, 0.40), "free": (0.40, 0.52)}
PROCEDURES = ("refund", "invoice", "parcel", "password", "plan", "cancel", "address", "outage")
HARMLESS = (0.10, 0.08, 0.12, 0.05, 0.10, 0.25, 0.10, 0.20), (0.14, 0.15, 0.15, 0.15, 0.13, 0.10, 0.13, 0.05)
TROUBLE = (0.10, 0.08, 0.25, 0.05, 0.10, 0.15, 0.10, 0.17), (0.16, 0.17, 0.05, 0.16, 0.14, 0.13, 0.13, 0.06)


@dataclass(frozen=True)
class Known:
    """The lines, and by ticket and message how likely the ticket was, by then, to end with a person."""

    lines: tuple[JournalLine, ...]
    truth: Mapping[tuple[str, str], float]


@dataclass
class _Ticket:
    name: str
    tier: str
    at: datetime
    odds: float
    told: list[tuple[datetime, str, dict[str, Any]]] = field(default_factory=list)

    def add(self, kind: str, **body: Any) -> None:
        self.told.append((self.at, kind, body))


def history(tickets: int, seed: int = 7, *, noise: float = NOISE) -> Known:
    """The same for the same seed. `noise`: of how many tickets the end is the other one."""
    dice, told = random.Random(seed), list[tuple[datetime, str, str, dict[str, Any]]]()
    truth: dict[tuple[str, str], float] = {}
    for number in range(tickets):
        gone = number / tickets
        one = _ticket(number, gone, noise, dice, truth)
        told += [(at, one.name, kind, body) for at, kind, body in one.told]
    told.sort(key=lambda line: line[0])  # stable: the lines of one moment stay in their order
    lines = (JournalLine(place, at, kind, name, body, "") for place, (at, name, kind, body) in enumerate(told, 1))
    return Known(tuple(lines), truth)


def _ticket(
    number: int, gone: float, noise: float, dice: random.Random, truth: dict[tuple[str, str], float]
) -> _Ticket:
    share = SHARE[0] + gone * (SHARE[1] - SHARE[0])
    bound = dice.random() < share
    person = bound != (dice.random() < noise)
    tier = _drawn(TIERS, bound, dice)
    one = _Ticket(f"made:ticket:{number}", tier, START + gone * SPAN, math.log(share / (1 - share)))
    one.odds += _weight(TIERS[tier])
    frustration, asked = 0.0, 0
    for turn in range(1, LONGEST + 1):
        last = turn == LONGEST or dice.random() >= GOES_ON[0 if bound else 1]
        if turn > 1:
            one.odds += _weight(GOES_ON)
        shown = {name: dice.random() < chance[0 if bound else 1] for name, chance in SEEN.items()}
        chosen = {name: _drawn(row, bound, dice) for name, row in CHOICES.items()}
        row = dict(zip(PROCEDURES, zip(*(TROUBLE if gone >= 0.5 else HARMLESS), strict=True), strict=True))
        chosen["procedure"] = _drawn(row, bound, dice)
        one.odds += sum(_weight(SEEN[name] if is_so else _other(SEEN[name])) for name, is_so in shown.items())
        one.odds += sum(_weight(CHOICES[name][chosen[name]]) for name in CHOICES) + _weight(row[chosen["procedure"]])
        likely = 1 / (1 + math.exp(-one.odds))
        truth[one.name, str(turn)] = likely * (1 - noise) + (1 - likely) * noise
        at_once = last and person and dice.random() < AT_ONCE
        frustration = _tell(one, turn, asked, shown, chosen, at_once, frustration)
        asked += not last
        _end(one, turn, last, person, at_once, dice)
        if last:
            break
        one.at += timedelta(minutes=dice.expovariate(1 / 90))
    return one


def _tell(
    one: _Ticket,
    turn: int,
    asked: int,
    shown: Mapping[str, bool],
    chosen: Mapping[str, str],
    at_once: bool,
    before: float,
) -> float:
    """The lines of a message that was considered, in the shape of the product's; how frustrated it is."""
    felt = {"angry": 0.9, "frustrated": 0.6, "calm": 0.0}[chosen["sentiment"]]
    signals = {name: 0.8 for name in ("churn", "repeated", "person") if shown[name]}
    signals |= {"frustration": felt} if felt else {}
    signals |= {"rising": felt} if turn > 1 and felt >= before + 0.1 else {}
    facts = {
        "now": one.at.isoformat(),
        "stage": "autonomous",
        "channel": "email",
        "ticket.owner": "assistant",
        "customer.known": True,
        "customer.tier": one.tier,
        "customer.flagged": False,
        "identity.attested": True,
        "takeover.signals": [],
        "office.open": not shown["closed"],
        "talk.turns": turn,
        "talk.failed": 0,
        "talk.repeats": 0,
        "talk.questions": asked,
        "signal.wants_human": False,
        "signal.automatic": False,
    }
    request = {
        "kind": chosen["kind"],
        "procedure": chosen["procedure"] if chosen["kind"] == "procedure" else None,
        "confidence": float(chosen["confidence"]),
    }
    one.add("policy.asked", message=str(turn), action="turn", effect="allow", facts=facts)
    one.add(
        "message.considered",
        message=str(turn),
        language="en",
        sentiment=chosen["sentiment"],
        urgency="urgent" if shown["urgent"] else "normal",
        risks=[],
        signals=signals,
        requests=[request] * int(chosen["asks"]),
        missing=["crm"] if shown["missing"] else [],
        joined=[],
        way="hand_off" if at_once else "commit",
        proposals=[],
    )
    return max(felt, before)


def _end(one: _Ticket, turn: int, last: bool, person: bool, at_once: bool, dice: random.Random) -> None:
    """How a message ended. People get a ticket at once, by an agent who takes it, or by one who writes instead."""
    one.at += timedelta(seconds=2)
    if at_once:
        one.add("ticket.given", to="queue:support", by="assistant")
    outcome = "handed_off" if at_once else "asked" if not last else "resolved"
    one.add("message.ended", message=str(turn), outcome=outcome)
    if last and person and not at_once:
        one.at += timedelta(minutes=5)
        if dice.random() < 0.5:
            one.add("ticket.given", to="agent", by="agent")
        else:
            one.add("suggestion.settled", suggestion=one.name, state="edited", by="agent")


def _drawn(row: Mapping[str, tuple[float, float]], bound: bool, dice: random.Random) -> str:
    return dice.choices(list(row), [chances[0 if bound else 1] for chances in row.values()])[0]


def _weight(chances: tuple[float, float]) -> float:
    """By how much it raises the log-odds of being bound."""
    return math.log(chances[0] / chances[1])


def _other(chances: tuple[float, float]) -> tuple[float, float]:
    return 1 - chances[0], 1 - chances[1]
