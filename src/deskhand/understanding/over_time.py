"""What only several messages show: frustration that grows, and a customer who has to come again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Former
from deskhand.domain.understanding import Kind, Sign, Signal, Understanding

GROWN = 0.1  # of strength
STRONG = 0.7  # so strong twice in a row is as telling as growing
ONCE, OFTEN = 0.7, 0.9
OPEN = (RunOutcome.ASKED, RunOutcome.SUGGESTED)  # what was suggested may be a question, too
SETTLED = (RunOutcome.RESOLVED, RunOutcome.ANSWERED)
SOON = timedelta(days=30)


def over_turns(now: Understanding, stood: Sequence[Standing], *, to_an_agent: bool = False) -> Understanding:
    """With what the messages before it on this ticket add; `stood` is how the conversation stood, newest first.

    Who answers a question of ours, or an agent, does not come again; who asks the same after any other ending does.
    """
    if not stood:
        return now
    before, felt = stood[0].frustration, now.signal(Sign.FRUSTRATION)
    if felt and (felt.strength >= before + GROWN or min(felt.strength, before) >= STRONG):
        now = _with(now, Signal(Sign.RISING, felt.strength, felt.quote))
    if to_an_agent:
        return now
    asked = (one.requests for one in stood if one.outcome not in OPEN)
    return _again(now, ({each.procedure for each in requests if each.procedure} for requests in asked))


def trend(now: Understanding, stood: Sequence[Standing]) -> str:
    """How frustration moved since the message before this one: rising, falling or steady; empty on a first message."""
    if not stood:
        return ""
    felt, before = now.signal(Sign.FRUSTRATION), stood[0].frustration
    strength = felt.strength if felt else 0.0
    if now.signal(Sign.RISING) or strength >= before + GROWN:
        return "rising"
    return "falling" if before >= strength + GROWN else "steady"


def still_open(stood: Sequence[Standing]) -> tuple[str, ...]:
    """What earlier messages asked for and no reply settled, in their words, oldest first; `stood` is newest first."""
    waiting = (one for one in reversed(stood) if one.outcome not in SETTLED)
    quotes = (each.quote for one in waiting for each in one.requests if each.kind is not Kind.SMALL_TALK)
    return tuple(dict.fromkeys(quote for quote in quotes if quote.strip()))


def over_tickets(now: Understanding, former: Sequence[Former], at: datetime) -> Understanding:
    """With what the customer's former tickets of the last weeks add."""
    return _again(now, (set(one.procedures) for one in former if at - one.at <= SOON))


def _again(now: Understanding, before: Iterable[set[str]]) -> Understanding:
    """Whether something asked for now was asked for in one of those earlier contacts."""
    earlier = list(before)
    times = [(sum(one.procedure in known for known in earlier), one.quote) for one in now.requests if one.procedure]
    most, quote = max(times, key=lambda one: one[0], default=(0, ""))
    if not most:
        return now
    return _with(now, Signal(Sign.REPEATED, ONCE if most == 1 else OFTEN, quote))


def _with(now: Understanding, signal: Signal) -> Understanding:
    """The customer's own words for a sign stay; the stronger strength counts."""
    own = now.signal(signal.sign)
    kept = replace(own, strength=max(own.strength, signal.strength)) if own else signal
    return replace(now, signals=(*(one for one in now.signals if one.sign is not signal.sign), kept))
